"""Drawing pages again: when a link changes its colour, when the renderer is newer."""

from django.db import transaction

from markup.rendering import RENDERER_VERSION
from wiki.drawing import DRAWN_FIELDS, draw_page
from wiki.locking import hold_page, hold_wiki
from wiki.models import Link, Page

# More pages than this are drawn by a worker.
MOST_AT_ONCE = 20


def redraw_linking(space, keys, *, besides):
    """Draw the pages that link to a title which appeared, went or changed readers.

    Call it in the transaction of that change, the wiki held alone.

    Args:
        space: where.
        keys: folded titles.
        besides: the page that changed; it has been drawn already.

    Returns:
        True where the pages are many: they are marked, ``redraw_stale`` draws them.
    """
    sources = sorted(
        Link.objects.filter(
            source__space=space, key__in=keys, source__deleted__isnull=True
        )
        .exclude(source=besides)
        .values_list("source", flat=True)
        .distinct()
    )
    if len(sources) <= MOST_AT_ONCE:
        for pk in sources:
            _draw_again(pk)
        return False
    # Marked, not handed over by number: without a broker, or with a worker killed
    # halfway, the sweep finds what is left.
    Page.gone_too.filter(pk__in=sources).update(renderer=0)
    return True


@transaction.atomic
def redraw_page(pk, *, space_id):
    """Draw one page from its newest text.

    Args:
        pk: the page.
        space_id: its space.
    """
    hold_wiki(space_id, alone=False)
    _draw_again(pk)


def redraw_stale(*, most=None):
    """Draw every page whose HTML is marked, or was made by another renderer.

    Args:
        most: stop after so many.

    Returns:
        how many were drawn.
    """
    stale = Page.gone_too.exclude(renderer=RENDERER_VERSION).order_by("pk")
    rows = list(stale.values_list("pk", "space_id")[:most])
    for pk, space_id in rows:
        redraw_page(pk, space_id=space_id)
    return len(rows)


def _draw_again(pk):
    page = hold_page(pk)
    draw_page(page, page.current.body if page.current else "")
    page.save(update_fields=DRAWN_FIELDS)
