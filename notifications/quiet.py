"""Quiet hours: a letter that is ready at night waits until the morning.

They are the person's own, in the person's own time zone. Nothing is lost by them: what
waits is due later, and that is all.
"""

from datetime import UTC, datetime, time, timedelta

from django.utils import timezone

A_DAY = timedelta(days=1)


def leaves(kind, target, person, moment):
    """When a letter may leave that could leave at ``moment``.

    Args:
        kind: its ``Kind``; says itself what may wake people.
        target: what it is about.
        person: who gets it; None for a bare address, which has no quiet hours.
        moment: an aware datetime.

    Returns:
        ``moment``, or when the person's quiet hours end.
    """
    until = moment if person is None else end_of_quiet(person, moment)
    return moment if until == moment or kind.wakes(target, until) else until


def end_of_quiet(person, moment):
    """When the quiet hours end in which this moment lies; the moment itself outside.

    Where one quiet time begins as another ends (Saturday and Sunday, all day), they
    are one.
    """
    if person.quiet_from is None or person.quiet_until is None:
        return moment
    for _each in range(8):
        until = _end(person, moment)
        if until is None:
            break
        moment = until
    return moment


def _end(person, moment):
    zone = person.zone
    today = timezone.localtime(moment, zone).date()
    for day in (today - A_DAY, today):
        if person.quiet_days and day.weekday() not in person.quiet_days:
            continue
        last = day if person.quiet_until > person.quiet_from else day + A_DAY
        start = datetime.combine(day, time(person.quiet_from), zone)
        end = datetime.combine(last, time(person.quiet_until), zone)
        # Two moments of one zone are compared by the clock on the wall, which repeats
        # an hour every autumn: by their timestamps they are not.
        if start.timestamp() <= moment.timestamp() < end.timestamp():
            return end.astimezone(UTC)
    return None
