"""Gatherings: the clock on the wall, verbs, pages."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from spaces.actions.gatherings import create_gathering, remove_gathering
from spaces.models import Gathering
from spaces.wallclock import moment_in_zone

pytestmark = pytest.mark.django_db

FORM = {
    "title": "Yearly gathering",
    "day": "2027-02-12",
    "time": "09:30",
    "end_day": "2027-02-13",
    "end_time": "16:00",
    "time_zone": "Accra",
    "place": "Nkawie",
    "notes": "Bring the **ledger**.",
}


def url(name, space, **kwargs):
    return reverse(f"spaces:{name}", kwargs={"space": space.slug, **kwargs})


def make(space, by, *, days=10, **fields):
    starts = timezone.now() + timedelta(days=days)
    return create_gathering(space, by=by, title="We meet", starts=starts, **fields)


@pytest.mark.parametrize(
    ("day", "clock", "zone", "moment"),
    [
        (date(2027, 1, 5), time(9), "Africa/Accra", datetime(2027, 1, 5, 9)),
        (date(2027, 7, 5), time(9), "Europe/Berlin", datetime(2027, 7, 5, 7)),
        # The hour that comes twice: the first one is meant.
        (date(2026, 10, 25), time(2), "Europe/Berlin", datetime(2026, 10, 25)),
        (date(2027, 1, 5), time(9), "Asia/Kathmandu", datetime(2027, 1, 5, 3, 15)),
    ],
)
def test_moment_in_zone(day, clock, zone, moment):
    assert moment_in_zone(day, clock, zone) == moment.replace(tzinfo=UTC)


def test_moment_in_zone_explains_a_skipped_hour():
    with pytest.raises(ValidationError, match="no 02:30 in Berlin.*03:30"):
        moment_in_zone(date(2027, 3, 28), time(2, 30), "Europe/Berlin")


def test_create_gathering_twice_makes_one(space, ada):
    key = uuid.uuid4()

    make(space, ada, client_id=key)
    make(space, ada, client_id=key)

    assert Gathering.objects.count() == 1
    assert [record.verb for record in space.records.all()] == ["gathering_added"]


def test_a_form_of_another_space_makes_a_gathering_here(space, open_space, ada):
    key = uuid.uuid4()

    make(space, ada, client_id=key)
    make(open_space, ada, client_id=key)

    assert {gathering.space for gathering in Gathering.objects.all()} == {
        space,
        open_space,
    }


@pytest.mark.parametrize("person", ["sam", "ben", "cleo", "root"])
def test_gatherings_are_set_by_facilitators_only(request, space, ada, person):
    gathering = make(space, ada)
    who = request.getfixturevalue(person)

    with pytest.raises(PermissionDenied):
        make(space, who)
    with pytest.raises(PermissionDenied):
        remove_gathering(gathering, by=who)
    remove_gathering(gathering, by=ada)

    assert not Gathering.objects.exists()


@pytest.mark.parametrize(
    ("person", "open_status", "listed_status"),
    [("guest", 200, 302), ("cleo", 200, 403), ("ben", 200, 200), ("rex", 200, 403)],
)
def test_gathering_list_is_for_those_who_may_read(
    client, request, open_space, space, ada, person, open_status, listed_status
):
    make(open_space, ada)
    make(space, ada)
    if person != "guest":
        client.force_login(request.getfixturevalue(person))

    answers = [client.get(url("gathering_list", each)) for each in (open_space, space)]

    assert [answer.status_code for answer in answers] == [open_status, listed_status]
    assert ("We meet" in answers[1].content.decode()) is (listed_status == 200)


def test_gathering_create_edit_delete(client, ada, space):
    client.force_login(ada)

    client.post(url("gathering_create", space), FORM)
    gathering = Gathering.objects.get()
    assert gathering.starts == datetime(2027, 2, 12, 9, 30, tzinfo=UTC)
    assert gathering.ends == datetime(2027, 2, 13, 16, tzinfo=UTC)
    assert "<strong>ledger</strong>" in gathering.notes_html

    edit = url("gathering_edit", space, pk=gathering.pk)
    assert 'value="09:30"' in client.get(edit).content.decode()
    client.post(edit, FORM | {"time_zone": "Berlin", "title": "Moved"})
    gathering.refresh_from_db()
    assert (gathering.title, gathering.starts.hour) == ("Moved", 8)

    delete = url("gathering_delete", space, pk=gathering.pk)
    assert client.get(delete).status_code == 200
    assert Gathering.objects.exists()
    client.post(delete)
    assert not Gathering.objects.exists()
    assert space.records.count() == 3


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "This field is required"),
        ({"day": "soon"}, "Enter a valid date"),
        ({"day": "0001-01-01"}, "too far away"),
        ({"time_zone": "Atlantis"}, "We do not know this time zone"),
        ({"end_day": "2027-02-11"}, "It ends before it begins"),
        ({"end_time": ""}, "At what time does it end?"),
        (
            {"time_zone": "Berlin", "day": "2027-03-28", "time": "02:30"},
            "clocks are put forward",
        ),
        ({"title": "x" * 121}, "at most 120 characters"),
    ],
)
def test_gathering_create_refuses_with_words_and_keeps_the_text(
    client, ada, space, wrong, words
):
    client.force_login(ada)

    answer = client.post(url("gathering_create", space), FORM | wrong)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Bring the **ledger**." in page
    assert not Gathering.objects.exists()


def test_gatherings_of_another_space_are_not_found(client, ada, space, open_space):
    foreign = make(open_space, ada)
    client.force_login(ada)

    for name in ("gathering_edit", "gathering_delete"):
        assert client.get(url(name, space, pk=foreign.pk)).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_gathering_list_query_count(
    client, ada, space, rows, django_assert_num_queries
):
    for row in range(rows):
        make(space, ada, days=10 + row)
        make(space, ada, days=-10 - row)
    client.force_login(ada)
    client.get(url("gathering_list", space))  # the first visit is noted once

    with django_assert_num_queries(7):
        client.get(url("gathering_list", space))
