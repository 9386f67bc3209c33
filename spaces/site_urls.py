"""Addresses outside any one space: creating, joining by invitation."""

from django.urls import include, path

from spaces.views import closing, landing, linking

app_name = "joining"

urlpatterns = [
    path("new/", include("spaces.creation_urls")),
    path(
        "invitation/<str:token>/", landing.invitation_detail, name="invitation_detail"
    ),
    path(
        "invitation/<str:token>/decline/",
        landing.invitation_decline,
        name="invitation_decline",
    ),
    path("claim/<str:token>/", linking.linked_claim, name="linked_claim"),
    path(
        "claim/<str:token>/accept/",
        linking.linked_claim_accept,
        name="linked_claim_accept",
    ),
    path("close-account/", closing.account_close, name="account_close"),
]
