"""Webinars, who comes, and their calendars. Split by noun; import from here."""

from webinars.models.feed import CalendarFeed
from webinars.models.registration import Registration
from webinars.models.webinar import Webinar, default_offsets, new_uid

__all__ = ["CalendarFeed", "Registration", "Webinar", "default_offsets", "new_uid"]
