"""Celery doors of the wiki."""

import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from wiki import redrawing

log = logging.getLogger(__name__)


def nudge():
    """Ask a worker to draw what is marked; without a broker the sweep will."""
    try:
        redraw_stale.delay()
    except OperationalError:
        log.warning("broker unreachable: the sweep will find the pages")


@shared_task
def redraw_stale():
    """Draw every page that is marked, or that an older renderer has drawn."""
    number = redrawing.redraw_stale()
    if number:
        log.info("drew %s wiki pages again", number)
