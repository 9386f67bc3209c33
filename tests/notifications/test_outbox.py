"""The outbox worker, with the memory backend or a real SMTP server in the test."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notifications import outbox, rounds
from notifications.ledger import Ledger
from notifications.models import Delivery
from notifications.outbox import recover_dead_claims, send_waiting
from tests.factories.accounts import UserFactory
from tests.factories.notifications import DeliveryFactory

pytestmark = pytest.mark.usefixtures("rain")


@pytest.fixture
def letter(space, ben):
    return DeliveryFactory(recipient=ben, target=space.pk, reply_token="f00d")


def parsed(mail):
    return message_from_bytes(mail.message().as_bytes(), policy=policy.default)


def test_send_waiting_writes_the_whole_letter(letter, space, mailoutbox, settings):
    settings.ALLIANCE_SITE_URL = "https://alliance.example"

    report = send_waiting()

    message = parsed(mailoutbox[0])
    assert (report.sent, report.dropped, report.failed) == (1, 0, 0)
    assert {
        name: str(message[name])
        for name in (
            "From", "To", "Subject", "Message-ID", "Reply-To", "List-Id",
            "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted",
            "Content-Language",
        )
    } == {
        "From": "Forest Forum <hello@mail.alliance.example>",
        "To": "ben@example.org",
        "Subject": "Rain for Forest Forum",
        "Message-ID": letter.message_id,
        "Reply-To": "reply+f00d@mail.alliance.example",
        "List-Id": f'"Forest Forum" <space-{space.pk}.mail.alliance.example>',
        "List-Unsubscribe": "<https://alliance.example/quiet/>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "en",
    }  # fmt: skip
    assert message["Date"] is not None
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert 'Told to Ben Tetteh at 06:00; "quotes" & <signs> stay. Open it' in text
    assert "\n\n\n" not in text
    letter.refresh_from_db()
    assert (letter.state, letter.sent is not None) == ("sent", True)


def test_send_waiting_inlines_styles_once_per_template(letter, mailoutbox):
    send_waiting()

    html = mailoutbox[0].alternatives[0].content
    assert '<div style="margin: 0 0 14px;padding: 12px 16px;' in html
    assert '<h1 style="' in html
    assert html.count("<style>") == 1


def test_send_waiting_speaks_the_readers_language_and_zone(space, mailoutbox, rain):
    person = UserFactory(language="fr", time_zone="Asia/Tokyo")
    DeliveryFactory(recipient=person, target=space.pk)

    send_waiting()

    assert "at 15:00" in mailoutbox[0].body
    assert parsed(mailoutbox[0])["Content-Language"] == "fr"


def test_twice_sends_once(letter, mailoutbox):
    assert (send_waiting().sent, send_waiting().sent) == (1, 0)
    assert len(mailoutbox) == 1


def test_what_a_person_may_no_longer_see_is_dropped(letter, rain, mailoutbox):
    rain.blind = {letter.recipient_id}

    report = send_waiting()

    letter.refresh_from_db()
    assert (report.sent, letter.state, mailoutbox) == (0, "dropped", [])


def test_what_is_gone_or_empty_is_dropped(letter, space, ada, rain, mailoutbox):
    gone = DeliveryFactory(recipient=ada, target="999999")
    rain.gone = {letter.pk: None}

    send_waiting()

    assert set(Delivery.objects.values_list("pk", "state")) == {
        (letter.pk, "dropped"),
        (gone.pk, "dropped"),
    }
    assert mailoutbox == []


def test_too_late_is_missed(letter, mailoutbox):
    Delivery.objects.update(expires=timezone.now() + timedelta(hours=1))

    report = send_waiting(timezone.now() + timedelta(hours=2))

    letter.refresh_from_db()
    assert (report.missed, letter.state, mailoutbox) == (1, "missed", [])


def test_a_kind_that_has_gone_fails_and_says_so(space, ben):
    row = DeliveryFactory(recipient=ben, kind="gone.app_removed", target=space.pk)

    send_waiting()

    row.refresh_from_db()
    assert (row.state, row.error) == ("failed", "no Kind is called gone.app_removed")


def test_one_letter_that_cannot_be_written_does_not_stop_the_others(
    letter, space, ada, rain, mailoutbox
):
    DeliveryFactory(recipient=ada, target=space.pk)
    rain.gone = {letter.pk: {"told": object()}}
    rain.mail_context = lambda target, delivery: (
        {"told": 1 / 0} if delivery.pk == letter.pk else {"told": timezone.now()}
    )

    report = send_waiting()

    letter.refresh_from_db()
    assert (report.sent, report.retried, letter.state) == (1, 1, "waiting")
    assert letter.due > timezone.now()


def test_refused_for_good_fails_and_the_rest_goes_out(sink, letter, space, ada):
    DeliveryFactory(recipient=ada, target=space.pk)
    sink.on_rcpt = {"ben@example.org": "550 No such user"}.get

    report = send_waiting()

    letter.refresh_from_db()
    assert (report.sent, report.failed, sink.addresses) == (1, 1, ["ada@example.org"])
    assert (letter.state, letter.error) == ("failed", "550 No such user")


def test_not_now_is_tried_again_ever_later_until_it_fails(sink, letter):
    sink.on_rcpt = lambda address: "451 Later"
    now = timezone.now()
    pauses = []

    for _attempt in range(rounds.MAX_ATTEMPTS):
        send_waiting(now)
        letter.refresh_from_db()
        pauses.append(round((letter.due - now).total_seconds() / 60))
        now = max(letter.due, now)

    assert pauses[:4] == [1, 5, 15, 60]
    assert (letter.state, letter.attempts) == ("failed", rounds.MAX_ATTEMPTS)
    assert (letter.error, sink.kept) == ("451 Later", [])


def test_a_server_that_is_away_costs_no_attempt(letter, settings, sink):
    settings.EMAIL_PORT = 9
    for minute in range(20):
        report = send_waiting(timezone.now() + timedelta(minutes=2 * minute))
    settings.EMAIL_PORT = sink.port
    letter.refresh_from_db()
    assert (report.is_server_away, letter.state, letter.attempts) == (
        True,
        "waiting",
        0,
    )

    send_waiting(timezone.now() + timedelta(minutes=50))

    assert sink.addresses == ["ben@example.org"]


def test_a_dead_claim_is_finished_from_its_ledger(letter, space, ada, rain, mailoutbox):
    other = DeliveryFactory(recipient=ada, target=space.pk)
    Delivery.objects.update(
        state="claimed",
        claimed=timezone.now() - timedelta(minutes=2),
        claimed_by="dead",
        attempts=1,
    )
    Ledger("dead").note(letter.pk)

    report = send_waiting()

    assert (report.recovered, report.sent) == (2, 1)
    assert [mail.to for mail in mailoutbox] == [["ada@example.org"]]
    assert rain.told == [f"user-{letter.recipient_id}", f"user-{ada.pk}"]
    assert set(Delivery.objects.values_list("pk", "state", "attempts")) == {
        (letter.pk, "sent", 1),
        (other.pk, "sent", 1),  # the try of the dead was none
    }


def test_a_claim_whose_ledger_is_away_waits_for_it(letter, settings, mailoutbox):
    Delivery.objects.update(
        state="claimed",
        claimed=timezone.now() - timedelta(minutes=2),
        claimed_by="dead2",
    )
    settings.REDIS_URL = "redis://127.0.0.1:9/0"

    assert recover_dead_claims() == 0
    assert Delivery.objects.get().state == "claimed"


def test_without_redis_each_letter_is_marked_at_once(
    letter, space, ada, settings, sink
):
    DeliveryFactory(recipient=ada, target=space.pk)
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    states = []
    sink.on_data = lambda to, data: states.append(to)

    report = send_waiting()

    assert report.sent == 2
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def die_with(claim, rows, in_hand):
    """Leave a claim behind as a worker does that ends with a letter in hand."""
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
        state="claimed",
        claimed=timezone.now() - timedelta(minutes=2),
        claimed_by=claim,
        attempts=F("attempts") + 1,
    )
    Ledger(claim).take_up(in_hand.pk)


def test_a_letter_that_kills_its_workers_is_set_aside_and_the_others_go_out(
    letter, space, ada, mailoutbox
):
    other = DeliveryFactory(recipient=ada, target=space.pk, due=letter.due)
    now = timezone.now()

    die_with("dead3", [letter, other], in_hand=letter)
    assert recover_dead_claims(now) == 2
    die_with("dead4", [letter, other], in_hand=letter)
    assert send_waiting(now).sent == 1
    assert [mail.to for mail in mailoutbox] == [["ada@example.org"]]
    letter.refresh_from_db()
    assert (letter.state, letter.deaths, letter.attempts) == ("waiting", 2, 2)
    assert letter.due == now + timedelta(minutes=1)

    die_with("dead5", [letter], in_hand=letter)
    send_waiting(now)

    letter.refresh_from_db()
    assert (letter.state, letter.deaths) == ("failed", outbox.MAX_DEATHS)
    assert letter.error == "set aside: its worker ended each time it was in hand"
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("people", [1, 30])
def test_queries_do_not_grow_with_recipients(space, people):
    for person in UserFactory.create_batch(people):
        DeliveryFactory(recipient=person, target=space.pk)
    send_waiting()  # warm

    for person in UserFactory.create_batch(people):
        DeliveryFactory(recipient=person, target=space.pk)
    with CaptureQueriesContext(connection) as queries:
        send_waiting()

    assert len(queries) == 18
