"""What pages draw of a story's photos, recordings and films."""

from django.urls import reverse

from accounts.prepared import Prepared
from files.recordings import FAULTS
from stories.models import StoryFile

_media_of = Prepared(
    lambda user, story: StoryFile.objects.filter(story=story).with_files().in_order()
)


def media_context(user, story):
    """The first stands above the words, the others below them.

    Args:
        user: the reader.
        story: the ``Story`` of ``for_reading``, with its space.

    Returns:
        ``media_first`` and ``media_after``.
    """
    media = media_of(user, story) if story.has_media else []
    return {"media_first": media[:1], "media_after": media[1:]}


def media_of(user, story):
    """Everything a story holds, in order, ready to be drawn.

    Args:
        user: the reader, who sees the story.
        story: the ``Story``, with its space.
    """
    media = list(_media_of(user, story=story.pk))
    for item in media:
        made_drawable(item, story)
    return media


def made_drawable(item, story):
    """Hand the story and its space down, and put a fault into words.

    Args:
        item: the ``StoryFile``.
        story: its ``Story``, with its space.

    Returns:
        the item.
    """
    item.story = story
    item.fault, item.cues_url, item.label = "", "", item.caption
    if item.cues:
        names = {"space": story.space.slug, "story": story.slug, "item": item.pk}
        item.cues_url = reverse("stories:media_cues", kwargs=names)
    if item.file_id:
        item.label = item.caption or item.file.name
        item.file.space = story.space
        item.fault = FAULTS.get(item.file.fault, FAULTS["unreadable"])
    return item


def lacks_alt(story):
    """Whether a photo of it says nothing to people who cannot see it.

    Args:
        story: the ``Story``.
    """
    return story.media.filter(kind=StoryFile.Kind.PHOTO, file__alt="").exists()
