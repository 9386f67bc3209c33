"""Addresses below ``/rooms/``: what a room's server calls back."""

from django.urls import path

from webinars.views import rooming

app_name = "rooms"

urlpatterns = [
    path("<str:token>/ended/", rooming.room_ended, name="room_ended"),
    path("<str:token>/recorded/", rooming.room_recorded, name="room_recorded"),
]
