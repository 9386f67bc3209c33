"""Reminders: once per person, offset and beginning, whatever goes wrong; the log."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from notifications.letters import compose
from notifications.models import Delivery
from notifications.outbox import send_waiting
from tests.factories.accounts import UserFactory
from tests.factories.webinars import WebinarFactory
from webinars.actions import answer_webinar, edit_webinar, remind_due
from webinars.actions.reminding import choose_reminders
from webinars.models import Registration, ReminderChoice, ReminderRound
from webinars.reminder_log import add_lines, before_words

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
STARTS = datetime(timezone.now().year + 1, 3, 1, 16, 0, tzinfo=UTC)
LONG_AGO = STARTS - timedelta(days=60)


@pytest.fixture
def webinar(space, ada):
    webinar = WebinarFactory(
        space=space,
        created_by=ada,
        starts=STARTS,
        reminder_offsets=[7 * 1440, 1440, 60],
    )
    webinar.hosts.add(ada)
    return webinar


@pytest.fixture
def comes(webinar):
    def register(person, answer="yes", answered=LONG_AGO):
        return Registration.objects.create(
            webinar=webinar, person=person, answer=answer, answered=answered
        )

    return register


def rows(**fields):
    """(minutes, state, why) of every reminder, farthest first."""
    found = Delivery.objects.filter(kind="webinars.webinar_starts_soon", **fields)
    return sorted(
        ((row.about["minutes"], row.state, row.about.get("why", "")) for row in found),
        reverse=True,
    )


def lines(registration):
    add_lines(registration.webinar, [registration], timezone.now())
    return [(line.before, line.state, line.words) for line in registration.lines]


# ── when ─────────────────────────────────────────────────────────────────────


def test_each_of_the_hosts_times_is_posted_once(webinar, comes, ben):
    comes(ben)
    moments = [STARTS - left for left in (7 * DAY, 6 * DAY, DAY, 2 * HOUR, HOUR)]

    posted = [len(remind_due(now)) for now in moments for _twice in range(2)]

    assert posted == [1, 0, 0, 0, 1, 0, 0, 0, 1, 0]
    assert {row.expires for row in Delivery.objects.all()} == {STARTS}


@pytest.mark.parametrize(
    ("mode", "offsets", "expected"),
    [
        ("hosts", [10], [(1440, "waiting", "")]),
        ("own", [2880, 10], [(2880, "waiting", "")]),
        ("own", [10], []),
        ("none", [10], [(1440, "dropped", "chose_none")]),
    ],
)
def test_people_choose_for_themselves(webinar, comes, ben, mode, offsets, expected):
    webinar.reminder_offsets = [1440, 60]
    webinar.save()
    comes(ben)
    choose_reminders(by=ben, mode=mode, offsets=offsets)

    remind_due(STARTS - 20 * HOUR)

    assert rows() == expected


def test_who_said_no_or_answered_later_is_not_reminded(webinar, comes, ada, ben, cleo):
    comes(ada, "no")
    comes(ben, answered=STARTS - 5 * HOUR)
    comes(cleo, "maybe")

    remind_due(STARTS - DAY)
    remind_due(STARTS - HOUR)

    assert rows(recipient=ada) == []
    assert rows(recipient=ben) == [(60, "waiting", "")]
    assert rows(recipient=cleo) == [
        (10080, "missed", "nearer"),
        (1440, "waiting", ""),
        (60, "waiting", ""),
    ]


def test_a_no_after_the_sweep_is_respected_when_the_letter_would_leave(
    webinar, comes, ben
):
    registration = comes(ben)
    remind_due(STARTS - HOUR)
    Registration.objects.update(answer="no")

    send_waiting(STARTS - HOUR)

    assert rows(state="sent") == []
    registration.refresh_from_db()
    assert ("1 hour before", "not", "this person had said no by then") in lines(
        registration
    )


def test_reminders_move_with_the_session(webinar, comes, ben, ada):
    comes(ben)
    remind_due(STARTS - DAY)

    edit_webinar(
        webinar,
        by=ada,
        words={"starts": STARTS + 3 * DAY, "ends": STARTS + 3 * DAY + HOUR},
    )
    at_the_old_time = remind_due(STARTS - HOUR)
    send_waiting(STARTS - HOUR)
    at_the_new_time = remind_due(STARTS + 2 * DAY)
    send_waiting(STARTS + 2 * DAY)

    assert [row.about["minutes"] for row in at_the_old_time] == [7 * 1440]
    assert [row.about["minutes"] for row in at_the_new_time] == [1440]
    old = Delivery.objects.filter(about__starts=STARTS.isoformat())
    assert {row.state for row in old} == {"missed", "dropped"}


def test_a_reminder_at_night_waits_unless_the_session_comes_first(webinar, comes, ben):
    ben.time_zone, ben.quiet_from, ben.quiet_until = "Africa/Accra", 14, 20
    ben.save()
    comes(ben)

    remind_due(STARTS - DAY)
    send_waiting(STARTS - DAY)
    held = rows(state="sent")
    send_waiting(STARTS - DAY + 4 * HOUR)
    remind_due(STARTS - HOUR)
    send_waiting(STARTS - HOUR)

    assert held == []
    assert rows(state="sent") == [(1440, "sent", ""), (60, "sent", "")]


def test_guests_without_an_account_are_reminded_with_number_and_pin(webinar):
    webinar.dial_in = "+233 30 1, code 77"
    webinar.save()
    guest = Registration.objects.create(
        webinar=webinar,
        guest_name="Guest",
        guest_address="guest@example.org",
        answer="yes",
        answered=LONG_AGO,
    )
    remind_due(STARTS - HOUR)

    (row,) = Delivery.objects.filter(state="waiting")
    letter = compose(row.kind_object, guest, row)
    send_waiting(STARTS - HOUR)

    assert "+233 30 1, code 77" in letter.text
    assert letter.to == "guest@example.org"
    assert Delivery.objects.get(pk=row.pk).state == "sent"


# ── what goes wrong ──────────────────────────────────────────────────────────


def test_three_days_down_the_late_ones_say_so(webinar, comes, ben):
    """Down from eight days before until six hours before."""
    comes(ben)

    remind_due(STARTS - 6 * HOUR)

    assert rows() == [(10080, "missed", "nearer"), (1440, "waiting", "")]


def test_three_days_down_over_the_session_nothing_is_sent_and_it_is_written_down(
    webinar, comes, ben
):
    registration = comes(ben)
    remind_due(STARTS - 7 * DAY)

    posted = remind_due(STARTS + 2 * DAY)
    again = remind_due(STARTS + 2 * DAY)

    assert (posted, again) == ([], [])
    assert rows() == [
        (10080, "waiting", ""),
        (1440, "missed", "begun"),
        (60, "missed", "begun"),
    ]
    assert (
        "1 day before",
        "not",
        "nobody was at work in time: the session had begun",
    ) in lines(registration)


def test_letters_that_waited_too_long_are_missed(webinar, comes, ben):
    registration = comes(ben)
    remind_due(STARTS - HOUR)

    send_waiting(STARTS + HOUR)

    assert (60, "missed", "") in rows()
    assert "the session began before the letter could leave" in [
        words for _before, _state, words in lines(registration)
    ]


def test_killed_midway_the_next_sweep_does_the_rest(webinar, comes, ben, cleo, ada):
    for person in (ada, ben, cleo):
        comes(person)
    remind_due(STARTS - HOUR)
    # Killed after the first person: neither the others' rows nor the round stand.
    Delivery.objects.exclude(recipient=ada).delete()
    ReminderRound.objects.filter(offset=60).delete()

    remind_due(STARTS - HOUR)

    for person in (ada, ben, cleo):
        assert rows(recipient=person, state="waiting") == [(60, "waiting", "")]


def test_a_clock_that_jumps_ahead_and_back_loses_and_doubles_nothing(
    webinar, comes, ben
):
    comes(ben)
    remind_due(STARTS - 7 * DAY)
    remind_due(STARTS + DAY)  # wrong
    assert rows(state="missed") != []

    posted = [len(remind_due(now)) for now in (STARTS - DAY, STARTS - HOUR)]
    again = [len(remind_due(now)) for now in (STARTS - DAY, STARTS - HOUR)]

    assert posted == [1, 1]
    assert again == [0, 0]
    assert rows() == [
        (10080, "waiting", ""),
        (1440, "waiting", ""),
        (60, "waiting", ""),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_post_each_reminder_once(webinar, comes):
    people = [UserFactory() for _each in range(30)]
    for person in people:
        comes(person)
    start = threading.Barrier(4)

    def sweep():
        start.wait()
        try:
            remind_due(STARTS - HOUR)
        finally:
            connection.close()

    threads = [threading.Thread(target=sweep) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    waiting = Delivery.objects.filter(state="waiting")
    assert sorted(waiting.values_list("recipient", flat=True)) == sorted(
        person.pk for person in people
    )


# ── the log ──────────────────────────────────────────────────────────────────


def test_webinar_reminders_says_who_when_and_why_not(client, webinar, comes, ada, ben):
    comes(ada)
    comes(ben)
    choose_reminders(by=ben, mode="none")
    remind_due(STARTS - HOUR)
    send_waiting(STARTS - HOUR)
    client.force_login(ada)

    response = client.get(
        reverse(
            "webinars:webinar_reminders",
            kwargs={"space": webinar.space.slug, "webinar": webinar.slug},
        )
    )

    text = " ".join(response.content.decode().split())
    assert "1 sent, 0 on the way, 5 not sent." in text
    assert "this person wants no reminders" in text
    assert "by mail" in text
    client.force_login(ben)
    assert client.get(response.request["PATH_INFO"]).status_code == 403


@pytest.mark.parametrize("number", [1, 30])
def test_webinar_reminders_query_count(
    client, webinar, comes, ada, number, django_assert_max_num_queries
):
    for _each in range(number):
        comes(UserFactory())
    remind_due(STARTS - HOUR)
    client.force_login(ada)
    path = reverse(
        "webinars:webinar_reminders",
        kwargs={"space": webinar.space.slug, "webinar": webinar.slug},
    )

    client.get(path)  # a new session is written down once

    with django_assert_max_num_queries(12):
        client.get(path)


def test_reminder_edit_keeps_the_choice_and_refuses_none_at_all(client, ben):
    client.force_login(ben)
    path = reverse("calendar:reminder_edit")

    assert client.post(path, {"mode": "own"}).status_code == 422
    assert client.post(path, {"mode": "own", "offsets": ["180"]}).status_code == 302
    assert ReminderChoice.objects.get().offsets == [180]
    assert client.get(path).content.decode().count("checked") == 2


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (10080, "1 week before"),
        (2880, "2 days before"),
        (60, "1 hour before"),
        (90, "90 minutes before"),
        (0, "at the beginning"),
    ],
)
def test_before_words(minutes, words):
    assert before_words(minutes) == words


def test_answering_by_the_page_before_the_time_is_reminded(webinar, ben):
    answer_webinar(webinar, by=ben, answer="yes")

    assert len(remind_due(STARTS - HOUR)) == 1
