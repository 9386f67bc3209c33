"""Addresses below ``/s/<space>/exchange/``."""

from django.urls import path

from conversations.views import (
    announcing,
    exchange,
    guests,
    messages,
    passes,
    quieting,
    stream,
    suggesting,
)

app_name = "conversations"

urlpatterns = [
    path("", exchange.exchange, name="exchange"),
    path("live/", stream.exchange_live, name="exchange_live"),
    path("<int:pk>/live/", stream.thread_live, name="thread_live"),
    path("open/<str:tag>/", guests.tag_open, name="tag_open"),
    path("open/<str:tag>/say/", guests.guest_word_create, name="guest_word_create"),
    path("word/<str:token>/", guests.guest_word_confirm, name="guest_word_confirm"),
    path("waiting/", guests.held_list, name="held_list"),
    path("waiting/<int:pk>/", guests.held_decide, name="held_decide"),
    path("suggest/", suggesting.suggestion_list, name="suggestion_list"),
    path("new/", exchange.thread_create, name="thread_create"),
    path("letters/<str:token>/", quieting.thread_letters, name="thread_letters"),
    path("announcements/", announcing.announcement_list, name="announcement_list"),
    path(
        "announcements/new/",
        announcing.announcement_create,
        name="announcement_create",
    ),
    path("<int:pk>/", exchange.thread_detail, name="thread_detail"),
    path("<int:pk>/follow/", exchange.thread_follow, name="thread_follow"),
    path("<int:pk>/audience/", exchange.thread_audience, name="thread_audience"),
    path("<int:pk>/answer/", messages.message_create, name="message_create"),
    path("<int:pk>/guests/", passes.guest_pass_list, name="guest_pass_list"),
    path("message/<int:pk>/", messages.message_detail, name="message_detail"),
    path("message/<int:pk>/react/", messages.message_react, name="message_react"),
    path("message/<int:pk>/history/", messages.message_history, name="message_history"),
    path("message/<int:pk>/edit/", messages.message_edit, name="message_edit"),
    path("message/<int:pk>/hide/", messages.message_hide, name="message_hide"),
    path("message/<int:pk>/restore/", messages.message_restore, name="message_restore"),
    path("message/<int:pk>/release/", messages.message_release, name="message_release"),
    path(
        "message/<int:pk>/withdraw/", messages.message_withdraw, name="message_withdraw"
    ),
    path("guests/<int:pk>/end/", passes.guest_pass_revoke, name="guest_pass_revoke"),
    path("pass/<str:token>/", passes.guest_pass_open, name="guest_pass_open"),
]
