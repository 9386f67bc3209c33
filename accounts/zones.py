"""Time zones as people name them."""

import difflib
import functools
import zoneinfo

REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


@functools.cache
def zone_names():
    """Return the names a person may choose: places, and UTC, in order."""
    return (
        "UTC",
        *sorted(
            name
            for name in zoneinfo.available_timezones()
            if name.split("/")[0] in REGIONS and "/" in name
        ),
    )


@functools.cache
def _by_spelling():
    spellings = {}
    for name in zone_names():
        place = name.split("/")[-1]
        for spelling in (place, name):
            spellings.setdefault(_plain(spelling), []).append(name)
    return spellings


def _plain(text):
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def find_zone(text):
    """Understand what a person or a browser calls a time zone.

    Args:
        text: "Africa/Accra", "africa / accra", "Accra", "New York".

    Returns:
        the name as ``zoneinfo`` knows it, or None.
    """
    text = str(text or "").strip()[:100]
    found = _by_spelling().get(_plain(text), [])
    if len(set(found)) == 1:
        return found[0]
    if text in zone_names():
        return text
    # Browsers also send old names (Asia/Calcutta), which have no slash problem but are
    # not always among the places; zoneinfo knows them.
    if "/" in text and text in zoneinfo.available_timezones():
        return text
    return None


def zone_called(name):
    """The zone of a stored name; UTC when that is no longer known."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")


def similar_zones(text):
    """Return up to three names that look like what was typed."""
    close = difflib.get_close_matches(_plain(text[:100]), _by_spelling(), 3, 0.7)
    names = []
    for spelling in close:
        names.extend(name for name in _by_spelling()[spelling] if name not in names)
    return names[:3]
