"""The project: settings, addresses, Celery. Nobody imports it."""

from alliance.celery import app as celery_app

__all__ = ["celery_app"]
