"""Celery doors of the wiki."""

import logging

from celery import shared_task

from notifications.broker import ask
from wiki import redrawing

log = logging.getLogger(__name__)


def nudge():
    """Ask a worker to draw what is marked; without a broker the sweep will."""
    ask(redraw_stale)


@shared_task
def redraw_stale():
    """Draw every page that is marked, or that an older renderer has drawn."""
    number = redrawing.redraw_stale()
    if number:
        log.info("drew %s wiki pages again", number)
