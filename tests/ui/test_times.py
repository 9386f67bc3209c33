"""Times are told in the reader's zone, in words people use."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from ui.times import moment_words, when, zone_name

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(minutes=-1), "1 minute ago"),
        (timedelta(hours=-3), "3 hours ago"),
        (timedelta(hours=-20), "yesterday"),
        (timedelta(hours=20), "tomorrow"),
        (timedelta(days=-3), "3 days ago"),
        (timedelta(days=16), "in 2 weeks"),
        (timedelta(days=-90), "3 months ago"),
        (timedelta(days=-800), "2 years ago"),
    ],
)
def test_relative_words(distance, words):
    with timezone.override("UTC"):
        assert moment_words(NOW + distance, "relative", NOW) == words


def test_when_names_the_readers_zone():
    moment = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)

    with timezone.override("Europe/Berlin"):
        drawn = when(moment, "both", zone=True, now=NOW)

    assert drawn == (
        '<time datetime="2026-11-26T17:00:00+01:00" '
        'title="Thursday 26 November 2026, 17:00 Berlin">'
        "Thu 26 November, 17:00 Berlin</time>"
    )


def test_when_tells_both_places():
    moment = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)

    with timezone.override("Europe/Berlin"):
        drawn = when(moment, place="Africa/Accra", now=NOW)

    assert ">Thu 26 November, 16:00 Accra · you: 17:00 Berlin<" in drawn


def test_when_names_the_day_where_it_differs():
    moment = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)

    with timezone.override("Asia/Kathmandu"):
        drawn = when(moment, place=ZoneInfo("Africa/Accra"), now=NOW)

    assert ">Thu 26 November, 23:30 Accra · you: Fri 05:15 Kathmandu<" in drawn


def test_when_takes_dates_and_nothing():
    assert when(None) == ""
    with timezone.override("UTC"):
        assert ">12 February 2027<" in when(date(2027, 2, 12), "date", now=NOW)
        assert ">tomorrow<" in when(date(2026, 11, 24), now=NOW)
        assert ">today<" in when(date(2026, 11, 23), now=NOW)


def test_when_refuses_an_unknown_layout():
    with pytest.raises(ValueError, match="layout"):
        when(NOW, "long")


def test_zone_name_is_a_place():
    assert zone_name("America/Argentina/Buenos_Aires") == "Buenos Aires"
