"""What people are told of webinars; importing it makes the Kinds known."""

from webinars.notifications.mailed import answer_by_letter, word_answer
from webinars.notifications.registrations import WebinarAnswered, WebinarStartsSoon
from webinars.notifications.rooms import RoomMoved
from webinars.notifications.webinars import (
    WebinarCancelled,
    WebinarChanged,
    WebinarScheduled,
)

__all__ = [
    "RoomMoved",
    "WebinarAnswered",
    "WebinarCancelled",
    "WebinarChanged",
    "WebinarScheduled",
    "WebinarStartsSoon",
    "answer_by_letter",
    "word_answer",
]
