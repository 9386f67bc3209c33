"""Addresses about the person who looks; below them come allauth's."""

from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("", views.account_home, name="account_home"),
    path("profile/", views.profile_edit, name="profile_edit"),
    path("language/", views.language_set, name="language_set"),
    path(
        "people/<int:pk>/photo/<slug:version>/<int:size>.webp",
        views.photo,
        name="photo",
    ),
]
