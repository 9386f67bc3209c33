"""Celery doors of the wiki."""

import logging

from celery import shared_task

from wiki import redrawing
from wiki.actions import importing
from wiki.tending import ask_carers, raise_unanswered, raise_waiting

log = logging.getLogger(__name__)


@shared_task
def redraw_stale():
    """Draw every page that is marked, or that an older renderer has drawn."""
    number = redrawing.redraw_stale()
    if number:
        log.info("drew %s wiki pages again", number)


@shared_task
def take_in_imports():
    """Write the pages of handbooks that somebody has said yes to; drop forgotten ones.

    Returns:
        how many handbooks were finished.
    """
    importing.forget_unwanted()
    number = importing.take_in()
    if number:
        log.info("took in %s handbooks", number)
    return number


@shared_task
def tend_pages(now=None):
    """Ask carers of pages that are due, and tell others of what nobody answers.

    Beat calls it every hour; ``send_due`` calls it with another clock.

    Args:
        now: the clock.

    Returns:
        number of pages and proposals that somebody was told of.
    """
    number = ask_carers(now) + raise_unanswered(now) + raise_waiting(now)
    if number:
        log.info("told of %s pages and proposals", number)
    return number
