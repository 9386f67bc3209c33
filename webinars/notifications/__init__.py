"""What people are told of webinars; importing it makes the Kinds known."""

from webinars.notifications.mailed import answer_by_letter, word_answer
from webinars.notifications.registrations import WebinarAnswered, WebinarStartsSoon
from webinars.notifications.rooms import RoomMoved
from webinars.notifications.seats import (
    SeatCheck,
    SeatHeard,
    SeatOffered,
    SeatReplied,
    SeatTold,
)
from webinars.notifications.webinars import (
    WebinarCancelled,
    WebinarChanged,
    WebinarScheduled,
)

__all__ = [
    "RoomMoved",
    "SeatCheck",
    "SeatHeard",
    "SeatOffered",
    "SeatReplied",
    "SeatTold",
    "WebinarAnswered",
    "WebinarCancelled",
    "WebinarChanged",
    "WebinarScheduled",
    "WebinarStartsSoon",
    "answer_by_letter",
    "word_answer",
]
