"""What a round does with letters and Kinds that break, and with hosts that say no."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from notifications import pacing, rounds
from notifications.ledger import ClaimLost, Ledger, client
from notifications.models import Delivery
from notifications.outbox import (
    CERTAINLY_DEAD,
    recover_dead_claims,
    send_waiting,
)
from tests.factories.accounts import UserFactory
from tests.factories.notifications import DeliveryFactory
from tests.factories.spaces import SpaceFactory

pytestmark = pytest.mark.usefixtures("rain")


@pytest.fixture
def letters(space):
    """``letters(3, "b.example")``: letters that are due, in this order."""

    def make(number, host="example.org"):
        return [
            DeliveryFactory(
                recipient=UserFactory(email=f"p{one}@{host}"),
                target=space.pk,
                due=timezone.now() - timedelta(minutes=5, seconds=-one),
            )
            for one in range(number)
        ]

    return make


def states():
    return dict(Delivery.objects.values_list("pk", "state"))


# Letters that break


@pytest.fixture
def broken(letters):
    """A letter about a space that the Kind of the tests cannot bear."""
    row = letters(1, "broken.example")[0]
    Delivery.objects.filter(pk=row.pk).update(target=SpaceFactory(name="Broken").pk)
    return row


def test_a_letter_that_cannot_be_written_is_set_aside_after_three_tries(
    broken, rain, mailoutbox
):
    rain.breaks_in = "mail_context"
    now = timezone.now()

    for _time in range(rounds.MAX_WRITINGS):
        assert states()[broken.pk] == "waiting"
        # Others of its Kind can be written, so it is not the Kind.
        DeliveryFactory(target=SpaceFactory().pk)
        send_waiting(now)
        now += timedelta(minutes=20)

    broken.refresh_from_db()
    assert sorted(states().values()) == ["failed", "sent", "sent", "sent"]
    assert broken.error == "could not be written: ValueError; see the log"
    assert len(mailoutbox) == 3


def test_a_kind_that_breaks_altogether_is_waited_for(broken, rain, mailoutbox):
    rain.breaks_in = "load"
    broken.refresh_from_db()
    rows = [DeliveryFactory(target=broken.target) for _each in range(20)]
    now = timezone.now()

    for _time in range(rounds.MAX_WRITINGS + 1):
        send_waiting(now)
        now += timedelta(days=1)
    assert set(states().values()) == {"waiting"}
    rain.breaks_in = ""  # mended

    assert send_waiting(now).sent == len(rows) + 1


@pytest.mark.parametrize("method", ["load", "allowed_each", "gather", "quiet_urls"])
def test_a_kind_that_breaks_on_one_row_tells_the_others(
    letters, broken, rain, mailoutbox, method
):
    letters(9)
    rain.breaks_in = method

    report = send_waiting()

    broken.refresh_from_db()
    assert (report.sent, report.retried, len(mailoutbox)) == (9, 1, 9)
    assert (broken.state, broken.attempts) == ("waiting", 1)
    assert broken.error == "could not be written: ValueError; see the log"


def test_a_kind_that_breaks_at_what_was_delivered_sends_nothing_twice(
    letters, rain, mailoutbox
):
    letters(2)
    rain.breaks_in = "delivered"

    assert (send_waiting().sent, send_waiting().sent) == (2, 0)

    assert set(states().values()) == {"sent"}
    assert len(mailoutbox) == 2


# The ledger


def aside(work):
    """Do it in another thread, which has a database connection of its own."""

    def do():
        try:
            done.append(work())
        finally:
            connection.close()

    done = []
    thread = threading.Thread(target=do)
    thread.start()
    thread.join()
    return done[0]


def test_a_redis_that_forgot_is_told_again(letters, rain):
    first, second = letters(2)
    ledger = Ledger("c1")
    ledger.note(first.pk)
    client().flushdb()

    ledger.note(second.pk)

    assert Ledger("c1").revoke() == ({first.pk, second.pk}, None)


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_while_the_claim_is_taken_over_goes_out_once(letters, sink):
    first, second = letters(2)

    def take_over(to, data):
        # Before "250 OK" is said somebody takes this worker for dead.
        sink.on_data = lambda to, data: None
        taken_over.append(aside(recover_the_living))

    def recover_the_living():
        long_ago = timezone.now() - CERTAINLY_DEAD * 2
        Delivery.objects.filter(state="claimed").update(claimed=long_ago)
        return recover_dead_claims()

    taken_over = []
    sink.on_data = take_over
    send_waiting()
    assert taken_over == [2]

    send_waiting()

    assert sink.addresses == ["p0@example.org", "p1@example.org"]
    assert set(states().values()) == {"sent"}


@pytest.mark.django_db(transaction=True)
def test_a_database_that_hangs_up_in_the_middle_loses_and_doubles_nothing(
    letters, sink, rain
):
    letters(5)

    def hang_up(to, data):
        if len(sink.kept) in (1, 3):
            aside(terminate)

    def terminate():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    sink.on_data = hang_up
    report = send_waiting()

    assert report.sent == 5
    assert len(set(sink.addresses)) == len(sink.addresses) == 5
    assert set(states().values()) == {"sent"}
    assert len(rain.told) == 5


def test_a_lost_claim_says_so():
    ledger = Ledger("c2")
    Ledger("c2").revoke()

    with pytest.raises(ClaimLost):
        ledger.note(1)


# Hosts


def test_a_host_gets_so_many_a_minute_and_the_rest_later(letters, settings, sink):
    settings.ALLIANCE_MAIL_PER_HOST = 2
    letters(5, "large.example")
    letters(2, "small.example")
    now = timezone.now()

    report = send_waiting(now)

    assert report.sent == 4
    assert sorted(
        (row.attempts, round((row.due - now).total_seconds()))
        for row in Delivery.objects.filter(state="waiting")
    ) == [(0, 60), (0, 60), (0, 120)]

    client().flushdb()  # the next minute
    assert send_waiting(now + timedelta(seconds=61)).sent == 2
    client().flushdb()
    assert send_waiting(now + timedelta(seconds=121)).sent == 1


def test_workers_count_together_and_each_alone_without_redis(settings):
    settings.ALLIANCE_MAIL_PER_HOST = 10

    assert [pacing.grant("a.example", 4) for _worker in range(4)] == [4, 4, 2, 0]
    assert pacing.grant("b.example", 4) == 4
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    assert [pacing.grant("a.example", 40) for _worker in range(2)] == [10, 10]
    settings.ALLIANCE_MAIL_PER_HOST = 0
    assert pacing.grant("a.example", 40) == 40


def test_a_host_that_says_not_now_is_left_alone_and_nobody_else(letters, sink):
    busy = letters(6, "busy.example")
    letters(2, "well.example")
    sink.on_rcpt = lambda to: "451 Later" if "busy" in to and sink.is_busy else None
    sink.is_busy = True
    now = timezone.now()

    report = send_waiting(now)

    assert (report.sent, report.retried) == (2, pacing.PATIENCE)
    tries = Delivery.objects.filter(pk__in=[row.pk for row in busy])
    assert sorted(tries.values_list("attempts", flat=True)) == [0, 0, 0, 1, 1, 1]
    assert set(tries.values_list("state", flat=True)) == {"waiting"}
    assert list(pacing.resting_hosts()[0]) == ["busy.example"]

    # It rests for twice as long the second time; what it takes ends its trouble.
    assert [pacing.hold("busy.example") for _time in range(2)] == [120, 240]
    client().delete(pacing._key("held"))
    sink.is_busy = False
    assert send_waiting(now + timedelta(minutes=10)).sent == 6
    assert pacing.resting_hosts() == ({}, set())


def test_a_server_that_breaks_three_times_in_a_row_is_away(letters, sink):
    letters(6)
    sink.on_data = lambda to, data: sink.HANG_UP

    report = send_waiting()

    assert report.is_server_away
    assert (report.sent, report.retried) == (0, 2)
    assert set(states().values()) == {"waiting"}
    assert Delivery.objects.filter(attempts=0).count() == 4
