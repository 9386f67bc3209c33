"""Addresses below ``/calendar/``: one's webinars in all spaces."""

from django.urls import path

from webinars import feeds

app_name = "calendar"

urlpatterns = [
    path("", feeds.calendar_home, name="calendar_home"),
    path("renew/", feeds.calendar_renew, name="calendar_renew"),
    path("<str:token>.ics", feeds.calendar_feed, name="calendar_feed"),
]
