"""The site administrator’s own pages."""

from django.urls import path

from spaces.views import site, site_outbox, site_people

app_name = "site_admin"

urlpatterns = [
    path("", site.space_list, name="space_list"),
    path("spaces/<str:space>/", site.space_detail, name="space_detail"),
    path("spaces/<str:space>/openness/", site.space_openness, name="space_openness"),
    path("spaces/<str:space>/state/", site.space_state, name="space_state"),
    path(
        "spaces/<str:space>/facilitator/",
        site.space_facilitator,
        name="space_facilitator",
    ),
    path("spaces/<str:space>/step-in/", site.space_step_in, name="space_step_in"),
    path("rules/", site_people.site_rules, name="site_rules"),
    path("people/", site_people.person_list, name="person_list"),
    path("people/<int:pk>/", site_people.person_detail, name="person_detail"),
    path("record/", site_people.record_list, name="record_list"),
    path("outbox/", site_outbox.outbox, name="outbox"),
]
