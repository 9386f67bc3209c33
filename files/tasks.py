"""Celery door of the files."""

from celery import shared_task

from files.actions import forget_loose


@shared_task
def sweep():
    """Remove drafts that hang on nothing. Another sweep may run beside this one."""
    return forget_loose()
