"""Verbs of stories. Every door (web, mail) ends here."""

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
    "story_text",
    "widest_audience",
    "withdraw_story",
    "write_story",
]
