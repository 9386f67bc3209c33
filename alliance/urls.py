"""Every address of the site. Each app keeps the words below its own."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import include, path
from taggit.models import Tag

from notifications.health import healthz

handler400 = "ui.views.bad_request"
handler403 = "ui.views.forbidden"
handler404 = "ui.views.not_found"
handler500 = "ui.views.server_error"

# Session keys, second factors, tokens and addresses: whoever reads or writes these
# rows can become anybody, and read what no administrator reads (DESIGN §4).
admin.site.unregister(
    [
        Authenticator,
        EmailAddress,
        Group,
        SocialAccount,
        SocialApp,
        SocialToken,
        Tag,
        UserSession,
    ]
)

urlpatterns = [
    path("", include("discover.urls")),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("inbox/preferences/", include("spaces.wishes_urls")),
    path("inbox/", include("notifications.urls")),
    path("healthz", healthz, name="healthz"),
    path("spaces/", include("spaces.site_urls")),
    path("admin/", include("spaces.admin_urls")),
    path("admin/records/", admin.site.urls),
    path("", include("ui.urls")),
    path("", include("inbound.urls")),
    path("", include("digests.urls")),
    path("calendar/", include("webinars.calendar_urls")),
    path("rooms/", include("webinars.room_urls")),
    path("seat/", include("webinars.seat_urls")),
    path("s/<str:space>/", include("spaces.urls")),
    path("s/<str:space>/exchange/", include("conversations.urls")),
    path("s/<str:space>/stories/", include("stories.urls")),
    path("s/<str:space>/wiki/", include("wiki.urls")),
    path("s/<str:space>/webinars/", include("webinars.urls")),
    path("s/<str:space>/files/", include("files.urls")),
]
