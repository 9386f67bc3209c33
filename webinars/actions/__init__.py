"""Verbs of webinars. Page, mail and calendar answers all end here."""

from webinars.actions.answering import answer_webinar
from webinars.actions.feeds import calendar_feed_of, renew_calendar_feed
from webinars.actions.reminding import due_offset, remind_due
from webinars.actions.rooming import (
    edit_room,
    enter_room,
    move_room,
    open_room,
    poll_recordings,
)
from webinars.actions.scheduling import cancel_webinar, edit_webinar, schedule_webinar

__all__ = [
    "edit_room",
    "enter_room",
    "move_room",
    "open_room",
    "poll_recordings",
    "answer_webinar",
    "calendar_feed_of",
    "cancel_webinar",
    "due_offset",
    "edit_webinar",
    "remind_due",
    "renew_calendar_feed",
    "schedule_webinar",
]
