"""What search engines are told of."""

import re

import pytest
from django.urls import reverse

from tests.factories.stories import StoryFactory
from tests.factories.webinars import WebinarFactory
from tests.factories.wiki import PageFactory


def addresses(client, kind):
    path = reverse("discover:sitemap_section", kwargs={"section": kind})
    text = client.get(path).content.decode()
    return re.findall(r"<loc>(.*?)</loc>", text)


@pytest.mark.parametrize(
    ("kind", "factory"),
    [("stories", StoryFactory), ("wiki", PageFactory), ("webinars", WebinarFactory)],
)
def test_a_section_names_what_anybody_may_read(
    client, open_space, space, ben, settings, kind, factory
):
    settings.ALLIANCE_SITE_URL = "https://alliance.example"
    shown = factory(space=open_space, audience="public")
    factory(space=open_space, audience="members")
    factory(space=space, audience="public")

    as_guest = addresses(client, kind)
    client.force_login(ben)

    assert as_guest == [f"https://alliance.example{shown.get_absolute_url()}"]
    assert addresses(client, kind) == as_guest


def test_spaces_are_named_where_they_are_open(client, all_spaces, open_space, ada):
    client.force_login(ada)

    [only] = addresses(client, "spaces")

    assert only.endswith(open_space.get_absolute_url())


def test_the_sitemap_and_robots_lead_there(client, open_space):
    listed = client.get(reverse("discover:sitemap")).content.decode()
    robots = client.get("/robots.txt")

    assert len(re.findall(r"<loc>.*?/sitemap-\w+\.xml</loc>", listed)) == 4
    assert robots["Content-Type"] == "text/plain"
    assert "Disallow: /accounts/\n" in robots.content.decode()
    assert robots.content.decode().endswith("/sitemap.xml\n")


@pytest.mark.parametrize("rows", [1, 30])
def test_section_query_count(client, open_space, django_assert_num_queries, rows):
    StoryFactory.create_batch(rows, space=open_space, audience="public")

    with django_assert_num_queries(2):
        addresses(client, "stories")
