"""Times, as people read them: near things in words, the zone named."""

from datetime import datetime, time
from functools import lru_cache
from html import escape
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

MINUTE, HOUR, DAY = 60, 3600, 86400


@lru_cache(maxsize=1024)
def zone_name(zone):
    """Name a time zone by its place.

    Args:
        zone: a tzinfo or an IANA name ("Africa/Accra").

    Returns:
        "Accra"; "UTC" for zones without a place.
    """
    key = str(getattr(zone, "key", zone))
    return key.rsplit("/", 1)[-1].replace("_", " ")


# Django's formatter costs some 15 µs a piece and a page writes dozens of dates, mostly
# the same few days. Days are kept per language; the clock is plain arithmetic.
@lru_cache(maxsize=4096)
def _day(day, layout, language):
    formats = {
        # Translators: a day without its year, in Django's date format letters.
        "day": pgettext("date format", "j F"),
        # Translators: a day with its year, in Django's date format letters.
        "year": pgettext("date format", "j F Y"),
        # Translators: a day with its weekday, in Django's date format letters.
        "full": pgettext("date format", "l j F Y"),
        "weekday": "D",
    }
    return format_date(day, formats[layout])


def _day_words(moment, today):
    layout = "day" if moment.year == today.year else "year"
    return _day(_date(moment), layout, get_language())


def _date(moment):
    return moment.date() if isinstance(moment, datetime) else moment


def day_words(moment):
    """Write a day with its year in the current language and zone.

    Args:
        moment: an aware datetime or a date.

    Returns:
        "25 November 2026", "25 de noviembre de 2026".
    """
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment)
    return _day(_date(moment), "year", get_language())


def _weekday(moment):
    return _day(_date(moment), "weekday", get_language())


def _full_day(moment):
    return _day(_date(moment), "full", get_language())


def _clock(moment):
    return f"{moment.hour:02}:{moment.minute:02}"


def _both(moment, today):
    return f"{_weekday(moment)} {_day_words(moment, today)}, {_clock(moment)}"


def relative_words(moment, now):
    """Say how far away a moment is.

    Args:
        moment, now: aware datetimes in the same zone.

    Returns:
        "3 days ago", "in 2 weeks", "yesterday", "just now".
    """
    return _in_words(*_distance(moment, now), get_language())


def _distance(moment, now):
    """(unit, number, whether it is past), as coarse as people speak of it."""
    seconds = (moment - now).total_seconds()
    past, distance = seconds < 0, abs(seconds)
    if distance < MINUTE:
        return "now", 0, past
    if distance < HOUR:
        return "minute", int(distance // MINUTE), past
    days = abs((moment.date() - now.date()).days)
    if distance < DAY and days == 0:
        return "hour", int(distance // HOUR), past
    if days < 14:
        return "day", days, past
    if days < 61:
        return "week", days // 7, past
    if days < 700:
        return "month", round(days / 30.4), past
    return "year", round(days / 365.25), past


@lru_cache(maxsize=4096)
def _in_words(unit, number, past, language):
    if unit == "now":
        return _("just now") if past else _("now")
    if unit == "day" and number == 1:
        return _("yesterday") if past else _("tomorrow")
    if unit == "minute":
        words = (
            ngettext("%d minute ago", "%d minutes ago", number)
            if past
            else ngettext("in %d minute", "in %d minutes", number)
        )
    elif unit == "hour":
        words = (
            ngettext("%d hour ago", "%d hours ago", number)
            if past
            else ngettext("in %d hour", "in %d hours", number)
        )
    elif unit == "day":
        words = (
            ngettext("%d day ago", "%d days ago", number)
            if past
            else ngettext("in %d day", "in %d days", number)
        )
    elif unit == "week":
        words = (
            ngettext("%d week ago", "%d weeks ago", number)
            if past
            else ngettext("in %d week", "in %d weeks", number)
        )
    elif unit == "month":
        words = (
            ngettext("%d month ago", "%d months ago", number)
            if past
            else ngettext("in %d month", "in %d months", number)
        )
    else:
        words = (
            ngettext("%d year ago", "%d years ago", number)
            if past
            else ngettext("in %d year", "in %d years", number)
        )
    return words % number


def moment_words(moment, layout="both", now=None):
    """Write a moment as plain text in the current zone (for mails and titles).

    Args:
        moment: an aware datetime or a date.
        layout: "date", "time", "both" or "relative".
        now: the clock, for tests.

    Returns:
        Plain text.

    Raises:
        ValueError: an unknown layout.
    """
    now = timezone.localtime(now)
    if not isinstance(moment, datetime):
        if layout == "relative":
            start = datetime.combine(moment, time.min, tzinfo=now.tzinfo)
            days = (moment - now.date()).days
            if days == 0:
                return _("today")
            return relative_words(start, datetime.combine(now, time.min, now.tzinfo))
        return _day_words(moment, now)
    return _local_words(timezone.localtime(moment), layout, now)


def _local_words(local, layout, now):
    if layout == "relative":
        return relative_words(local, now)
    if layout == "date":
        return _day_words(local, now)
    if layout == "time":
        return _clock(local)
    if layout == "both":
        return _both(local, now)
    raise ValueError(f"Unknown time layout {layout!r}")


def when(moment, layout="relative", zone=False, place=None, now=None):
    """Draw a moment as a ``<time>`` in the reader's zone.

    Args:
        moment: an aware datetime, a date, or nothing.
        layout: "relative", "date", "time" or "both".
        zone: name the reader's zone behind it.
        place: a zone (IANA name or tzinfo) told first when its clock differs
            from the reader's: "Thu 26 November, 16:00 Accra · you: 17:00 Berlin".
        now: the clock, for tests.

    Returns:
        Safe HTML; the full date stands in ``title``.
    """
    if not moment:
        return SafeString("")
    if not isinstance(moment, datetime):
        words = moment_words(moment, layout, now)
        return _element(moment.isoformat(), _full_day(moment), words)
    local = timezone.localtime(moment)
    words = _local_words(local, layout, timezone.localtime(now))
    name = zone_name(local.tzinfo)
    title = f"{_full_day(local)}, {_clock(local)} {name}"
    if place:
        words = _in_two_places(moment, local, place, now)
    elif zone and layout != "relative":
        words = f"{words} {name}"
    return _element(local.isoformat(timespec="seconds"), title, words)


def _in_two_places(moment, local, place, now):
    there = timezone.localtime(moment, _zone(place))
    words = f"{_both(there, timezone.localtime(now))} {zone_name(place)}"
    if there.utcoffset() == local.utcoffset():
        return words
    here = _clock(local)
    if there.date() != local.date():
        here = f"{_weekday(local)} {here}"
    reader = _("you: %(time)s %(place)s") % {
        "time": here,
        "place": zone_name(local.tzinfo),
    }
    return f"{words} · {reader}"


def _zone(place):
    return place if hasattr(place, "utcoffset") else ZoneInfo(str(place))


def _element(machine, title, words):
    return SafeString(
        f'<time datetime="{machine}" title="{escape(title)}">{escape(words)}</time>'
    )
