"""Short words in letters, for feature phones; and a space's digest seen beforehand."""

from django.urls import path, re_path

from digests import views

app_name = "digests"

urlpatterns = [
    path("d/read/<str:token>/", views.digest_read, name="digest_read"),
    path("d/all/<int:pk>/", views.digest_detail, name="digest_detail"),
    re_path(
        r"^d/(?P<letter>[tspw])(?P<pk>[0-9]{1,18})/$",
        views.item_open,
        name="item_open",
    ),
    path("s/<str:space>/digest/", views.digest_preview, name="digest_preview"),
    path(
        "s/<str:space>/digest/mail/",
        views.digest_preview_mail,
        name="digest_preview_mail",
    ),
    path("s/<str:space>/digest/people/", views.digest_people, name="digest_people"),
]
