"""Celery doors of the outbox."""

from celery import shared_task

from notifications import outbox, signs
from notifications.broker import ask


def nudge():
    """Ask a worker to look at the outbox now; without a broker the sweep will."""
    ask(send_waiting)


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
