"""Celery doors of the spaces."""

import logging

from celery import shared_task

from spaces.actions.reminding import ask_the_resting, send_reminders

log = logging.getLogger(__name__)


@shared_task
def remind_due(now=None):
    """Remind the invited who have not answered, twice at most, and ask the
    facilitators of spaces that have long been resting, once.

    Beat calls it every hour; ``send_due`` calls it with another clock.

    Args:
        now: the clock.

    Returns:
        number of reminders that were written.
    """
    number = send_reminders(now) + ask_the_resting(now)
    if number:
        log.info("wrote %s reminders", number)
    return number
