"""Celery doors of the conversations."""

import logging
import time

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from kombu.exceptions import OperationalError

from conversations import linkcards

log = logging.getLogger(__name__)

# As notifications.tasks: a page must not wait twice for a broker that is away.
ASK_AGAIN_AFTER = 15
SECONDS = 25
_away_since = [float("-inf")]


def nudge(pk):
    """Ask a worker to look at a linked page now; without a broker the sweep will.

    Args:
        pk: of the ``LinkCard``.
    """
    if time.monotonic() - _away_since[0] < ASK_AGAIN_AFTER:
        return
    try:
        fetch_card.delay(pk)
    except OperationalError:
        _away_since[0] = time.monotonic()
        log.warning("broker unreachable: the sweep will find the links")


@shared_task(soft_time_limit=SECONDS, time_limit=2 * SECONDS)
def fetch_card(pk):
    """Look at one linked page; a page that keeps us waiting is left for the sweep.

    Args:
        pk: of the ``LinkCard``.
    """
    try:
        linkcards.fill_card(pk)
    except SoftTimeLimitExceeded:
        log.info("link card %s: took too long", pk)


@shared_task
def fetch_waiting_cards():
    """Find linked pages that no worker has looked at, and ask for each."""
    for pk in linkcards.waiting():
        fetch_card.delay(pk)
