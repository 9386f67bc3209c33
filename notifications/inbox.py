"""The inbox: what a person was told, folded, and only what they may still see."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from accounts.prepared import Prepared
from notifications.kinds import Kind, all_kinds, kind_of
from notifications.models import Notice

ICONS = {
    "conversations": "talk",
    "stories": "story",
    "wiki": "page",
    "webinars": "webinar",
    "spaces": "people",
}


@dataclass(frozen=True)
class Line:
    """One line of the inbox: everything told about one thing, the newest on top.

    Attributes:
        pk: id of the newest notice.
        words: what happened.
        scope: label of the space; "" where there is none.
        icon: name of its icon.
        created: when it was told last.
        is_unread: whether any of it is.
        others: how many older notices are folded below.
        calls: whether something unread in it calls the reader by name.
    """

    pk: int
    words: str
    scope: str
    icon: str
    created: datetime
    is_unread: bool
    others: int
    calls: bool


def counts(user):
    """How many lines an inbox has, and how many of them are unread, in one query.

    Args:
        user: whose inbox.

    Returns:
        dict with ``lines`` and ``unread``.
    """
    return Notice.objects.visible_to(user).aggregate(
        lines=Count("group_key", distinct=True),
        unread=Count("group_key", distinct=True, filter=Q(read__isnull=True)),
    )


def mark_seen(request, group_key):
    """Mark read what a person sees by opening a page, whichever way they came.

    It costs no query of its own: the one that counts for the page's head says as well
    whether there is anything to mark.

    Args:
        request: the request; only a look (GET) counts.
        group_key: of the thing on the page.
    """
    user = request.user
    if request.method != "GET" or not user.is_authenticated:
        return
    lines, here = next(iter(_unread(user, group_key=group_key)), (0, 0))
    if here:
        unread = Notice.objects.visible_to(user).unread()
        unread.filter(group_key=group_key).update(read=timezone.now())
    request.inbox_count = lines - bool(here)


_unread = Prepared(
    lambda user, group_key: (
        Notice.objects.visible_to(user)
        .unread()
        .order_by()
        .values("recipient")
        .annotate(
            lines=Count("group_key", distinct=True),
            here=Count("pk", filter=Q(group_key=group_key)),
        )
        .values_list("lines", "here")
    )
)


def folded(user, *, unread=False):
    """A person's notices, one for each thing they are about, newest first.

    Args:
        user: whose inbox.
        unread: only what is not read.

    Returns:
        A QuerySet of ``Notice`` with ``told`` and ``new``: how many are folded into it,
        and how many of those are unread; ``calls``: whether one of these calls the
        reader by name.
    """
    calling = [slug for slug, kind in all_kinds().items() if kind.calls]
    together = {"partition_by": [F("group_key")]}
    notices = (
        Notice.objects.visible_to(user)
        .annotate(
            turn=Window(RowNumber(), order_by=F("pk").desc(), **together),
            told=Window(Count("pk"), **together),
            new=Window(Count("pk", filter=Q(read__isnull=True)), **together),
            calls=Window(
                Count("pk", filter=Q(read__isnull=True, kind__in=calling)), **together
            ),
        )
        .filter(turn=1)
        .order_by("-created", "-pk")
    )
    return notices.filter(new__gt=0) if unread else notices


def lines(user, notices):
    """The lines of one page.

    Args:
        user: whose inbox.
        notices: rows of ``folded``.

    Returns:
        (list of ``Line``, number of folded notices that can no longer be shown).
    """
    seen = readable(user, notices)
    shown = []
    for notice in notices:
        target = seen.get(notice.pk)
        if target is None:
            continue
        kind = kind_of(notice.kind)
        scope = kind.scope(target)
        shown.append(
            Line(
                pk=notice.pk,
                words=kind.line(target, notice.about),
                scope=scope.label if scope else "",
                icon=ICONS.get(notice.kind.split(".")[0], "bell"),
                created=notice.created,
                is_unread=notice.new > 0,
                others=notice.told - 1,
                # A line that says so itself needs no badge beside it.
                calls=notice.calls > 0 and not kind.calls,
            )
        )
    return shown, len(notices) - len(shown)


def readable(user, notices):
    """Notices whose thing is there and may be seen.

    Kinds that load and look in the same way share their queries.

    Args:
        user: who looks.
        notices: any of that person's.

    Returns:
        dict of notice id to its target.
    """
    together = defaultdict(list)
    for notice in notices:
        kind = kind_of(notice.kind)
        if kind is not None:
            sort = type(kind)
            together[sort.load, sort.load_for].append((kind, notice))
    found = {}
    for pairs in together.values():
        ids = list({notice.target for _kind, notice in pairs})
        if type(pairs[0][0]).load_for is not Kind.load_for:
            seen = pairs[0][0].load_for(user, ids)
            found |= {
                notice.pk: seen[notice.target]
                for _kind, notice in pairs
                if notice.target in seen
            }
        else:
            found |= _looked_at(user, pairs, pairs[0][0].load(ids))
    return found


def _looked_at(user, pairs, targets):
    """Kinds that load alike but look differently: each asks about its own."""
    alike = defaultdict(list)
    for kind, notice in pairs:
        if notice.target in targets:
            alike[type(kind).visible, type(kind).may_see].append((kind, notice))
    found = {}
    for some in alike.values():
        kind = some[0][0]
        asked = {notice.target: targets[notice.target] for _kind, notice in some}
        seen = kind.visible(user, asked)
        found |= {
            notice.pk: seen[notice.target]
            for _kind, notice in some
            if notice.target in seen
        }
    return found
