"""Celery door of the digests."""

from celery import shared_task

from digests import actions


@shared_task
def prepare_due():
    """Write the digests whose hour has come; the outbox sends them."""
    actions.prepare_due()
