"""Addresses below ``/seat/``: the page of an outsider asked into one session."""

from django.urls import path

from webinars.views import seating

app_name = "seats"

urlpatterns = [
    path("<str:token>/", seating.seat_detail, name="seat_detail"),
    path("<str:token>/answer/", seating.seat_answer, name="seat_answer"),
    path("<str:token>/ask/", seating.seat_ask, name="seat_ask"),
    path("<str:token>/join/", seating.seat_join, name="seat_join"),
    path("<str:token>/check/", seating.seat_check, name="seat_check"),
]
