"""Addresses of webinars, below ``/s/<space>/webinars/``."""

from django.urls import path

from webinars import feeds, views

app_name = "webinars"

urlpatterns = [
    path("", views.webinar_list, name="webinar_list"),
    path("new/", views.webinar_create, name="webinar_create"),
    path("calendar.ics", feeds.space_calendar, name="space_calendar"),
    path("<str:webinar>/", views.webinar_detail, name="webinar_detail"),
    path("<str:webinar>/edit/", views.webinar_edit, name="webinar_edit"),
    path("<str:webinar>/cancel/", views.webinar_cancel, name="webinar_cancel"),
    path("<str:webinar>/answer/", views.webinar_answer, name="webinar_answer"),
    path("<str:webinar>/calendar.ics", views.webinar_calendar, name="webinar_calendar"),
]
