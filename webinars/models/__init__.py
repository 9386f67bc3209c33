"""Webinars, who comes, and their calendars. Split by noun; import from here."""

from webinars.models.feed import CalendarFeed
from webinars.models.registration import Registration
from webinars.models.reminder import ReminderChoice, ReminderRound
from webinars.models.room import Recording, Room
from webinars.models.seat import SaidStance, Seat, SeatWord, Stance, StanceQuestion
from webinars.models.webinar import Webinar, default_offsets, new_uid

__all__ = [
    "CalendarFeed",
    "Recording",
    "Registration",
    "ReminderChoice",
    "ReminderRound",
    "Room",
    "SaidStance",
    "Seat",
    "SeatWord",
    "Stance",
    "StanceQuestion",
    "Webinar",
    "default_offsets",
    "new_uid",
]
