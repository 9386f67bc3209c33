"""Feeds, and what a page tells of itself: only what anybody may read goes out."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from stories.actions import publish_story, withdraw_story
from stories.models import Story
from tests.factories.spaces import GroupFactory
from tests.factories.stories import StoryFactory

ATOM = "{http://www.w3.org/2005/Atom}"


def feed_path(space, kind="atom", tag=None):
    words = {"space": space.slug, "kind": kind}
    if tag:
        return reverse("stories:tag_feed", kwargs={**words, "tag": tag})
    return reverse("stories:story_feed", kwargs=words)


@pytest.fixture
def told(open_space, ben):
    """A public story with a link and a hashtag, and three not for everybody."""
    story = StoryFactory(
        space=open_space,
        author=ben,
        title="The bell <works> & rings",
        audience="public",
        body_html='<p>See <a href="/s/water/wiki/bell/">the bell</a>.</p>',
        place="Tamale",
    )
    story.tags.set_words(["Bells"])
    group = GroupFactory(space=open_space, name="Farmers")
    for title, audience in [("For members", "members"), ("For one group", "group")]:
        StoryFactory(
            space=open_space,
            title=title,
            audience=audience,
            audience_group=group if audience == "group" else None,
        )
    StoryFactory(space=open_space, title="A draft", audience="public", state="draft")
    return story


def titles(kind, text):
    if kind == "json":
        return [item["title"] for item in json.loads(text)["items"]]
    path = f"{ATOM}entry/{ATOM}title" if kind == "atom" else "channel/item/title"
    return [found.text for found in ElementTree.fromstring(text).findall(path)]  # noqa: S314 (our own)


def test_a_reader_hears_that_one_went_and_an_old_one_came(client, open_space, ada):
    """As many stories as before, and none of them changed since."""
    first, second = (
        StoryFactory(space=open_space, author=ada, audience="public") for _ in range(2)
    )
    draft = StoryFactory(
        space=open_space, author=ada, audience="public", state="draft", published=None
    )
    address = reverse(
        "stories:story_feed", kwargs={"space": open_space.slug, "kind": "json"}
    )
    etag = client.get(address)["ETag"]

    withdraw_story(first, by=ada)
    publish_story(draft, by=ada)
    again = client.get(address, headers={"if-none-match": etag})

    assert again.status_code == 200
    titles = {item["title"] for item in json.loads(again.content)["items"]}
    assert titles == {second.title, draft.title}


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
@pytest.mark.parametrize("tag", [None, "bells"])
def test_a_feed_tells_open_stories_only_whoever_asks(
    client, told, ben, settings, kind, tag
):
    path = feed_path(told.space, kind, tag)

    as_guest = client.get(path)
    client.force_login(ben)
    as_member = client.get(path)

    text = as_guest.content.decode()
    assert as_member.content == as_guest.content
    assert titles(kind, text) == [told.title]
    assert told.author_label in text
    # Links of the story lead somewhere from a feed reader as well.
    assert f"{settings.ALLIANCE_SITE_URL}/s/water/wiki/bell/" in text
    assert f"story-{told.pk}" in text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (lambda open_space, space: feed_path(open_space, "xml"), 404),
        (lambda open_space, space: feed_path(open_space, tag="nobody"), 404),
        (lambda open_space, space: feed_path(space), 404),
        (lambda open_space, space: feed_path(space, tag="bells"), 404),
    ],
)
def test_there_is_no_feed_of_what_is_closed(
    client, told, ben, open_space, space, path, status
):
    client.force_login(ben)

    assert client.get(path(open_space, space)).status_code == status


def test_a_tag_of_closed_stories_looks_unused(client, told):
    closed = Story.objects.get(title="For members")
    closed.tags.set_words(["secretword"])

    assert client.get(feed_path(told.space, tag="secretword")).status_code == 404


def test_a_feed_is_asked_again_for_nothing_until_something_changes(client, told, ben):
    path = feed_path(told.space)
    first = client.get(path)

    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    withdraw_story(told, by=ben)
    after = client.get(path, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert after.status_code == 200
    assert titles("atom", after.content) == []


@pytest.mark.parametrize("rows", [1, 30])
def test_feed_query_count(client, open_space, ben, django_assert_num_queries, rows):
    StoryFactory.create_batch(rows, space=open_space, author=ben, audience="public")

    with django_assert_num_queries(4):
        client.get(feed_path(open_space, "json"))


def test_in_the_open_says_the_same_of_rows_and_of_one(told, space):
    StoryFactory(space=space, audience="public")
    closed = StoryFactory(
        space=told.space, audience="public", state="withdrawn", thread=None
    )

    listed = set(Story.objects.in_the_open())

    assert listed == {told}
    for story in Story.objects.select_related("space"):
        assert story.is_in_the_open == (story in listed)
    assert not Story.objects.visible_to(AnonymousUser()).filter(pk=closed.pk).exists()


def test_an_open_story_says_what_it_is(client, told, settings):
    html = client.get(told.get_absolute_url()).content.decode()

    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    address = settings.ALLIANCE_SITE_URL + told.get_absolute_url()
    assert "<" not in data
    assert json.loads(data) == {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": told.title,
        "description": told.plain,
        "inLanguage": "en",
        "datePublished": _iso(told.published),
        "dateModified": _iso(told.changed),
        "author": {"@type": "Person", "name": told.author_label},
        "publisher": {"@type": "Organization", "name": told.space.name},
        "mainEntityOfPage": address,
        "contentLocation": {"@type": "Place", "name": "Tamale"},
    }
    assert f'<link rel="canonical" href="{address}">' in html
    assert (
        '<meta property="og:title" content="The bell &lt;works&gt; &amp; rings">'
        in html
    )


def test_a_closed_story_says_nothing_of_itself(client, told, ben):
    client.force_login(ben)
    closed = Story.objects.get(title="For members")

    html = client.get(closed.get_absolute_url()).content.decode()

    assert closed.title in html
    assert "og:" not in html
    assert "ld+json" not in html


def _iso(moment):
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
