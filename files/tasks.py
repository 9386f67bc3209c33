"""Celery doors of the files."""

import logging

from celery import shared_task

from files.converting import convert_next
from files.removing import forget_loose
from notifications.broker import ask

log = logging.getLogger(__name__)


def nudge():
    """Ask a worker to make recordings small; without a broker the sweep will."""
    ask(convert_waiting)


@shared_task
def sweep():
    """Remove drafts that hang on nothing. Another sweep may run beside this one."""
    return forget_loose()


@shared_task
def convert_waiting():
    """Make one recording small, and ask for the next: letters come in between."""
    if convert_next() is not None:
        nudge()
