"""Preparing digests: one row per member and period, written before anything is sent.

And what happens to them afterwards: read, come back, forgotten.
"""

from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from digests.collect import collect
from digests.models import Issue
from digests.personalise import Chooser, learn
from digests.schedule import scheduled_for, window_end
from digests.windows import newest_activity
from notifications.actions import letter_row, post_letters
from notifications.kinds import kind_of
from notifications.models import Delivery, Notice
from spaces.models import Membership, Space

KIND = "digests.space_digest"
BATCH = 1000
# An action that began before the hour may end a moment after it: its window is closed
# when it certainly has, or what it wrote would fall between two digests.
SETTLED = timedelta(minutes=1)
# Longer than a letter can be answered.
KEPT = timedelta(days=120)


def prepare_due(now=None):
    """Write a letter for every member whose digest's hour has come and who has news.

    Run it as often as you like: what was prepared for a period stays the only one.

    Args:
        now: the clock.

    Returns:
        How many digests were prepared.
    """
    now = now or timezone.now()
    _forget_old(now)
    newest = newest_activity()
    return sum(
        _prepare(batch, now) for batch in _batches(_candidates(now, newest), BATCH)
    )


def _candidates(now, newest):
    """(membership id, period, until) of those whose hour has come, spaces together."""
    rows = (
        Membership.objects.active()
        .filter(
            space__in=list(newest),
            person__is_active=True,
            person__email__isnull=False,
        )
        .exclude(digest=Space.Frequency.OFF)
        .order_by("space", "pk")
        .values_list(
            "pk",
            "space",
            "person__time_zone",
            "digest",
            "digest_day",
            "digest_hour",
            "since_last_delivered",
        )
    )
    moments = {}
    wall_clock = timezone.now()  # one for all: equal windows are marked in one query
    for pk, space, zone, frequency, day, hour, since in rows.iterator(BATCH):
        if newest[space] <= since:
            continue
        key = (zone, frequency, day, hour)
        if key not in moments:
            moments[key] = scheduled_for(
                frequency, day, hour, User(time_zone=zone).zone, now - SETTLED
            )
        scheduled = moments[key]
        if since < scheduled:
            yield pk, scheduled, window_end(scheduled, newest[space], wall_clock)


def _batches(candidates, size):
    candidates = iter(candidates)
    while batch := list(islice(candidates, size)):
        yield batch


def _prepare(batch, now):
    windows = {pk: (scheduled, until) for pk, scheduled, until in batch}
    # One query says both: whose period has its letter, and who has one under way
    # (then the next period tells what that one does not).
    written = set()
    for target, occurrence, state in Delivery.objects.filter(
        Q(occurrence__in={_period(scheduled) for scheduled, _until in windows.values()})
        | Q(state__in=[Delivery.State.WAITING, Delivery.State.CLAIMED]),
        kind=KIND,
        target__in=[str(pk) for pk in windows],
    ).values_list("target", "occurrence", "state"):
        written.add((target, occurrence))
        if state in (Delivery.State.WAITING, Delivery.State.CLAIMED):
            written.add((target, ""))
    wanted = [
        pk
        for pk, (scheduled, _until) in windows.items()
        if not written & {(str(pk), ""), (str(pk), _period(scheduled))}
    ]
    # A space and a group are one object for all their members; of the person nothing
    # but the id is asked.
    memberships = (
        Membership.objects.filter(pk__in=wanted)
        .select_related("person")
        .prefetch_related("space", "group")
        .only(
            "space", "group", "joined", "since_last_delivered", "person", "person__name"
        )
    )
    pairs = [(membership, windows[membership.pk][1]) for membership in memberships]
    if not pairs:
        return 0
    collected = collect(pairs)
    chooser = Chooser(collected, learn(pairs, collected.items))
    # By slug: the Kind stands above the actions, because a mailed answer calls one.
    kind = kind_of(KIND)
    letters = [
        letter_row(
            kind,
            {
                "kind": kind.slug,
                "target": str(membership.pk),
                "about": {"until": until.isoformat()},
                "scope": kind.scope(membership).key,
            },
            occurrence=_period(windows[membership.pk][0]),
            due=now,
            recipient=membership.person,
        )
        for membership, until in pairs
        if chooser.has_news(membership, until)
    ]
    return len(post_letters(letters))


def _period(scheduled):
    """The local day a digest belongs to."""
    return scheduled.date().isoformat()


@transaction.atomic
def read_issue(issue):
    """Mark as read what one digest told: exactly its window, nothing older or newer.

    Twice is harmless. What its reader may no longer see is theirs to mark all the same.

    Args:
        issue: an ``Issue``, its membership loaded.

    Returns:
        How many lines of the inbox were unread until now.
    """
    now = timezone.now()
    Issue.objects.filter(pk=issue.pk, read__isnull=True).update(read=now)
    membership = issue.membership
    return (
        Notice.objects.unread()
        .filter(
            recipient=membership.person_id,
            scope=f"space-{membership.space_id}",
            created__gt=issue.since,
            created__lte=issue.until,
        )
        .update(read=now)
    )


def take_back(deliveries):
    """Digests that had gone out came back: the next one tells it all again.

    Args:
        deliveries: their rows.
    """
    issues = Issue.objects.filter(delivery__in=[row.pk for row in deliveries])
    for issue in issues.order_by("-since"):
        Membership.objects.filter(
            pk=issue.membership_id, since_last_delivered__gt=issue.since
        ).update(since_last_delivered=issue.since)


def _forget_old(now):
    Issue.objects.filter(made__lt=min(now, timezone.now()) - KEPT).delete()
