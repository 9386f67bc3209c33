"""The pages of a space as a tree."""

from django.urls import reverse
from django.utils.html import format_html

from ui.drawing import joined

MOST_PAGES = 3000
MOST_LEVELS = 20


def draw_tree(pages, space):
    """Draw nested lists of links; one query, no recursion into the database.

    Args:
        pages: a queryset of visible pages.
        space: their space.

    Returns:
        Safe HTML. A page whose parent this reader does not see stands at the top.
    """
    rows = list(pages.by_title().values("pk", "title", "slug", "parent")[:MOST_PAGES])
    known = {row["pk"] for row in rows}
    below = {}
    for row in rows:
        parent = row["parent"] if row["parent"] in known else None
        below.setdefault(parent, []).append(row)
    address = reverse(
        "wiki:page_detail", kwargs={"space": space.slug, "page": "-page-"}
    )
    return _branch(below, None, address, 0)


def in_order(below, top=None):
    """Walk a tree from the top down, each page before those below it.

    Args:
        below: {id of a page, or None for the top: pages below it}; pages have ``pk``
            and ``slug``.
        top: the page to begin with, or None for all.

    Yields:
        (page, level, slugs from the beginning down to it).
    """
    waiting = [(page, 0, (page.slug,)) for page in below.get(None, ())]
    if top is not None:
        waiting = [(top, 0, (top.slug,))]
    waiting.reverse()
    while waiting:
        page, level, path = waiting.pop()
        yield page, level, path
        if level < MOST_LEVELS:
            waiting += [
                (child, level + 1, (*path, child.slug))
                for child in reversed(below.get(page.pk, ()))
            ]


def _branch(below, parent, address, level):
    rows = below.get(parent, ())
    if not rows or level > MOST_LEVELS:
        return ""
    return format_html(
        '<ul class="{}">{}</ul>',
        "wiki-tree" if parent is None else "wiki-branch",
        joined(
            format_html(
                '<li dir="auto"><a href="{}">{}</a>{}</li>',
                address.replace("-page-", row["slug"]),
                row["title"],
                _branch(below, row["pk"], address, level + 1),
            )
            for row in rows
        ),
    )
