"""The one item from another corner: of a group this reader has not met lately.

"Met" is read off what people do: they wrote in a conversation in which somebody of that
group has spoken, or opened what they were told of one. Only what the reader may see is
chosen from, nothing twice, and the reason stands over it.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conversations.models import Message
from digests.items import STORIES, TALK
from digests.models import Issue
from notifications.models import Notice

# So long apart, one has not met lately; further back than the horizon nobody looks.
APART_DAYS = 14
HORIZON_DAYS = 90
# A question has waited when nobody answered for so long.
WAITED_DAYS = 3
# With less news than this, nothing is moved out of its section.
CORNER_NEEDS = 3
# New questions stay where they are: at the top.
SECTIONS = (TALK, STORIES)
KEY = "conversations.thread:"


@dataclass(slots=True)
class Acquaintance:
    """Whom the people of one batch have met, and what their corners have shown.

    Attributes:
        met: person id → {group id: when last}.
        shown: membership id → names of items.
    """

    met: dict = field(default_factory=dict)
    shown: dict = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an item stands in the corner; put into words when it is drawn.

    Attributes:
        group: name of the group that speaks.
        own: name of the reader's group; "" for none.
        waited: days that a question has had no answer; None when that is no reason.
        weeks, months: how long the reader has not met the group, as far as known.
        is_first: the reader is new here and has never met it.
    """

    group: str
    own: str = ""
    waited: int | None = None
    weeks: int = 0
    months: int = 0
    is_first: bool = False


def acquaint(pairs, items):
    """Fetch whom these people have met lately, for a whole batch in four queries.

    Args:
        pairs: (membership, until).
        items: space id → list of ``Item``.

    Returns:
        ``Acquaintance``.
    """
    people = {membership.person_id for membership, _until in pairs}
    spaces = {membership.space_id for membership, _until in pairs}
    earliest = min(until for _membership, until in pairs) - timedelta(days=HORIZON_DAYS)
    last = defaultdict(dict)  # thread → person → when they spoke or read there
    spoke = (
        Message.objects.shown()
        .filter(author__in=people, thread__space__in=spaces, created__gt=earliest)
        .order_by()
        .values_list("thread", "author")
        .annotate(when=Max("created"))
    )
    opened = (
        Notice.objects.filter(
            recipient__in=people,
            scope__in=[f"space-{space}" for space in spaces],
            created__gt=earliest,
            read__gt=earliest,
            group_key__startswith=KEY,
        )
        .order_by()
        .values_list("group_key", "recipient")
        .annotate(when=Max("read"))
    )
    for thread, person, when in [
        *spoke,
        *((int(key.removeprefix(KEY)), person, when) for key, person, when in opened),
    ]:
        last[thread][person] = max(when, last[thread].get(person, when))
    met = defaultdict(dict)
    for thread, group in (
        Message.objects.shown()
        .filter(thread__in=list(last), author_group__isnull=False)
        .order_by()
        .values_list("thread", "author_group")
        .distinct()
    ):
        for person, when in last[thread].items():
            met[person][group] = max(when, met[person].get(group, when))
    names = [item.name for space in spaces for item in items.get(space, ())]
    shown = defaultdict(set)
    for membership, name in Issue.objects.filter(
        membership__in=[membership.pk for membership, _until in pairs],
        corner__in=names,
    ).values_list("membership", "corner"):
        shown[membership].add(name)
    return Acquaintance(dict(met), dict(shown))


def choose(membership, until, fresh, waiting, acquaintance):
    """Choose the item from another corner.

    The longest not met comes first, then the question that waited longest, then the
    group that is heard least in this digest, then what speaks for an item anyway.

    Args:
        membership: the reader's.
        until: end of the window.
        fresh: section → entries that are news, all of them seen by this reader.
        waiting: older questions that still have no answer, seen by this reader.
        acquaintance: from ``acquaint``.

    Returns:
        An ``Entry`` with its reason, or None.
    """
    entries = [entry for section in SECTIONS for entry in fresh.get(section, ())]
    heard = defaultdict(int)
    for entry in entries:
        for group in entry.item.crossing:
            heard[group] += 1
    pool = list(waiting)
    if sum(map(len, fresh.values())) >= CORNER_NEEDS:
        pool += entries
    shown = acquaintance.shown.get(membership.pk, ())
    best, best_key = None, None
    for entry in pool:
        speaker = entry.item.speaker
        if (
            speaker.group is None
            or speaker.group == membership.group_id
            or entry.item.name in shown
        ):
            continue
        apart = _apart(membership, speaker.group, until, acquaintance)
        waited = _waited(entry.item, until)
        is_unlike = membership.group_id not in entry.item.crossing
        if not (apart or waited or is_unlike):
            continue
        key = (-(apart or 0), -(waited or 0), heard[speaker.group], entry.rank)
        if best_key is None or key < best_key:
            best, best_key = entry, key
    if best is None:
        return None
    return replace(best, reason=_reason(membership, best.item, until, acquaintance))


def is_new_here(membership, until):
    """Whether somebody joined so lately that not having met a group says nothing."""
    joined = membership.joined
    return joined is not None and (until - joined).days < HORIZON_DAYS


def _apart(membership, group, until, acquaintance):
    """Days since these two met, when that is long; else None."""
    when = acquaintance.met.get(membership.person_id, {}).get(group)
    days = HORIZON_DAYS if when is None else (until - when).days
    return min(days, HORIZON_DAYS) if days >= APART_DAYS else None


def _waited(item, until):
    """Days a question has waited, when that is long; else None."""
    if not item.is_unanswered:
        return None
    days = (until - item.opening.when).days
    return days if days >= WAITED_DAYS else None


def _reason(membership, item, until, acquaintance):
    group = item.speaker.group_name
    waited = _waited(item, until)
    apart = _apart(membership, item.speaker.group, until, acquaintance)
    own = membership.group.name if membership.group_id else ""
    if apart is None:
        return Reason(group, own, waited)
    if apart >= HORIZON_DAYS and is_new_here(membership, until):
        return Reason(group, own, waited, is_first=True)
    # Whole weeks, then whole months: people who are told the same share a drawing.
    if apart >= 60:
        return Reason(group, own, waited, months=apart // 30)
    return Reason(group, own, waited, weeks=apart // 7)


def reason_words(reason):
    """Why an item stands in the corner, in the active language.

    Args:
        reason: a ``Reason``.
    """
    named = {"group": reason.group, "own": reason.own}
    words = []
    if reason.waited:
        words.append(
            ngettext("Unanswered for %d day.", "Unanswered for %d days.", reason.waited)
            % reason.waited
        )
    if reason.is_first:
        words.append(_("From %(group)s, whom you have not met here yet.") % named)
    elif reason.months:
        words.append(
            ngettext(
                "From %(group)s, whom you have not met here for %(number)d month.",
                "From %(group)s, whom you have not met here for %(number)d months.",
                reason.months,
            )
            % {**named, "number": reason.months}
        )
    elif reason.weeks:
        words.append(
            ngettext(
                "From %(group)s, whom you have not met here for %(number)d week.",
                "From %(group)s, whom you have not met here for %(number)d weeks.",
                reason.weeks,
            )
            % {**named, "number": reason.weeks}
        )
    elif not words and reason.own:
        words.append(
            _("%(group)s speak here; nobody from %(own)s has joined in yet.") % named
        )
    elif not words:
        words.append(_("A voice that is heard less often here: %(group)s.") % named)
    return " ".join(words)
