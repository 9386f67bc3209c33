"""Who waits for whom.

Titles, addresses and links of a space depend on one another: a page that appears
turns links blue on pages that are being saved at that very moment. So what changes a
title, an address or the readers of a page (making, renaming, deleting, moving
readers) holds the wiki of its space alone; plain saves share it and run side by side,
each under the lock of its page's row. Always in this order, so nobody waits in a ring.
"""

from django.db import connection

from accounts.prepared import NOBODY, Prepared
from wiki.models import Page

_pages = Prepared(
    lambda user, pk: Page.gone_too.filter(pk=pk).select_related(
        "space", "current", "thread", "audience_group"
    )
)

# "wiki" in ASCII: our corner of PostgreSQL's advisory locks.
_CORNER = 0x77696B69
_MOST = 2**31


def hold_wiki(space_id, *, alone):
    """Take the lock of a space's wiki until the end of the transaction.

    Args:
        space_id: the space.
        alone: True for what changes titles, addresses or readers.
    """
    lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s, %s)", [_CORNER, space_id % _MOST])


def hold_page(pk):
    """Lock a page's row and fetch it as it stands now, deleted or not.

    Args:
        pk: the page.

    Returns:
        the ``Page`` with its space, newest revision and thread.
    """
    # Two queries on purpose: one that waited for the lock sees the new row of the page
    # but joins it with what stood when it began to wait, so the newest revision would
    # be missing.
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM wiki_page WHERE id = %s FOR UPDATE", [pk])
    [page] = _pages(NOBODY, pk=pk)
    return page
