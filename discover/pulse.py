"""A space's pulse: how much is said per week, and by which groups.

Counting a year of talk is dear and changes slowly, so the figures are kept per space:
those of this week for ten minutes, those of the weeks before for a day. They name
nobody.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.core.cache import cache
from django.db.models import Count
from django.db.models.functions import TruncWeek
from django.utils import timezone

from conversations.models import Message

KEEP_SECONDS = 600
KEEP_PAST_SECONDS = 24 * 3600
# Below this many people a group's share would point at somebody (domain.md §3).
SMALLEST_GROUP = 5
MONTH_DAYS = 30


@dataclass(frozen=True)
class Share:
    """One stakeholder group's part of this month's talk, in whole per cent."""

    group: object
    voice: int
    members: int


class Pulse:
    """What was said in a space, week by week and group by group.

    Args:
        space: the space.
        since: aware datetime; weeks are told from the one it lies in.
        now: the clock.
    """

    def __init__(self, space, since, *, now=None):
        self.now = now or timezone.now()
        self.since = since
        self.counts = _counts(space, since, self.now)

    def weekly_talk(self):
        """Messages per week.

        Returns:
            list of (Monday as a date, number), every week present, also the quiet ones.
        """
        weeks = Counter()
        for week, _group, number in self.counts:
            weeks[week] += number
        monday = _monday(self.since)
        rows = []
        while monday <= self.now.date():
            rows.append((monday, weeks.get(monday.isoformat(), 0)))
            monday += timedelta(days=7)
        return rows

    def voices(self, groups):
        """Each group's share of the last weeks' messages beside its share of members.

        Args:
            groups: the space's groups, each with ``size`` (active members).

        Returns:
            list of ``Share``, largest voice first; empty when too little was said, or
            when a group is so small that a share would point at a person.
        """
        said = defaultdict(int)
        first = _monday(self.now - timedelta(days=MONTH_DAYS)).isoformat()
        for week, group, number in self.counts:
            if week >= first:
                said[group] += number
        large = [group for group in groups if group.size >= SMALLEST_GROUP]
        spoken = sum(said.get(group.pk, 0) for group in large)
        members = sum(group.size for group in large)
        if spoken < SMALLEST_GROUP or len(large) < 2:
            return []
        shares = [
            Share(
                group=group,
                voice=round(100 * said.get(group.pk, 0) / spoken),
                members=round(100 * group.size / members),
            )
            for group in large
        ]
        return sorted(shares, key=lambda share: -share.voice)


def _monday(moment):
    day = moment.date()
    return day - timedelta(days=day.weekday())


def _counts(space, since, now):
    """(week, group id, number) since the earlier of ``since`` and a year ago."""
    start = min(_monday(since), _monday(now - timedelta(days=366)))
    monday = _monday(now)
    before = f"pulse:{space.pk}:{start.isoformat()}:{monday.isoformat()}"
    lately = f"pulse:{space.pk}:{monday.isoformat()}"
    kept = cache.get_many([before, lately])
    if before not in kept:
        kept[before] = _count(space, start, monday)
        cache.set(before, kept[before], KEEP_PAST_SECONDS)
    if lately not in kept:
        kept[lately] = _count(space, monday, None)
        cache.set(lately, kept[lately], KEEP_SECONDS)
    return [*kept[before], *kept[lately]]


def _count(space, first, end):
    """Messages by week and group, from the Monday ``first`` to before ``end``."""
    first = datetime.combine(first, time.min, tzinfo=UTC)
    messages = Message.objects.shown().filter(
        thread__space=space,
        # Threads that have been quiet since then are not looked into.
        thread__last_activity__gte=first,
        created__gte=first,
    )
    if end is not None:
        messages = messages.filter(
            created__lt=datetime.combine(end, time.min, tzinfo=UTC)
        )
    rows = (
        messages.exclude(thread__audience="group")
        .annotate(week=TruncWeek("created", tzinfo=UTC))
        .values_list("week", "author_group")
        .annotate(number=Count("*"))
        .order_by("week")
    )
    return [(week.date().isoformat(), group, number) for week, group, number in rows]
