"""The line of the year: geometry and words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template

from spaces.drawing import HEIGHT, year_line
from spaces.models import Gathering, Space

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def gathering(weeks, pk=1):
    return Gathering(
        pk=pk, space=Space(slug="forest"), starts=NOW + timedelta(weeks=weeks)
    )


def talk(*numbers):
    """Weeks up to and including this one."""
    monday = date(2026, 11, 23)
    first = monday - timedelta(weeks=len(numbers) - 1)
    return [(first + timedelta(weeks=n), number) for n, number in enumerate(numbers)]


def words(line):
    return " · ".join(part.text for part in line.caption)


def test_caption_reads_as_in_the_sketch():
    line = year_line(
        counts=talk(*[3] * 20, 0, 0, 0, *[5] * 18),
        last=gathering(-40),
        next=gathering(12),
        now=NOW,
    )

    assert words(line) == (
        "Gathering, 16 February · 40 weeks of talk since we last met, 3 quiet ones · "
        "next gathering in 12 weeks"
    )
    assert (line.weeks, line.quiet) == (40, 3)


@pytest.mark.parametrize(
    ("last", "next", "numbers", "caption"),
    [
        (None, None, [], "52 quiet weeks"),
        (None, None, [1, 0, 2], "2 weeks of talk, 1 quiet one"),
        (None, 1 / 7, [1, 2], "1 week of talk · next gathering tomorrow"),
        (None, 0, [1], "the first week of talk · next gathering today"),
        (-1 / 7, None, [4], "Gathering, 22 November · we met this week"),
        (
            -3,
            None,
            [0, 0, 0, 0],
            "Gathering, 2 November · 3 quiet weeks since we last met",
        ),
        (
            -60,
            1,
            [1] * 61,
            "Gathering, 29 September 2025 · 60 weeks of talk since we last met · "
            "next gathering in 7 days",
        ),
    ],
)
def test_caption_without_some_of_it(last, next, numbers, caption):
    line = year_line(
        counts=talk(*numbers),
        last=None if last is None else gathering(last),
        next=None if next is None else gathering(next),
        now=NOW,
    )

    assert words(line) == caption


def test_marks_stand_where_their_days_are():
    line = year_line(
        counts=talk(*[1] * 41), last=gathering(-40), next=gathering(10), now=NOW
    )

    assert (line.last, line.now, line.next) == ("0.00%", "80.00%", "100.00%")


def test_without_a_next_gathering_the_year_stays_open_and_then_ends_today():
    young = year_line(counts=talk(1, 1), last=gathering(-1), next=None, now=NOW)
    old = year_line(counts=talk(*[1] * 70), last=gathering(-70), next=None, now=NOW)

    assert (young.next, young.now) == ("", "1.92%")
    assert (old.next, old.now) == ("", "100.00%")


def test_the_curve_stays_between_ground_and_sky():
    numbers = [0, 40, 0, 0, 3, 90, 1, 0, 12, 12, 12, 0]
    line = year_line(
        counts=talk(*numbers), last=gathering(-11), next=gathering(5), now=NOW
    )

    values = [
        float(number)
        for number in line.stroke.replace("M", " ").replace("C", " ").split()
    ]
    heights, places = values[1::2], values[0::2]
    assert 0 <= min(heights) < max(heights) <= HEIGHT
    assert places == sorted(places)


def test_the_tag_draws_an_accessible_picture_with_its_words_below():
    line = year_line(counts=talk(1, 2, 3), last=None, next=gathering(3), now=NOW)

    drawn = Template("{% load spaces %}{% year_line line %}").render(
        Context({"line": line})
    )

    assert '<svg class="year-line-drawing" role="img"' in drawn
    assert "<title" in drawn
    assert "busiest in the week of 23 November with 3 messages" in drawn
    assert 'cx="100.00%"' in drawn
    assert 'href="/s/forest/gatherings/#gathering-1"' in drawn
    assert "style=" not in drawn
