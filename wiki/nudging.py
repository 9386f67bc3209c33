"""Asking a worker, by the task's name: the tasks know all verbs above them."""

from celery import signature

from notifications.broker import ask


def nudge_drawing():
    """Have a worker draw what is marked; without a broker the sweep will."""
    ask(signature("wiki.tasks.redraw_stale"))


def nudge_imports():
    """Have a worker take in what waits; without a broker the sweep will."""
    ask(signature("wiki.tasks.take_in_imports"))
