"""Addresses of webinars, below ``/s/<space>/webinars/``."""

from django.urls import path

from webinars import feeds
from webinars.views import (
    answering,
    reading,
    reminding,
    rooming,
    scheduling,
    seating,
)

app_name = "webinars"

urlpatterns = [
    path("", reading.webinar_list, name="webinar_list"),
    path("new/", scheduling.webinar_create, name="webinar_create"),
    path("calendar.ics", feeds.space_calendar, name="space_calendar"),
    path("<str:webinar>/", reading.webinar_detail, name="webinar_detail"),
    path("<str:webinar>/edit/", scheduling.webinar_edit, name="webinar_edit"),
    path("<str:webinar>/cancel/", scheduling.webinar_cancel, name="webinar_cancel"),
    path("<str:webinar>/join/", rooming.webinar_join, name="webinar_join"),
    path("<str:webinar>/room/", rooming.webinar_room, name="webinar_room"),
    path("<str:webinar>/room/move/", rooming.webinar_move, name="webinar_move"),
    path(
        "<str:webinar>/room/recordings/<int:pk>/",
        rooming.recording_show,
        name="recording_show",
    ),
    path(
        "<str:webinar>/reminders/",
        reminding.webinar_reminders,
        name="webinar_reminders",
    ),
    path("<str:webinar>/views/", seating.webinar_views, name="webinar_views"),
    path("<str:webinar>/views/ask/", seating.seat_offer, name="seat_offer"),
    path("<str:webinar>/views/<int:pk>/reply/", seating.seat_reply, name="seat_reply"),
    path("<str:webinar>/views/<int:pk>/end/", seating.seat_revoke, name="seat_revoke"),
    path("<str:webinar>/stance/", seating.webinar_stance, name="webinar_stance"),
    path("<str:webinar>/answer/", answering.webinar_answer, name="webinar_answer"),
    path(
        "<str:webinar>/calendar.ics", reading.webinar_calendar, name="webinar_calendar"
    ),
]
