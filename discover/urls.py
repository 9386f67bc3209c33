"""Pages that look across."""

from django.urls import path

from discover import live, sitemaps, views

app_name = "discover"

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<str:section>.xml", sitemaps.sitemap_section, name="sitemap_section"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("s/<str:space>/", views.space_detail, name="space_detail"),
    path("s/<str:space>/tags/<str:tag>/", views.tag_detail, name="tag_detail"),
    path("s/<str:space>/tags/<str:tag>/live/", live.tag_live, name="tag_live"),
]
