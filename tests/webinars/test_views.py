"""Pages of webinars."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.spaces import MembershipFactory
from tests.factories.webinars import WebinarFactory
from webinars.models import Registration, Webinar


def page(name, space, **kwargs):
    return reverse(f"webinars:{name}", kwargs={"space": space.slug, **kwargs})


@pytest.fixture
def as_ben(client, ben):
    client.force_login(ben)
    return client


def next_year():
    return timezone.now().year + 1


def words(**changes):
    return {
        "title": "Charcoal permits",
        "day": f"{next_year()}-06-12",
        "time": "16:00",
        "minutes": "60",
        "time_zone": "Africa/Nairobi",
        "audience": "members",
        "reminders": ["1440"],
    } | changes


def test_webinar_create_keeps_the_wall_clock_of_its_zone(as_ben, space):
    response = as_ben.post(page("webinar_create", space), words())

    webinar = Webinar.objects.get()
    assert response.url == webinar.get_absolute_url()
    assert webinar.starts == datetime(next_year(), 6, 12, 13, 0, tzinfo=UTC)
    assert webinar.reminder_offsets == [1440]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "This field is required."),
        ({"day": "2020-01-01"}, "This has passed already."),
        ({"day": "9999-12-31"}, "more than three years ahead"),
        ({"time": "25:99"}, "Enter a valid time."),
        ({"minutes": "0"}, "greater than or equal to 5"),
        ({"time_zone": "Mars/Olympus"}, "We do not know this time zone."),
        ({"join_url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"description": "x" * 8_001}, "at most 8000 characters"),
    ],
)
def test_webinar_create_refuses_in_words(as_ben, space, changes, said):
    response = as_ben.post(
        page("webinar_create", space), words(question="Who signs?") | changes
    )

    text = response.content.decode()
    assert response.status_code == 422
    assert said in text
    assert "Who signs?" in text
    assert not Webinar.objects.exists()


def test_an_hour_that_clocks_skip_is_explained(as_ben, space):
    year = next_year()
    last_sunday = max(
        day
        for day in (datetime(year, 3, n, tzinfo=UTC) for n in range(25, 32))
        if day.weekday() == 6
    )

    response = as_ben.post(
        page("webinar_create", space),
        words(day=f"{last_sunday:%Y-%m-%d}", time="02:30", time_zone="Europe/Berlin"),
    )

    assert response.status_code == 422
    assert "Did you mean 03:30?" in response.content.decode()


def test_the_room_is_shown_to_those_who_come(client, space, ben, oda):
    webinar = WebinarFactory(space=space, join_url="https://meet.example/room")
    seen = []

    for answer in ("no", "yes"):
        client.force_login(ben)
        client.post(
            page("webinar_answer", space, webinar=webinar.slug), {"answer": answer}
        )
        text = client.get(webinar.get_absolute_url()).content.decode()
        seen.append("https://meet.example/room" in text)

    client.force_login(oda)
    other = client.get(webinar.get_absolute_url()).content.decode()
    assert seen == [False, True]
    assert "https://meet.example/room" not in other
    calendar = client.get(page("webinar_calendar", space, webinar=webinar.slug))
    assert b"meet.example" not in calendar.content


def test_webinar_answer_is_refused_when_it_is_over(as_ben, space, ben):
    starts = timezone.now() - timedelta(days=1)
    webinar = WebinarFactory(
        space=space, starts=starts, ends=starts + timedelta(hours=1)
    )

    response = as_ben.post(
        page("webinar_answer", space, webinar=webinar.slug), {"answer": "yes"}
    )

    assert response.status_code == 403
    assert not Registration.objects.exists()


def test_webinar_edit_and_cancel_are_for_hosts_and_stewards(
    client, space, ben, oda, sam
):
    webinar = WebinarFactory(space=space, created_by=ben)
    seen = {}

    for person in (ben, oda, sam):
        client.force_login(person)
        seen[person.name] = [
            client.get(page(name, space, webinar=webinar.slug)).status_code
            for name in ("webinar_edit", "webinar_cancel")
        ]

    assert seen == {
        "Ben Tetteh": [200, 200],
        "Oda Lund": [403, 403],
        "Sam Owusu": [200, 200],
    }


@pytest.mark.parametrize("rows", [1, 30])
def test_webinar_list_query_count(as_ben, space, rows, django_assert_num_queries):
    WebinarFactory.create_batch(rows, space=space)
    as_ben.get(page("webinar_list", space))

    with django_assert_num_queries(6):
        as_ben.get(page("webinar_list", space))


@pytest.mark.parametrize("rows", [1, 30])
def test_webinar_detail_query_count(as_ben, space, rows, django_assert_num_queries):
    webinar = WebinarFactory(space=space)
    for _ in range(rows):
        membership = MembershipFactory(space=space, person=UserFactory())
        Registration.objects.create(
            webinar=webinar, person=membership.person, answer="yes"
        )
    as_ben.get(webinar.get_absolute_url())

    with django_assert_num_queries(11):
        as_ben.get(webinar.get_absolute_url())


@pytest.mark.parametrize("status", ["left", "banned"])
def test_the_room_closes_to_who_is_no_member_any_more(client, open_space, ben, status):
    webinar = WebinarFactory(
        space=open_space, audience="public", join_url="https://rooms.example.org/secret"
    )
    Registration.objects.create(webinar=webinar, person=ben, answer="yes")
    client.force_login(ben)
    address = page("webinar_detail", open_space, webinar=webinar.slug)
    assert "/secret" in client.get(address).content.decode()

    ben.memberships.filter(space=open_space).update(status=status)

    assert "/secret" not in client.get(address).content.decode()
    calendar = client.get(page("webinar_calendar", open_space, webinar=webinar.slug))
    assert b"/secret" not in calendar.content
