"""Quiet hours: letters wait for the morning, in the person's own zone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from notifications import outbox
from notifications.actions import notify
from notifications.models import Delivery, Notice
from notifications.quiet import end_of_quiet
from tests.factories.accounts import UserFactory
from tests.factories.notifications import DeliveryFactory

SATURDAY, SUNDAY = 5, 6
ACCRA, DELHI, BERLIN = "Africa/Accra", "Asia/Kolkata", "Europe/Berlin"


def at(words):
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


# 2027-03-01 is a Monday. Zone, from, until, days, moment (UTC), end (UTC).
NIGHTS = [
    (ACCRA, 22, 7, [], "2027-03-01 21:59", "2027-03-01 21:59"),
    (ACCRA, 22, 7, [], "2027-03-01 22:00", "2027-03-02 07:00"),
    (ACCRA, 22, 7, [], "2027-03-02 03:30", "2027-03-02 07:00"),
    (ACCRA, 22, 7, [], "2027-03-02 07:00", "2027-03-02 07:00"),
    (ACCRA, 13, 15, [], "2027-03-02 14:59", "2027-03-02 15:00"),
    (ACCRA, 13, 0, [], "2027-03-02 14:59", "2027-03-03 00:00"),
    # Half an hour of Delhi's clock is no whole hour of UTC's.
    (DELHI, 22, 7, [], "2027-03-01 16:30", "2027-03-02 01:30"),
    (DELHI, 22, 7, [], "2027-03-01 16:29", "2027-03-01 16:29"),
    # The nights that begin on these days, and no others.
    (ACCRA, 22, 7, [SATURDAY], "2027-03-07 06:00", "2027-03-07 07:00"),
    (ACCRA, 22, 7, [SATURDAY], "2027-03-07 23:00", "2027-03-07 23:00"),
    # A whole Sunday; and a weekend, whose two days are one silence.
    (ACCRA, 0, 0, [SUNDAY], "2027-03-07 12:00", "2027-03-08 00:00"),
    (ACCRA, 0, 0, [SATURDAY, SUNDAY], "2027-03-06 00:00", "2027-03-08 00:00"),
    # Clocks go forward: the night is an hour shorter; back: an hour longer.
    (BERLIN, 22, 7, [], "2027-03-27 22:00", "2027-03-28 05:00"),
    (BERLIN, 22, 7, [], "2027-10-30 21:00", "2027-10-31 06:00"),
    (BERLIN, 2, 3, [], "2027-03-28 01:30", "2027-03-28 01:30"),
    (BERLIN, 22, 2, [], "2027-10-31 00:30", "2027-10-31 00:30"),
    ("Not/AZone", 22, 7, [], "2027-03-01 23:00", "2027-03-02 07:00"),
    (ACCRA, None, 7, [], "2027-03-01 23:00", "2027-03-01 23:00"),
]


@pytest.mark.parametrize(("zone", "start", "end", "days", "moment", "then"), NIGHTS)
def test_when_quiet_hours_end(zone, start, end, days, moment, then):
    person = UserFactory.build(
        time_zone=zone, quiet_from=start, quiet_until=end, quiet_days=days
    )

    assert end_of_quiet(person, at(moment)) == at(then)


@pytest.fixture
def asleep(ben):
    """Ben, in the middle of six quiet hours."""
    hour = timezone.now().hour
    ben.quiet_from, ben.quiet_until = (hour - 3) % 24, (hour + 3) % 24
    ben.save()
    return ben


def test_a_letter_waits_for_the_morning_and_the_line_does_not(
    rain, space, ada, asleep, mailoutbox
):
    notify(rain, space)

    outbox.send_waiting()
    assert [mail.to for mail in mailoutbox] == [["ada@example.org"]]
    assert set(Notice.objects.values_list("recipient", flat=True)) == {
        ada.pk,
        asleep.pk,
    }
    waiting = Delivery.objects.get(recipient=asleep)
    assert waiting.due == end_of_quiet(asleep, timezone.now())
    assert waiting.expires - waiting.due == timedelta(days=7)
    outbox.send_waiting(waiting.due - timedelta(seconds=1))
    assert len(mailoutbox) == 1
    for _twice in range(2):
        outbox.send_waiting(waiting.due)
    assert [mail.to for mail in mailoutbox[1:]] == [["ben@example.org"]]


def test_what_wakes_people_leaves_at_once(rain, space, asleep, mailoutbox, monkeypatch):
    asked = []

    def wakes(self, target, until):
        asked.append((target, until))
        return True

    monkeypatch.setattr(type(rain), "wakes", wakes)
    notify(rain, space, to=[asleep])
    outbox.send_waiting()

    assert [mail.to for mail in mailoutbox] == [["ben@example.org"]]
    assert set(asked) == {(space, end_of_quiet(asleep, timezone.now()))}


def test_hours_chosen_after_a_letter_was_written_hold_for_it_too(
    rain, space, asleep, mailoutbox
):
    """So does a second try that falls into the night."""
    row = DeliveryFactory(recipient=asleep, target=space.pk, attempts=2)
    late = DeliveryFactory(
        recipient=asleep,
        target=space.pk,
        occurrence="late",
        expires=timezone.now() + timedelta(minutes=5),
    )

    outbox.send_waiting()

    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 2)
    assert row.due == end_of_quiet(asleep, timezone.now())
    # Never lost: what would be too late in the morning comes at night after all.
    late.refresh_from_db()
    assert late.state == "sent"
    outbox.send_waiting(row.due)
    row.refresh_from_db()
    assert row.state == "sent"
    assert len(mailoutbox) == 2
