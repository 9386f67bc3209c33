"""Verbs of webinars, without a client."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from icalendar import Calendar

from conversations.models import Message
from notifications.kinds import kind_of
from notifications.letters import compose
from notifications.models import Delivery
from webinars.actions import (
    answer_webinar,
    cancel_webinar,
    due_offset,
    edit_webinar,
    remind_due,
    schedule_webinar,
)
from webinars.models import Registration, Webinar

STARTS = datetime(2027, 3, 1, 16, 0, tzinfo=UTC)
WORDS = {
    "title": "Charcoal permits: three views",
    "question": "Who should sign?",
    "description": "Bring your own case.",
    "join_url": "https://meet.example/charcoal",
    "dial_in": "",
    "time_zone": "Africa/Accra",
    "starts": STARTS,
    "ends": STARTS + timedelta(hours=1),
    "audience": "members",
    "audience_group": None,
    "reminder_offsets": [1440, 60],
}


def letters(slug, **fields):
    return Delivery.objects.filter(kind=f"webinars.{slug}", **fields)


def test_scheduling_invites_members_once_and_the_caller_comes(
    space, ada, ben, oda, cleo, max_, rex
):
    form_id = uuid.uuid4()

    webinar = schedule_webinar(space, by=ada, words=WORDS, form_id=form_id)
    again = schedule_webinar(space, by=ada, words=WORDS, form_id=form_id)

    assert webinar == again
    assert {row.recipient for row in letters("webinar_scheduled")} == {ben, oda}
    assert [(r.person, r.answer) for r in webinar.registrations.all()] == [(ada, "yes")]


def test_another_forms_id_schedules_a_webinar_of_ones_own(space, open_space, ada, ben):
    form_id = uuid.uuid4()
    first = schedule_webinar(space, by=ada, words=WORDS, form_id=form_id)

    second = schedule_webinar(space, by=ben, words=WORDS, form_id=form_id)
    third = schedule_webinar(open_space, by=ada, words=WORDS, form_id=form_id)

    assert len({first.pk, second.pk, third.pk}) == 3
    assert third.space == open_space


def test_invitation_is_a_calendar_request_for_that_mailbox(space, ada, ben):
    webinar = schedule_webinar(space, by=ada, words=WORDS)
    delivery = letters("webinar_scheduled").get()

    kind = delivery.kind_object
    kind.gather([(webinar, delivery)])
    letter = compose(kind, webinar, delivery)

    event = Calendar.from_ical(letter.calendar).walk("VEVENT")[0]
    assert letter.calendar_method == "REQUEST"
    assert event["attendee"] == "mailto:ben@example.org"
    assert event["attendee"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert event["organizer"] == f"mailto:{delivery.reply_address}"
    assert event.decoded("dtstart") == STARTS
    assert "DTSTART:20270301T160000Z" in letter.calendar
    assert "meet.example" not in letter.calendar + letter.text + letter.html


def test_the_room_is_told_to_those_who_come(space, ada, ben):
    webinar = schedule_webinar(space, by=ada, words=WORDS)

    answer_webinar(webinar, by=ben, answer="yes")

    delivery = letters("webinar_answered").get()
    registration = Registration.objects.get(person=ben)
    letter = compose(delivery.kind_object, registration, delivery)
    assert "https://meet.example/charcoal" in letter.text
    assert "PARTSTAT=ACCEPTED" in letter.calendar.replace("\r\n ", "")


def test_the_same_answer_twice_is_one_letter(space, ada, ben):
    webinar = schedule_webinar(space, by=ada, words=WORDS)

    answer_webinar(webinar, by=ben, answer="yes")
    answer_webinar(webinar, by=ben, answer="yes", came_by="mail")

    assert letters("webinar_answered").count() == 1


@pytest.mark.parametrize(
    ("left", "offset"),
    [
        (timedelta(days=3), None),
        (timedelta(days=1, minutes=1), None),
        (timedelta(days=1), 1440),
        (timedelta(hours=2), 1440),
        (timedelta(minutes=60), 60),
        (timedelta(minutes=1), 60),
    ],
)
def test_due_offset_is_the_nearest_whose_time_has_come(left, offset):
    webinar = Webinar(starts=STARTS, reminder_offsets=[1440, 60])

    assert due_offset(webinar, STARTS - left) == offset


def test_each_reminder_is_posted_once(space, ada, ben):
    webinar = schedule_webinar(space, by=ada, words=WORDS)
    answer_webinar(webinar, by=ben, answer="yes")
    day, hour = STARTS - timedelta(hours=23), STARTS - timedelta(minutes=30)

    posted = [len(remind_due(now)) for now in (day, day, hour, hour)]

    assert posted == [2, 0, 2, 0]
    assert not remind_due(STARTS + timedelta(minutes=1))
    assert {row.expires for row in letters("webinar_starts_soon")} == {STARTS}


def test_after_an_outage_only_the_nearest_reminder_goes_out(space, ada):
    schedule_webinar(space, by=ada, words=WORDS)

    posted = remind_due(STARTS - timedelta(minutes=30))

    assert [row.about["minutes"] for row in posted] == [60]


def test_a_moved_webinar_moves_its_reminders_and_tells_everybody(space, ada, ben):
    webinar = schedule_webinar(space, by=ada, words=WORDS)
    answer_webinar(webinar, by=ben, answer="yes")
    remind_due(STARTS - timedelta(hours=23))
    later = STARTS + timedelta(days=7)

    webinar = edit_webinar(
        webinar,
        by=ada,
        words=WORDS | {"starts": later, "ends": later + timedelta(hours=1)},
    )

    assert webinar.sequence == 1
    assert {row.recipient for row in letters("webinar_changed")} == {ben}
    stale = letters("webinar_starts_soon", recipient=ben).get()
    registration = Registration.objects.select_related("webinar").get(person=ben)
    assert stale.kind_object.gather([(registration, stale)]) == {stale.pk: None}
    assert len(remind_due(later - timedelta(hours=23))) == 2


def test_new_words_do_not_ask_people_to_answer_again(space, ada, ben):
    webinar = schedule_webinar(space, by=ada, words=WORDS)

    webinar = edit_webinar(webinar, by=ada, words=WORDS | {"title": "Permits"})

    assert webinar.sequence == 0
    assert not letters("webinar_changed").exists()


def test_cancelling_stops_reminders_and_tells_calendars(space, ada, ben):
    webinar = schedule_webinar(space, by=ada, words=WORDS)

    cancel_webinar(webinar, by=ada, reason="The road is closed.")
    cancel_webinar(webinar, by=ada, reason="Again")

    delivery = letters("webinar_cancelled").get()
    webinar.refresh_from_db()
    letter = compose(delivery.kind_object, webinar, delivery)
    assert (letter.calendar_method, webinar.sequence) == ("CANCEL", 1)
    assert "The road is closed." in letter.text
    assert remind_due(STARTS - timedelta(hours=23)) == []


class Letter:
    """What inbound hands over."""

    def __init__(self, text="", attachments=()):
        self.text, self.attachments = text, attachments
        self.subject, self.message_id = "Re: Webinar", "<a@b>"


@pytest.mark.parametrize(
    ("text", "answer"),
    [("Yes, gladly.", "yes"), ("Oui!", "yes"), ("no", "no"), ("Talvez", "maybe")],
)
def test_a_word_by_mail_is_an_answer(space, ada, ben, text, answer):
    webinar = schedule_webinar(space, by=ada, words=WORDS)
    delivery = letters("webinar_scheduled").get()

    kind_of("webinars.webinar_scheduled").answer(webinar, delivery, Letter(text))

    registration = Registration.objects.get(person=ben)
    assert (registration.answer, registration.came_by) == (answer, "mail")


def test_words_beside_an_answer_are_not_lost(space, ada, ben):
    webinar = schedule_webinar(space, by=ada, words=WORDS)
    delivery = letters("webinar_scheduled").get()
    text = "No, my mother is in hospital."

    said = kind_of("webinars.webinar_scheduled").answer(webinar, delivery, Letter(text))

    # Not for everybody's eyes, as far as we know.
    assert Message.objects.filter(thread=webinar.thread).count() == 0
    assert Registration.objects.get(person=ben).answer == "no"
    assert text in said


def test_a_cancelled_webinar_can_still_be_talked_about_by_mail(space, ada, ben):
    webinar = schedule_webinar(space, by=ada, words=WORDS)
    cancel_webinar(webinar, by=ada, reason="Two speakers are ill.")
    delivery = letters("webinar_cancelled", recipient=ben).get()
    answer = kind_of("webinars.webinar_cancelled").answer

    answer(webinar, delivery, Letter("No harm done: shall we meet in May instead?"))

    message = Message.objects.get(thread=webinar.thread)
    assert (message.author, message.came_by) == (ben, "mail")
    with pytest.raises(PermissionDenied, match="cancelled"):
        answer(webinar, delivery, Letter("Yes, gladly."))


def test_perhaps_is_not_said_to_be_coming(space, ada, ben):
    webinar = schedule_webinar(space, by=ada, words=WORDS)
    for answer, expected in (("maybe", "Perhaps you are"), ("yes", "You are coming")):
        answer_webinar(webinar, by=ben, answer=answer)
        row = letters("webinar_answered", recipient=ben).latest("pk")
        target = row.kind_object.load([row.target])[row.target]

        letter = compose(row.kind_object, target, row)

        assert letter.subject.startswith(expected)
        assert row.kind_object.line(target, {}).startswith(expected)


def test_a_calendar_programs_answer_reaches_the_same_row(space, ada, ben):
    webinar = schedule_webinar(space, by=ada, words=WORDS)
    delivery = letters("webinar_scheduled").get()
    reply = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n"
        f"UID:{webinar.uid}\r\nDTSTAMP:20270201T000000Z\r\n"
        "ATTENDEE;PARTSTAT=DECLINED:mailto:ben@example.org\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()

    said = kind_of("webinars.webinar_scheduled").answer(
        webinar, delivery, Letter("", [("reply.ics", reply, "text/calendar")])
    )

    registration = Registration.objects.get(person=ben)
    assert (said, registration.answer, registration.came_by) == ("", "no", "calendar")


def test_reminders_ask_again_whether_one_still_comes(space, ada, ben):
    webinar = schedule_webinar(space, by=ada, words=WORDS)
    answer_webinar(webinar, by=ben, answer="yes")
    remind_due(timezone.now().replace(year=2027, month=2, day=28, hour=17))

    answer_webinar(webinar, by=ben, answer="no")

    row = letters("webinar_starts_soon", recipient=ben).get()
    registration = Registration.objects.select_related("webinar").get(person=ben)
    assert row.kind_object.gather([(registration, row)]) == {row.pk: None}
