"""Stories for feed readers, search engines and whoever shows a link.

Only what anybody may read goes out: a feed reader has no account, and whoever holds its
address may hand it on. ``StoryQuerySet.in_the_open`` says what that is.
"""

import json

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from conversations.about import with_whole_addresses
from markup.rendering import excerpt
from notifications.letters import absolute

NEWEST = 30
# The width of the picture beside a link, in pixels.
SUMMARY_WORDS = 60


def story_id(story):
    """The identity of a story in every feed (RFC 4151); it outlives address and title.

    Args:
        story: a ``Story`` that was published.
    """
    day = story.published.date().isoformat()
    return f"tag:{settings.ALLIANCE_MAIL_DOMAIN},{day}:story-{story.pk}"


def feed_document(kind, stories, *, title, about, page, feed, language):
    """Write a feed.

    Args:
        kind: a key of ``KINDS``.
        stories: published stories with their people and hashtags, newest first.
        title: what the feed is called.
        about: a sentence on it.
        page: path of the page it follows.
        feed: path of the feed itself.
        language: of the space.

    Returns:
        (content type, text).
    """
    head = {
        "title": title,
        "description": about,
        "link": absolute(page),
        "feed_url": absolute(feed),
        "language": language,
    }
    return KINDS[kind](head, stories)


def shared_story(story, *, space):
    """What the page of an open story tells whoever shows a link to it.

    Args:
        story: a published ``Story`` that anybody may read.
        space: its space.

    Returns:
        dict: ``url``, ``description``, ``image`` and ``image_alt`` (empty where there
        is no photo), and ``data`` (schema.org ``Article``).
    """
    url = absolute(story.get_absolute_url())
    image, image_alt = "", ""
    if story.photo_id:
        image = absolute(f"{story.photo.get_absolute_url()}?form=jpeg")
        image_alt = story.photo.alt
    description = excerpt(story.beginning, words=24)
    data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": story.title,
        "description": description,
        "inLanguage": story.language,
        "datePublished": story.published,
        "dateModified": story.changed,
        "author": {"@type": "Person", "name": story.author_label},
        "publisher": {"@type": "Organization", "name": space.name},
        "mainEntityOfPage": url,
    }
    if image:
        data["image"] = [image]
    if story.place:
        data["contentLocation"] = {"@type": "Place", "name": story.place}
    return {
        "url": url,
        "description": description,
        "image": image,
        "image_alt": image_alt,
        "data": data,
    }


def _summary(story):
    return excerpt(story.plain, words=SUMMARY_WORDS)


def _syndicated(generator):
    def write(head, stories):
        document = generator(**head)
        for story in stories:
            document.add_item(
                title=story.title,
                link=absolute(story.get_absolute_url()),
                # Atom shows both; RSS has room for one, the whole.
                description=_summary(story)
                if generator is Atom1Feed
                else with_whole_addresses(story.body_html),
                content=with_whole_addresses(story.body_html),
                author_name=story.author_label,
                pubdate=story.published,
                updateddate=story.changed,
                unique_id=story_id(story),
                unique_id_is_permalink=False,
                categories=[tag.display for tag in story.tags.all()],
            )
        return document.content_type, document.writeString("utf-8")

    return write


class _Atom(Atom1Feed):
    """Atom (RFC 4287) with the whole story beside its summary."""

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


def _json(head, stories):
    """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    items = [
        {
            "id": story_id(story),
            "url": absolute(story.get_absolute_url()),
            "title": story.title,
            "summary": _summary(story),
            "content_html": with_whole_addresses(story.body_html),
            "date_published": story.published,
            "date_modified": story.changed,
            "authors": [{"name": story.author_label}],
            "language": story.language,
            "tags": [tag.display for tag in story.tags.all()],
        }
        for story in stories
    ]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": head["title"],
        "description": head["description"],
        "home_page_url": head["link"],
        "feed_url": head["feed_url"],
        "language": head["language"],
        "items": items,
    }
    text = json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False)
    return "application/feed+json; charset=utf-8", text


KINDS = {
    "atom": _syndicated(_Atom),
    "rss": _syndicated(Rss201rev2Feed),
    "json": _json,
}
