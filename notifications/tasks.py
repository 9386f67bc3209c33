"""Celery doors of the outbox."""

import logging
import time

from celery import shared_task
from kombu.exceptions import OperationalError

from notifications import outbox, signs

log = logging.getLogger(__name__)

# A broker that was away a moment ago is not asked again at once: each question would
# make a page wait for most of a second, and the sweep finds the row anyway.
ASK_AGAIN_AFTER = 15
_away_since = [float("-inf")]


def nudge():
    """Ask a worker to look at the outbox now; without a broker the sweep will."""
    if time.monotonic() - _away_since[0] < ASK_AGAIN_AFTER:
        return
    try:
        send_waiting.delay()
    except OperationalError:
        _away_since[0] = time.monotonic()
        log.warning("broker unreachable: the sweep will find the letters")


@shared_task
def send_waiting():
    """Send every letter that is due."""
    report = outbox.send_waiting()
    if report.is_unfinished:
        nudge()


@shared_task
def heartbeat():
    """Beat asked, a worker answers: the sign of life that ``/healthz`` reads."""
    signs.give("worker")
