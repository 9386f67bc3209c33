"""Calendars to subscribe to, read back as a calendar program does."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from tests.factories.spaces import MembershipFactory, SpaceFactory
from tests.factories.webinars import WebinarFactory
from webinars.actions import (
    answer_webinar,
    calendar_feed_of,
    cancel_webinar,
    edit_webinar,
    renew_calendar_feed,
)
from webinars.models import CalendarFeed


def address_of(person):
    return reverse(
        "calendar:calendar_feed", kwargs={"token": calendar_feed_of(person).token}
    )


def read(client, address):
    """The events of a feed by title."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    calendar = Calendar.from_ical(answer.content)
    return calendar, {str(event["summary"]): event for event in calendar.events}


def test_my_calendar_shows_what_i_may_see_less_what_i_declined(
    client, space, farmers, ben, oda, officers
):
    shown = WebinarFactory(space=space, title="Shown")
    declined = WebinarFactory(space=space, title="Declined")
    WebinarFactory(
        space=space, title="Other group", audience="group", audience_group=officers
    )
    WebinarFactory(title="Other space")
    WebinarFactory(title="Open to all", space__visibility="open", audience="public")
    WebinarFactory(
        space=space,
        title="Long ago",
        starts=timezone.now() - timedelta(days=120),
    )
    answer_webinar(declined, by=ben, answer="no")

    calendar, events = read(client, address_of(ben))

    assert set(events) == {"Shown"}
    assert events["Shown"].start == shown.starts.replace(microsecond=0)
    assert str(calendar["refresh-interval"].to_ical(), "ascii") == "PT1H"
    assert "Webinars" in calendar["name"]


def test_the_room_stands_in_my_calendar_once_i_come(client, space, ben):
    webinar = WebinarFactory(space=space, join_url="https://meet.example/room")
    before = client.get(address_of(ben)).content
    answer_webinar(webinar, by=ben, answer="yes")
    after = client.get(address_of(ben)).content

    assert b"meet.example" not in before
    assert b"TRANSPARENT" in before
    assert b"LOCATION:https://meet.example/room" in after
    assert b"TRANSPARENT" not in after


def test_a_change_and_a_cancellation_replace_the_event(client, space, ben):
    webinar = WebinarFactory(space=space, title="Moves")
    _calendar, first = read(client, address_of(ben))
    later = webinar.starts + timedelta(hours=3)
    webinar = edit_webinar(
        webinar, by=ben, words={"starts": later, "ends": later + timedelta(hours=1)}
    )
    _calendar, moved = read(client, address_of(ben))
    cancel_webinar(webinar, by=ben)
    _calendar, gone = read(client, address_of(ben))

    events = [first["Moves"], moved["Moves"], gone["Moves"]]
    assert len({str(event["uid"]) for event in events}) == 1
    assert [event["sequence"] for event in events] == [0, 1, 2]
    assert [str(event["status"]) for event in events[1:]] == ["CONFIRMED", "CANCELLED"]


def test_nothing_new_is_told_in_a_word(client, space, ben):
    WebinarFactory(space=space)
    first = client.get(address_of(ben))
    again = client.get(address_of(ben), headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("end", ["renewed", "closed", "left"])
def test_an_address_ends(client, space, ben, end):
    WebinarFactory(space=space)
    address = address_of(ben)
    if end == "renewed":
        renew_calendar_feed(ben)
    elif end == "closed":
        ben.is_active = False
        ben.save()
    else:
        space.memberships.filter(person=ben).update(status="left")

    answer = client.get(address)

    if end == "left":
        assert b"VEVENT" not in answer.content
    else:
        assert answer.status_code == 404


@pytest.mark.parametrize(
    "token", ["", "1", "1.", ".x", "1.forged", "９.x", "99999999999999999999.x", "é.x"]
)
def test_a_forged_address_opens_nothing(db, ben, token):
    calendar_feed_of(ben)

    assert CalendarFeed.objects.of_token(token) is None


def test_an_open_spaces_calendar_needs_no_account_and_tells_no_room(client, db):
    space = SpaceFactory(visibility="open")
    WebinarFactory(
        space=space, title="All", audience="public", join_url="https://meet.example/x"
    )
    WebinarFactory(space=space, title="Members only")
    address = reverse("webinars:space_calendar", kwargs={"space": space.slug})

    calendar, events = read(client, address)

    assert set(events) == {"All"}
    assert str(calendar["name"]) == space.name
    assert b"meet.example" not in client.get(address).content


def test_my_webinars_page(client, space, ben):
    client.force_login(ben)
    other = MembershipFactory(person=ben, space__name="Cocoa circle").space
    WebinarFactory(space=other, title="Shade trees")

    page = client.get(reverse("calendar:calendar_home")).text

    assert "Shade trees" in page
    assert "Cocoa circle" in page
    assert f'href="webcal://localhost:8000{address_of(ben)}"' in page
    old = address_of(ben)
    client.post(reverse("calendar:calendar_renew"))
    assert client.get(old).status_code == 404
