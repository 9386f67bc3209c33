"""Celery doors of the conversations."""

import logging

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded

from conversations import linkcards
from conversations.models import GuestWord
from notifications.broker import ask

log = logging.getLogger(__name__)

SECONDS = 25


def nudge(pk):
    """Ask a worker to look at a linked page now; without a broker the sweep will.

    Args:
        pk: of the ``LinkCard``.
    """
    ask(fetch_card, pk)


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


@shared_task
def forget_guests():
    """Forget words that nobody confirmed, and addresses of guests long answered."""
    GuestWord.objects.stale().delete()
