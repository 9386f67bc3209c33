"""A webinar's time in a letter: the reader's own clock first, both places named."""

import zoneinfo

from django.utils import timezone
from django.utils.translation import ngettext

from markup.rendering import excerpt
from ui.times import moment_words, zone_name
from webinars.ways import ways_into


def clock_words(webinar):
    """When it is, in the active time zone, as lines of plain text.

    Args:
        webinar: the ``Webinar``.

    Returns:
        "Thu 26 November, 17:00 (Berlin)", a second line with the webinar's own
        clock where that differs, and how long it lasts.
    """
    here = timezone.get_current_timezone()
    there = zoneinfo.ZoneInfo(webinar.time_zone)
    lines = [f"{moment_words(webinar.starts, 'both')} ({zone_name(here)})"]
    if _offset(webinar, here) != _offset(webinar, there):
        with timezone.override(there):
            own = moment_words(webinar.starts, "both")
        lines.append(f"{own} ({zone_name(there)})")
    lines.append(ngettext("%d minute", "%d minutes", webinar.minutes) % webinar.minutes)
    return "\n".join(lines)


def letter_context(webinar):
    """What every letter about a webinar says of it."""
    return {
        "webinar": webinar,
        "space": webinar.space,
        "clock": clock_words(webinar),
        "subject_when": moment_words(webinar.starts, "both"),
        "subject_soon": moment_words(webinar.starts, "relative"),
        "ways": ways_into(webinar),
        "beginning": excerpt(webinar.description, words=60),
    }


def _offset(webinar, zone):
    return webinar.starts.astimezone(zone).utcoffset()
