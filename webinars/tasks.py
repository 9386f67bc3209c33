"""Celery doors of webinars."""

from celery import shared_task

from webinars import actions
from webinars.actions import rooming


@shared_task
def remind_due():
    """Post the reminders whose time has come."""
    actions.remind_due()


@shared_task
def poll_recordings():
    """Ask for recordings of sessions that are over."""
    rooming.poll_recordings()
