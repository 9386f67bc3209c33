"""How writing a page can end."""

from dataclasses import dataclass

from markup.merging import Merge
from wiki.models import Page, Revision


@dataclass(frozen=True)
class Outcome:
    """A page was written.

    Attributes:
        page: the ``Page`` as it stands now.
        revision: the newest ``Revision``.
        how: ``saved``, ``merged`` (joined with what others wrote meanwhile) or
            ``unchanged`` (there was nothing new in it).
    """

    page: Page
    revision: Revision
    how: str


class Collided(Exception):
    """Two people changed the same words; a person must choose. Nothing was written.

    Attributes:
        merge: the ``Merge`` with its collisions.
        base, theirs: ``Revision`` both started from (or None), and the newest one.
    """

    def __init__(self, merge: Merge, base: Revision | None, theirs: Revision):
        self.merge, self.base, self.theirs = merge, base, theirs
        super().__init__(f"{len(merge.collisions)} collisions")


class Gone(Exception):
    """The page was deleted meanwhile. Nothing was written."""

    def __init__(self, page: Page):
        self.page = page
        super().__init__("deleted")


class TitleTaken(Exception):
    """Another page has this title (in any spelling). Nothing was written."""

    def __init__(self, page: Page):
        self.page = page
        super().__init__("title taken")
