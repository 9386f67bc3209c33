"""What search engines may find: what anybody may read, and nothing else.

Addresses are those of ``ALLIANCE_SITE_URL``, whatever name a request came by.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from spaces.models import Space
from stories.models import Story
from webinars.models import Webinar
from wiki.models import Page

# Below them is nothing for a stranger; the rest says for itself whether to be indexed.
CLOSED = ("/accounts/", "/admin/", "/inbox/", "/search/")


class Open(Sitemap):
    """What the sitemaps of all kinds share."""

    limit = 5_000

    def get_domain(self, site=None):
        return urlsplit(settings.ALLIANCE_SITE_URL).netloc

    def get_protocol(self, protocol=None):
        return urlsplit(settings.ALLIANCE_SITE_URL).scheme


class SpaceMap(Open):
    """Front pages of open spaces."""

    def items(self):
        return Space.objects.readable_by(AnonymousUser()).order_by("pk")


class StoryMap(Open):
    def items(self):
        stories = Story.objects.in_the_open().select_related("space")
        return stories.only("slug", "changed", "space__slug").order_by("pk")

    def lastmod(self, story):
        return story.changed


class PageMap(Open):
    def items(self):
        pages = Page.objects.visible_to(AnonymousUser()).select_related("space")
        return pages.only("slug", "changed", "space__slug").order_by("pk")

    def lastmod(self, page):
        return page.changed


class WebinarMap(Open):
    def items(self):
        webinars = Webinar.objects.visible_to(AnonymousUser()).select_related("space")
        return webinars.only("slug", "changed", "space__slug").order_by("pk")

    def lastmod(self, webinar):
        return webinar.changed


SITEMAPS = {
    "spaces": SpaceMap,
    "stories": StoryMap,
    "wiki": PageMap,
    "webinars": WebinarMap,
}


@login_not_required
@require_safe
def sitemap(request):
    """The list of lists (https://www.sitemaps.org/protocol.html)."""
    return sitemap_views.index(
        request, SITEMAPS, sitemap_url_name="discover:sitemap_section"
    )


@login_not_required
@require_safe
def sitemap_section(request, section):
    """The open items of one kind."""
    return sitemap_views.sitemap(request, SITEMAPS, section=section)


@login_not_required
@require_safe
def robots(request):
    """What crawlers need not ask for (RFC 9309)."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    where = settings.ALLIANCE_SITE_URL + reverse("discover:sitemap")
    return HttpResponse(
        "\n".join([*lines, "", f"Sitemap: {where}", ""]), content_type="text/plain"
    )
