"""When a digest is due: the member's local hour, whatever the clocks do.

A period is named after the local day its digest belongs to. Its window ends at that
day's hour, not at the minute a sweep happens to run: so a late sweep, two sweeps, or a
beat that slept for days make the same digest, once.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from spaces.models import Space


def scheduled_for(frequency, day, hour, zone, now):
    """The newest moment at which this digest was to be made.

    Args:
        frequency: ``Space.Frequency``: daily; weekly on ``day``; monthly on the first
            ``day`` of the month.
        day: weekday, 0 is Monday.
        hour: local hour, 0 to 23.
        zone: the member's time zone.
        now: the clock.

    Returns:
        An aware datetime in ``zone``, not after ``now``. Where the clocks skip that
        hour it is the moment they jump to; where they repeat it, the first of the two.
    """
    today = timezone.localtime(now, zone).date()
    for back in range(2 if frequency == Space.Frequency.DAILY else 40):
        date = today - timedelta(days=back)
        if _is_day(frequency, day, date):
            moment = datetime(date.year, date.month, date.day, hour, tzinfo=zone)
            if moment.timestamp() <= now.timestamp():
                return moment
    raise ValueError(f"no day for {frequency!r}")  # pragma: no cover


def next_for(frequency, day, hour, zone, now):
    """The next moment at which this digest will be made.

    Args:
        frequency, day, hour, zone, now: as for ``scheduled_for``.

    Returns:
        An aware datetime in ``zone``, after ``now``.
    """
    before = scheduled_for(frequency, day, hour, zone, now)
    # A day at a time: months and clocks have no fixed length.
    for days in range(1, 41):
        moment = scheduled_for(frequency, day, hour, zone, now + timedelta(days=days))
        if moment.timestamp() > before.timestamp():
            return moment
    raise ValueError(f"no day for {frequency!r}")  # pragma: no cover


def _is_day(frequency, day, date):
    if frequency == Space.Frequency.DAILY:
        return True
    is_weekday = date.weekday() == day % 7
    if frequency == Space.Frequency.WEEKLY:
        return is_weekday
    return is_weekday and date.day <= 7


def window_end(scheduled, newest, now):
    """Where a window ends: at its scheduled moment.

    Only when somebody looks at tomorrow today (``send_due --now``) may that moment lie
    ahead; then the window ends at what is really there, so that what people write
    between now and then is not passed over later.

    Args:
        scheduled: from ``scheduled_for``.
        newest: time of the newest thing in the space.
        now: the wall clock.

    Returns:
        An aware datetime.
    """
    return min(scheduled, max(now, newest))
