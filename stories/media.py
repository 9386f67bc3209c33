"""What a story's page draws of its photos, recordings and films."""

from accounts.prepared import Prepared
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
    media = list(_media_of(user, story=story.pk)) if story.has_media else []
    for item in media:
        item.story = story
        if item.file_id:
            item.file.space = story.space
    return {"media_first": media[:1], "media_after": media[1:]}
