"""Addresses of stories, below ``/s/<space>/stories/``."""

from django.urls import path

from stories import views
from stories.responses.views import story_respond

app_name = "stories"

urlpatterns = [
    path("", views.story_list, name="story_list"),
    path("new/", views.story_create, name="story_create"),
    path("<str:story>/", views.story_detail, name="story_detail"),
    path("<str:story>/edit/", views.story_edit, name="story_edit"),
    path("<str:story>/publish/", views.story_publish, name="story_publish"),
    path("<str:story>/withdraw/", views.story_withdraw, name="story_withdraw"),
    path("<str:story>/discard/", views.story_discard, name="story_discard"),
    path("<str:story>/respond/", story_respond, name="story_respond"),
]
