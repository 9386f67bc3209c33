"""The local hour, whatever the clocks do. No database."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from digests.schedule import next_for, scheduled_for, window_end


def at(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("frequency", "day", "hour", "zone", "now", "expected"),
    [
        # daily: today when the hour has come, else yesterday
        ("daily", 0, 7, "UTC", "2027-03-01T07:00Z", "2027-03-01T07:00Z"),
        ("daily", 0, 7, "UTC", "2027-03-01T06:59Z", "2027-02-28T07:00Z"),
        ("daily", 0, 7, "Africa/Nairobi", "2027-03-01T04:00Z", "2027-03-01T04:00Z"),
        ("daily", 0, 7, "America/La_Paz", "2027-03-01T08:00Z", "2027-02-28T11:00Z"),
        # weekly on Monday; Thursday
        ("weekly", 0, 7, "UTC", "2027-03-01T07:00Z", "2027-03-01T07:00Z"),
        ("weekly", 0, 7, "UTC", "2027-03-01T06:00Z", "2027-02-22T07:00Z"),
        ("weekly", 3, 7, "UTC", "2027-03-01T07:00Z", "2027-02-25T07:00Z"),
        # monthly: the first Monday
        ("monthly", 0, 7, "UTC", "2027-03-31T12:00Z", "2027-03-01T07:00Z"),
        ("monthly", 1, 7, "UTC", "2027-03-01T12:00Z", "2027-02-02T07:00Z"),
        # spring: 02:00 to 03:00 does not exist in Berlin on 28 March 2027
        ("daily", 0, 2, "Europe/Berlin", "2027-03-28T01:00Z", "2027-03-28T01:00Z"),
        ("daily", 0, 2, "Europe/Berlin", "2027-03-28T00:59Z", "2027-03-27T01:00Z"),
        # autumn: 02:30 comes twice in Berlin on 31 October 2027; the first counts
        ("daily", 0, 2, "Europe/Berlin", "2027-10-31T00:30Z", "2027-10-31T00:00Z"),
        ("daily", 0, 2, "Europe/Berlin", "2027-10-31T01:30Z", "2027-10-31T00:00Z"),
    ],
)  # fmt: skip
def test_scheduled_for(frequency, day, hour, zone, now, expected):
    moment = scheduled_for(frequency, day, hour, ZoneInfo(zone), at(now))

    assert moment.timestamp() == at(expected).timestamp()


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Tehran"])
def test_a_year_of_days_gives_each_day_one_digest(zone):
    now = datetime(2027, 1, 1, tzinfo=UTC)
    periods = {
        scheduled_for(
            "daily", 0, 2, ZoneInfo(zone), now + timedelta(minutes=30 * step)
        ).date()
        for step in range(48 * 365)
    }

    assert len(periods) in (365, 366)


ZONES = ["Europe/Berlin", "America/Santiago", "Pacific/Apia", "Asia/Kathmandu"]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("frequency", "day", "number"), [("weekly", 6, 52), ("monthly", 6, 12)]
)
def test_a_year_of_sundays_keeps_its_local_hour(frequency, day, number, zone):
    """Clocks change on Sundays; a sweep every hour finds each digest once."""
    start, here = datetime(2027, 1, 1, tzinfo=UTC), ZoneInfo(zone)
    moments = {
        scheduled_for(frequency, day, 7, here, start + timedelta(hours=hours))
        for hours in range(24 * 364)
    }
    ours = sorted(each for each in moments if each.year == 2027)

    assert {(each.weekday(), each.hour) for each in ours} == {(6, 7)}
    assert len(ours) == number
    if frequency == "monthly":
        assert [each.month for each in ours] == list(range(1, 13))
        assert max(each.day for each in ours) <= 7
    # What is announced as the next one is what then comes.
    for before, after in pairwise(ours):
        for clock in (before, before + timedelta(days=1), after - timedelta(minutes=1)):
            assert next_for(frequency, day, 7, here, clock) == after


def test_a_window_ends_at_its_hour():
    scheduled = at("2027-03-01T07:00Z")
    newest = at("2027-03-01T09:00Z")

    assert window_end(scheduled, newest, at("2027-03-01T10:00Z")) == scheduled


def test_looking_ahead_does_not_pass_over_what_is_still_to_be_written():
    scheduled, newest = at("2027-03-01T07:00Z"), at("2027-02-01T12:00Z")
    wall_clock = at("2027-02-01T13:00Z")

    assert window_end(scheduled, newest, wall_clock) == wall_clock
