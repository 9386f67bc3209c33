"""Pages of one space that are about the space itself and its people."""

from django.urls import include, path

from spaces.views import creation, gatherings, record, settings

app_name = "spaces"

urlpatterns = [
    path("begin/", creation.space_begin, name="space_begin"),
    path("about/", record.space_about, name="space_about"),
    path("record/", record.record_list, name="record_list"),
    path("gatherings/", gatherings.gathering_list, name="gathering_list"),
    path("gatherings/new/", gatherings.gathering_create, name="gathering_create"),
    path("gatherings/<int:pk>/edit/", gatherings.gathering_edit, name="gathering_edit"),
    path(
        "gatherings/<int:pk>/delete/",
        gatherings.gathering_delete,
        name="gathering_delete",
    ),
    path("settings/", settings.space_settings, name="space_settings"),
    path("settings/openness/", settings.space_openness, name="space_openness"),
    path("settings/groups/", settings.space_groups, name="space_groups"),
    path(
        "settings/groups/<int:pk>/", settings.space_group_edit, name="space_group_edit"
    ),
    path(
        "settings/groups/<int:pk>/move/",
        settings.space_group_move,
        name="space_group_move",
    ),
    path(
        "settings/groups/<int:pk>/remove/",
        settings.space_group_remove,
        name="space_group_remove",
    ),
    path("settings/questions/", settings.space_questions, name="space_questions"),
    path(
        "settings/questions/<int:pk>/",
        settings.space_question_edit,
        name="space_question_edit",
    ),
    path("settings/tools/", settings.space_tools, name="space_tools"),
    path("settings/rules/", settings.space_rules, name="space_rules"),
    path("settings/digest/", settings.space_digest, name="space_digest"),
    path("settings/state/", settings.space_state, name="space_state"),
    path("", include("spaces.people_urls")),
]
