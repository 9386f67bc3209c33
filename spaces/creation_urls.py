"""The creation wizard; included in the namespace ``joining``."""

from django.urls import path

from spaces.views import creation

urlpatterns = [
    path("", creation.space_create, name="space_create"),
    path(
        "<uuid:key>/look-over/", creation.space_draft_review, name="space_draft_review"
    ),
    path("<uuid:key>/discard/", creation.space_draft_delete, name="space_draft_delete"),
    path("<uuid:key>/<str:step>/", creation.space_draft_edit, name="space_draft_edit"),
    path(
        "<uuid:key>/<str:step>/keep/",
        creation.space_draft_save,
        name="space_draft_save",
    ),
]
