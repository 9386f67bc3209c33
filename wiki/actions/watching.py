"""Watching pages, and no more."""

from django.db import transaction

from wiki.models import ReadUpTo, Watch
from wiki.watching import watches_of


def watch_page(page, *, by, reach, with_minor=False):
    """Hear of a page, or of it and all below it; ``reach`` "" stops that.

    Args:
        page: the ``Page``.
        by: who watches.
        reach: ``page``, ``branch`` or "".
        with_minor: small changes too.
    """
    if not reach:
        Watch.objects.filter(page=page, person=by).delete()
        return
    Watch.objects.update_or_create(
        page=page,
        person=by,
        defaults={
            "space_id": page.space_id,
            "reach": reach,
            "with_minor": with_minor,
        },
    )


@transaction.atomic
def watch_wiki(space, *, by, reaches, with_minor=False):
    """Hear of the whole wiki, of all one has written on, of both or of neither.

    Args:
        space: the wiki's ``Space``.
        by: who watches.
        reaches: set of ``wiki`` and ``written``.
        with_minor: small changes too.
    """
    own = Watch.objects.filter(space=space, person=by, page=None)
    own.exclude(reach__in=reaches).delete()
    for reach in reaches:
        Watch.objects.update_or_create(
            space=space,
            person=by,
            page=None,
            reach=reach,
            defaults={"with_minor": with_minor},
        )


def stop_watching(space, *, by, pk):
    """Hear no more of one thing.

    Args:
        space: where.
        by: whose.
        pk: of the ``Watch``.
    """
    Watch.objects.filter(space=space, person=by, pk=pk).delete()


def hear_less(page, *, by, choice):
    """Turn down what makes somebody hear of a page.

    Args:
        page: the ``Page``.
        by: whose letters.
        choice: ``large``: no small changes; ``nothing``: no watch is left that this
            page falls under.
    """
    own = watches_of(page).filter(person=by)
    if choice == "large":
        own.update(with_minor=False)
    else:
        own.delete()


def note_read(space, *, by, moment):
    """Remember until when somebody has read the changes.

    Args:
        space: where.
        by: who.
        moment: up to here.
    """
    ReadUpTo.objects.update_or_create(
        space=space, person=by, defaults={"moment": moment}
    )
