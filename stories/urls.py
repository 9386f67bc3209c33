"""Addresses of stories, below ``/s/<space>/stories/``."""

from django.urls import path

from stories.views import feeds, media, responding, telling

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
    path("<str:story>/media/", media.story_media, name="story_media"),
    path("<str:story>/media/<int:item>/", media.media_edit, name="media_edit"),
    path("<str:story>/media/<int:item>/move/", media.media_move, name="media_move"),
    path(
        "<str:story>/media/<int:item>/remove/",
        media.media_remove,
        name="media_remove",
    ),
    path("<str:story>/media/<int:item>/state/", media.media_state, name="media_state"),
    path("<str:story>/media/<int:item>/cues/", media.media_cues, name="media_cues"),
    path("<str:story>/respond/", responding.story_respond, name="story_respond"),
]
