"""Addresses of stories, below ``/s/<space>/stories/``."""

from django.urls import path

from stories.views import feeds, responding, telling

app_name = "stories"

urlpatterns = [
    path("", telling.story_list, name="story_list"),
    path("new/", telling.story_create, name="story_create"),
    path("feed/<str:kind>/", feeds.story_feed, name="story_feed"),
    path("tagged/<str:tag>/feed/<str:kind>/", feeds.tag_feed, name="tag_feed"),
    path("<str:story>/", telling.story_detail, name="story_detail"),
    path("<str:story>/edit/", telling.story_edit, name="story_edit"),
    path("<str:story>/publish/", telling.story_publish, name="story_publish"),
    path("<str:story>/withdraw/", telling.story_withdraw, name="story_withdraw"),
    path("<str:story>/discard/", telling.story_discard, name="story_discard"),
    path("<str:story>/respond/", responding.story_respond, name="story_respond"),
]
