"""Verbs of the wiki. Every door (web, later mail and import) ends here."""

from wiki.actions.deleting import delete_page, undelete_page
from wiki.actions.drafting import discard_draft, keep_draft
from wiki.actions.outcomes import Collided, Gone, Outcome, TitleTaken
from wiki.actions.reverting import restore_revision, undo_revision
from wiki.actions.writing import create_page, move_page, save_page

__all__ = [
    "Collided",
    "Gone",
    "Outcome",
    "TitleTaken",
    "create_page",
    "delete_page",
    "discard_draft",
    "keep_draft",
    "move_page",
    "restore_revision",
    "save_page",
    "undelete_page",
    "undo_revision",
]
