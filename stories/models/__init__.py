"""Stories, and what hangs on them. Split by noun; import from here."""

from stories.models.response import Response
from stories.models.story import PARTS, Story, StoryQuerySet, TaggedStory

__all__ = ["PARTS", "Response", "Story", "StoryQuerySet", "TaggedStory"]
