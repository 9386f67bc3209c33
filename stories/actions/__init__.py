"""Verbs of stories. Every door (web, mail) ends here."""

from stories.actions.media import (
    add_media,
    describe_media,
    move_media,
    remove_all_media,
    remove_media,
)
from stories.actions.responding import respond_to_story, take_response_back
from stories.actions.telling import (
    PARTS,
    discard_story,
    edit_story,
    publish_story,
    story_text,
    widest_audience,
    withdraw_story,
    write_story,
)

__all__ = [
    "PARTS",
    "add_media",
    "describe_media",
    "discard_story",
    "edit_story",
    "move_media",
    "publish_story",
    "remove_all_media",
    "remove_media",
    "respond_to_story",
    "story_text",
    "take_response_back",
    "widest_audience",
    "withdraw_story",
    "write_story",
]
