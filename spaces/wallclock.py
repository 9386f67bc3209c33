"""From the clock on somebody's wall to a moment, in a zone with a name."""

import zoneinfo
from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ui.times import zone_name


def moment_in_zone(day, time, zone):
    """The moment at which a clock in that place shows this day and time.

    Args:
        day: a date.
        time: a time without a zone.
        zone: an IANA name.

    Returns:
        aware datetime in UTC; of the two moments of an hour that comes twice when
        summer time ends, the first.

    Raises:
        ValidationError: clocks there skip this hour.
    """
    there = zoneinfo.ZoneInfo(zone)
    moment = datetime.combine(day, time, tzinfo=there)
    back = moment.astimezone(UTC).astimezone(there)
    if back.replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise ValidationError(
            _(
                "There is no %(time)s in %(place)s on that day: clocks are put "
                "forward. Did you mean %(later)s?"
            )
            % {
                "time": time.strftime("%H:%M"),
                "place": zone_name(zone),
                "later": (moment + timedelta(hours=1)).strftime("%H:%M"),
            },
            code="skipped_hour",
        )
    return moment.astimezone(UTC)
