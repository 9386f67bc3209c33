"""Celery doors of webinars."""

from celery import shared_task

from webinars import actions


@shared_task
def remind_due():
    """Post the reminders whose time has come."""
    actions.remind_due()
