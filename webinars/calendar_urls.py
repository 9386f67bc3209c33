"""Addresses below ``/calendar/``: one's webinars in all spaces."""

from django.urls import path

from webinars import feeds
from webinars.views import reminding

app_name = "calendar"

urlpatterns = [
    path("", feeds.calendar_home, name="calendar_home"),
    path("reminders/", reminding.reminder_edit, name="reminder_edit"),
    path("renew/", feeds.calendar_renew, name="calendar_renew"),
    path("<str:token>.ics", feeds.calendar_feed, name="calendar_feed"),
]
