"""The line of the year: talk per week from the last gathering to the next.

Pure geometry and words. The counts are handed in by a page that may look across
(``discover``); nothing here asks the database.

The curve is drawn in a box of ``WIDTH`` × ``HEIGHT`` that may be stretched to any
width; the marks are placed in per cent of the page instead, so they stay round.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ui.times import moment_words

WIDTH = 1000
HEIGHT = 60
# The busiest week does not touch the upper edge.
HEADROOM = 6
WEEK = timedelta(days=7)
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Words:
    """One part of the caption; gatherings stand out and may be linked."""

    text: str
    is_gathering: bool = False
    url: str = ""


@dataclass(frozen=True)
class YearLine:
    """Everything the template needs; positions are strings such as ``"63.20%"``."""

    stroke: str
    area: str
    now: str
    last: str
    next: str
    title: str
    description: str
    caption: list[Words] = field(default_factory=list)
    weeks: int = 0
    quiet: int = 0


def year_line(*, counts, last, next, now):
    """Draw the year between two gatherings.

    Args:
        counts: list of (Monday of the week as a date, number of messages), oldest
            first, quiet weeks included.
        last: the last ``Gathering``, or None: the line then begins a year ago, or
            where the counts begin.
        next: the coming ``Gathering``, or None.
        now: the clock.

    Returns:
        ``YearLine``.
    """
    start = last.starts if last else _beginning(counts, now)
    end = _end(start, next, now)
    counts = tuple(
        (day, number) for day, number in counts if _monday(day) + WEEK > start
    )
    # In an hour the line grows by less than the eye sees; all who come then share it.
    hour = max(start, now.replace(minute=0, second=0, microsecond=0))
    stroke, area = _shape(counts, start, end, hour)
    weeks, quiet = _weeks(counts, start, now)
    caption = _caption(last, next, now, weeks, quiet)
    return YearLine(
        stroke=stroke,
        area=area,
        now=_percent(now, start, end),
        last=_percent(start, start, end) if last else "",
        next=_percent(end, start, end) if next else "",
        title=_("The line of the year"),
        description=_description(caption, counts),
        caption=caption,
        weeks=weeks,
        quiet=quiet,
    )


@lru_cache(maxsize=512)
def _shape(counts, start, end, now):
    points = _points(counts, start, end, now)
    stroke = _curve(points)
    return stroke, f"{stroke} L{_number(points[-1][0])} {HEIGHT} L0 {HEIGHT} Z"


def _monday(day):
    return datetime.combine(day, time.min, tzinfo=UTC)


def _beginning(counts, now):
    year_ago = now - YEAR
    return max(year_ago, _monday(counts[0][0])) if counts else year_ago


def _end(start, coming, now):
    if coming:
        return coming.starts
    # Nothing is planned: the line stays open for a year after the last time, or ends
    # today when that year is over.
    return max(start + YEAR, now)


def _share(moment, start, end):
    whole = (end - start).total_seconds()
    if whole <= 0:
        return 1.0
    return min(max((moment - start).total_seconds() / whole, 0.0), 1.0)


def _percent(moment, start, end):
    # Written by hand: a localised "63,2%" is no SVG.
    return f"{_share(moment, start, end) * 100:.2f}%"


def _number(value):
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _points(counts, start, end, now):
    """(x, y) per week, at its middle; the first and last reach to both ends."""
    busiest = max((number for _day, number in counts), default=0)
    scale = (HEIGHT - HEADROOM) / busiest if busiest else 0
    points = []
    for day, number in counts:
        middle = min(max(_monday(day) + WEEK / 2, start), now)
        x = round(_share(middle, start, end) * WIDTH, 1)
        y = round(HEIGHT - number * scale, 1)
        if points and x <= points[-1][0]:
            # Parts of weeks at either end may fall together; the higher one stands.
            points[-1] = (points[-1][0], min(points[-1][1], y))
        else:
            points.append((x, y))
    today = round(_share(now, start, end) * WIDTH, 1)
    if not points:
        points = [(0.0, float(HEIGHT))]
    if points[0][0] > 0:
        points.insert(0, (0.0, points[0][1]))
    if points[-1][0] < today:
        points.append((today, points[-1][1]))
    return points


def _curve(points):
    """A smooth path that never swings below the ground or above a peak.

    Source: the monotone cubic of F. N. Fritsch and R. E. Carlson (1980), with the
    slope at each point the harmonic mean of its neighbours'.
    """
    path = [f"M{_number(points[0][0])} {_number(points[0][1])}"]
    slopes = _slopes(points)
    pairs = zip(points, points[1:], slopes, slopes[1:], strict=False)
    for (x0, y0), (x1, y1), m0, m1 in pairs:
        third = (x1 - x0) / 3
        handles = (x0 + third, y0 + m0 * third, x1 - third, y1 - m1 * third, x1, y1)
        path.append("C" + " ".join(_number(value) for value in handles))
    return "".join(path)


def _slopes(points):
    if len(points) < 2:
        return [0.0] * len(points)
    steps = [
        (y1 - y0) / (x1 - x0)
        for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False)
    ]
    slopes = [0.0]
    for before, after in zip(steps, steps[1:], strict=False):
        if before * after <= 0:
            slopes.append(0.0)
        else:
            slopes.append(2 * before * after / (before + after))
    return [*slopes, 0.0]


def _weeks(counts, start, now):
    """Weeks since the beginning, and how many whole ones among them were silent."""
    weeks = max((now - start) // WEEK, 0)
    if not any(number for _day, number in counts):
        return weeks, weeks
    quiet = sum(
        1
        for day, number in counts
        if number == 0 and _monday(day) >= start and _monday(day) + WEEK <= now
    )
    return weeks, min(quiet, weeks)


def _caption(last, coming, now, weeks, quiet):
    parts = []
    if last:
        day = timezone.localtime(last.starts).date()
        text = _("Gathering, %(day)s") % {"day": moment_words(day, "date", now)}
        parts.append(Words(text, is_gathering=True, url=last.get_absolute_url()))
    parts.append(Words(_talk(bool(last), weeks, quiet)))
    if coming:
        away = _until(coming.starts, now)
        parts.append(Words(away, is_gathering=True, url=coming.get_absolute_url()))
    return parts


def _talk(has_met, weeks, quiet):
    if not weeks:
        return _("we met this week") if has_met else _("the first week of talk")
    if quiet >= weeks:
        words = ngettext("%d quiet week", "%d quiet weeks", weeks) % weeks
        return _("%(weeks)s since we last met") % {"weeks": words} if has_met else words
    words = ngettext("%d week of talk", "%d weeks of talk", weeks) % weeks
    if has_met:
        words = _("%(weeks)s since we last met") % {"weeks": words}
    if not quiet:
        return words
    silent = ngettext("%d quiet one", "%d quiet ones", quiet) % quiet
    return _("%(weeks)s, %(silent)s") % {"weeks": words, "silent": silent}


def _until(moment, now):
    local, today = timezone.localtime(moment), timezone.localtime(now)
    days = (local.date() - today.date()).days
    if days <= 0:
        return _("next gathering today")
    if days == 1:
        return _("next gathering tomorrow")
    if days < 14:
        return ngettext(
            "next gathering in %d day", "next gathering in %d days", days
        ) % (days,)
    weeks = days // 7
    return ngettext(
        "next gathering in %d week", "next gathering in %d weeks", weeks
    ) % (weeks,)


def _description(caption, counts):
    """What somebody hears who does not see the line."""
    words = " · ".join(part.text for part in caption)
    busiest = max(counts, key=lambda row: row[1], default=None)
    if not busiest or not busiest[1]:
        return words
    peak = ngettext(
        "busiest in the week of %(day)s with %(number)d message",
        "busiest in the week of %(day)s with %(number)d messages",
        busiest[1],
    ) % {"day": moment_words(busiest[0], "date"), "number": busiest[1]}
    return f"{words} · {peak}"
