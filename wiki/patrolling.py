"""Recent changes of a wiki, narrowed as somebody asks; and those nobody looked at."""

import re
from datetime import UTC, datetime

from django.db.models import Q

from wiki.models import Page, ReadUpTo, Revision
from wiki.watching import pages_below

_MARK = re.compile(r"(\d{1,17})-(\d{1,18})")
_MICRO = 1_000_000


def changes_in(space, user):
    """Versions in a wiki whose page this person sees, newest first.

    Args:
        space: an entered ``Space``.
        user: its reader.

    Returns:
        ``Revision`` queryset without texts.
    """
    return (
        Revision.objects.filter(page__in=Page.objects.visible_in(space, user))
        .select_related("page")
        .with_people()
        .without_text()
        .newest_first()
    )


def narrowed(rows, space, user, values):
    """The changes that a person asked for.

    Args:
        rows: from ``changes_in``.
        space, user: where, and who asks.
        values: cleaned: ``show`` (``new``: since the own mark; ``unseen``), ``minor``
            (False: without small changes), ``group``, ``under`` (a ``Page``).

    Returns:
        (rows, the own mark or None).
    """
    mark = None
    if user.is_authenticated:
        found = ReadUpTo.objects.filter(space=space, person=user)
        mark = found.values_list("moment", flat=True).first()
    if values.get("show") == "new" and mark is not None:
        rows = rows.filter(created__gt=mark)
    if values.get("show") == "unseen":
        rows = rows.unseen()
    if values.get("large"):
        rows = rows.filter(is_minor=False)
    if values.get("group"):
        rows = rows.filter(author_group=values["group"])
    if values.get("under"):
        rows = rows.filter(page__in=pages_below(values["under"]))
    return rows, mark


def cut(rows, mark, number):
    """One page of a long list, found by where the last one ended: as quick at the
    hundred-thousandth row as at the first.

    Args:
        rows: newest first.
        mark: from the address: where the page before ended; anything else is the start.
        number: rows of a page.

    Returns:
        (list of rows, mark of the next page or "").
    """
    if found := _MARK.fullmatch(mark or ""):
        micro, pk = map(int, found.groups())
        try:
            moment = datetime.fromtimestamp(micro // _MICRO, UTC)
            moment = moment.replace(microsecond=micro % _MICRO)
        except (OverflowError, ValueError, OSError):
            return [], ""
        rows = rows.filter(created__lte=moment).filter(
            Q(created__lt=moment) | Q(pk__lt=pk)
        )
    shown = list(rows[: number + 1])
    if len(shown) <= number:
        return shown, ""
    last = shown[number - 1]
    moment = last.created.astimezone(UTC)
    micro = int(moment.replace(microsecond=0).timestamp()) * _MICRO
    return shown[:number], f"{micro + moment.microsecond}-{last.pk}"
