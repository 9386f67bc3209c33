"""Which pages go out together, and in which order."""

from dataclasses import dataclass

from wiki.models import Attachment, Page
from wiki.tree import in_order

# What one archive or document holds at most.
MOST_PAGES = 3000


@dataclass(frozen=True)
class Part:
    """A page in its place.

    Attributes:
        page: the ``Page``.
        level: how deep below where the export begins (0).
        path: slugs from there down to it.
    """

    page: Page
    level: int
    path: tuple


def parts_of(space, user, *, top=None, with_below=True):
    """What of a wiki this person may take home, in the order of the tree.

    Args:
        space: the entered space.
        user: the reader.
        top: the ``Page`` to begin with; the whole wiki where it is None.
        with_below: also what stands below ``top``.

    Returns:
        list of ``Part`` with the newest text of each and its parent's title.
    """
    pages = Page.objects.visible_in(space, user).select_related("current__author")
    if top is not None and not with_below:
        pages = pages.filter(pk=top.pk)
    rows = list(pages.by_title()[:MOST_PAGES])
    known = {row.pk: row for row in rows}
    below = {}
    for row in rows:
        row.space = space
        row.parent = known.get(row.parent_id)
        below.setdefault(row.parent_id if row.parent else None, []).append(row)
    top_row = known.get(top.pk) if top is not None else None
    return [Part(*each) for each in in_order(below, top_row)]


def attachments_of(parts):
    """The files of these pages as they are shown today.

    Args:
        parts: list of ``Part``; who sees a page sees its files.

    Returns:
        {address: ``File``}, in one query.
    """
    pages = {part.page.pk: part.page for part in parts}
    found = {}
    rows = Attachment.objects.filter(page__in=pages, current__isnull=False)
    for attachment in rows.select_related("current__file"):
        attachment.page = pages[attachment.page_id]
        found[attachment.get_absolute_url()] = attachment.current.file
    return found
