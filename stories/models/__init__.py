"""Stories, and what hangs on them. Split by noun; import from here."""

from stories.models.media import LONGEST_TRANSCRIPT, StoryFile
from stories.models.response import Response
from stories.models.story import PARTS, Story, StoryQuerySet, TaggedStory

__all__ = [
    "LONGEST_TRANSCRIPT",
    "PARTS",
    "Response",
    "Story",
    "StoryFile",
    "StoryQuerySet",
    "TaggedStory",
]
