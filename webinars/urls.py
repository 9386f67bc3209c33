"""Addresses of webinars, below ``/s/<space>/webinars/``."""

from django.urls import path

from webinars import feeds
from webinars.views import answering, reading, scheduling

app_name = "webinars"

urlpatterns = [
    path("", reading.webinar_list, name="webinar_list"),
    path("new/", scheduling.webinar_create, name="webinar_create"),
    path("calendar.ics", feeds.space_calendar, name="space_calendar"),
    path("<str:webinar>/", reading.webinar_detail, name="webinar_detail"),
    path("<str:webinar>/edit/", scheduling.webinar_edit, name="webinar_edit"),
    path("<str:webinar>/cancel/", scheduling.webinar_cancel, name="webinar_cancel"),
    path("<str:webinar>/answer/", answering.webinar_answer, name="webinar_answer"),
    path(
        "<str:webinar>/calendar.ics", reading.webinar_calendar, name="webinar_calendar"
    ),
]
