"""Verbs of stories. Every door (web, mail) ends here."""

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
    "discard_story",
    "edit_story",
    "publish_story",
    "respond_to_story",
    "story_text",
    "take_response_back",
    "widest_audience",
    "withdraw_story",
    "write_story",
]
