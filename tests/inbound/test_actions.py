"""Answers by mail: taken, refused with their words, held, or known for a machine's."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from conversations.models import Message
from inbound import limits, taking
from inbound.actions import Outcome, discard_letter, receive, release_letter
from inbound.models import ReceivedLetter
from notifications.models import Delivery
from notifications.outbox import send_waiting

UNKNOWN = "reply+00000000000000000000000000000000@mail.alliance.example"


def answers():
    """Words, author and door of everything said after the question."""
    return list(
        Message.objects.order_by("pk").values_list("body", "author__email", "came_by")[
            1:
        ]
    )


def returned(mailoutbox):
    """(to, text) of what was written back."""
    send_waiting()
    return [(mail.to[0], mail.body) for mail in mailoutbox if "Re: " in mail.subject]


def test_an_answer_is_a_message_like_one_from_the_web(told, written, ben, mailoutbox):
    letter = told(ben)

    outcome = receive(written("Two feet.\n\n-- \nBen"), letter.reply_address)

    assert outcome is Outcome.TAKEN
    assert answers() == [("Two feet.", "ben@example.org", "mail")]
    assert ReceivedLetter.objects.get().text == ""


def test_the_same_mail_twice_is_one_message(told, written, ben):
    letter = told(ben)
    raw = written(message_id="<same@example.org>")

    assert receive(raw, letter.reply_address) is Outcome.TAKEN
    assert receive(raw, letter.reply_address) is Outcome.DUPLICATE
    assert len(answers()) == 1


def test_capital_letters_and_brackets_do_not_matter(told, written, ben):
    letter = told(ben)
    raw = written(sender="Ben@Example.ORG")

    assert receive(raw, f"<{letter.reply_address.upper()}>") is Outcome.TAKEN


def test_a_second_proven_address_is_the_persons_own(told, written, ben):
    letter = told(ben)
    EmailAddress.objects.create(user=ben, email="ben@farm.example", verified=True)
    EmailAddress.objects.create(user=ben, email="ben@fake.example", verified=False)

    own = receive(written(sender="ben@farm.example"), letter.reply_address)
    other = receive(written(sender="ben@fake.example"), letter.reply_address)

    assert (own, other) == (Outcome.TAKEN, Outcome.HELD)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda row: {"reply_expires": timezone.now() - timedelta(days=1)}, "too old"),
        (lambda row: {"reply_revoked": timezone.now()}, "no longer be answered"),
        (lambda row: {"kind": "gone.app_removed"}, "no longer be answered"),
        (lambda row: {"target": "999999"}, "not there any more"),
    ],
)
def test_what_cannot_be_answered_returns_the_words(
    told, written, ben, mailoutbox, spoil, says
):
    letter = told(ben)
    Delivery.objects.filter(pk=letter.pk).update(**spoil(letter))

    outcome = receive(written("Two feet, my friend."), letter.reply_address)

    assert (outcome, answers()) == (Outcome.REFUSED, [])
    ((to, text),) = returned(mailoutbox)
    assert to == "ben@example.org"
    assert says in text
    assert "Two feet, my friend." in text


def test_who_left_is_refused_and_a_member_is_not(told, written, ben, space, mailoutbox):
    letter = told(ben)
    assert receive(written("First."), letter.reply_address) is Outcome.TAKEN
    ben.memberships.filter(space=space).update(status="left")

    assert receive(written("Second."), letter.reply_address) is Outcome.REFUSED
    assert [body for body, _author, _door in answers()] == ["First."]
    ((_to, text),) = returned(mailoutbox)
    assert "no longer a member" in text
    assert "Second." in text
    assert "How deep?" not in text.split("Second.")[0]


def test_a_closed_thread_says_no_in_its_own_words(
    told, written, ben, thread, mailoutbox
):
    letter = told(ben)
    thread.space.state = "archived"
    thread.space.save()

    assert receive(written("Two feet."), letter.reply_address) is Outcome.REFUSED
    ((_to, text),) = returned(mailoutbox)
    assert "no longer write" in text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no words of your own"),
        ("> How deep?\n", "no words of your own"),
        ("word " * 10_000, "too long"),
    ],
)
def test_empty_and_endless_answers(told, written, ben, mailoutbox, text, says):
    letter = told(ben)

    outcome = receive(written(text), letter.reply_address)

    assert (outcome, answers()) == (Outcome.REFUSED, [])
    assert says in returned(mailoutbox)[0][1]


def test_refusals_speak_the_persons_language(told, written, ben, mailoutbox):
    ben.language = "fr"
    ben.save()
    letter = told(ben, reply_revoked=timezone.now())

    receive(written(), letter.reply_address)
    send_waiting()

    message = message_from_bytes(
        mailoutbox[0].message().as_bytes(), policy=policy.default
    )
    assert message["Content-Language"] == "fr"
    assert message["Auto-Submitted"] == "auto-replied"


@pytest.mark.parametrize(
    ("headers", "envelope_from"),
    [
        ({"Auto_Submitted": "auto-replied"}, None),
        ({"Auto_Submitted": "auto-generated (vacation)"}, None),
        ({"Precedence": "bulk"}, None),
        ({"X_Autoreply": "yes"}, None),
        ({"X_Loop": "a"}, None),
        ({"List_Id": "<list.example.org>"}, None),
        ({}, ""),
        ({"Return_Path": "<>"}, None),
        ({"Subject": "Out of office: Re: How deep?"}, None),
        ({"Subject": "Automatische Antwort: How deep?"}, None),
        ({"Subject": "Réponse automatique : How deep?"}, None),
        ({"Subject": "Respuesta automática: How deep?"}, None),
        ({"Subject": "Resposta automática: How deep?"}, None),
        ({"Subject": "Undelivered Mail Returned to Sender"}, None),
        ({"sender": "mailer-daemon@example.org"}, None),
        ({"sender": "hello@mail.alliance.example"}, None),
    ],
)
def test_machines_are_neither_taken_nor_answered(
    told, written, ben, mailoutbox, headers, envelope_from
):
    letter = told(ben)
    raw = written("I am away until Monday.", **headers)

    outcome = receive(raw, letter.reply_address, envelope_from=envelope_from)

    assert (outcome, answers()) == (Outcome.IGNORED, [])
    send_waiting()
    assert mailoutbox == []


def test_auto_submitted_no_is_a_person(told, written, ben):
    letter = told(ben)

    outcome = receive(written(Auto_Submitted="no"), letter.reply_address)

    assert outcome is Outcome.TAKEN


def test_strangers_to_unknown_addresses_are_written_nothing(written, db, mailoutbox):
    assert receive(written(sender="spam@example.net"), UNKNOWN) is Outcome.UNKNOWN
    send_waiting()
    assert mailoutbox == []


def test_a_forged_letter_to_nowhere_is_answered_to_nobody(
    written, ben, settings, mailoutbox
):
    settings.ALLIANCE_MAIL_AUTHSERV = ["mx.alliance.example"]
    failed = b"Authentication-Results: mx.alliance.example; dmarc=fail\r\n"

    assert receive(failed + written("Two feet."), UNKNOWN) is Outcome.UNKNOWN

    send_waiting()
    assert (mailoutbox, ReceivedLetter.objects.count()) == ([], 0)


def test_people_with_an_unknown_address_get_their_words_back(written, ben, mailoutbox):
    assert receive(written("Two feet."), UNKNOWN) is Outcome.REFUSED
    ((to, text),) = returned(mailoutbox)
    assert to == "ben@example.org"
    assert "does not exist" in text
    assert "Two feet." in text


@pytest.mark.parametrize(
    "address",
    ["reply+zz@mail.alliance.example", "reply@mail.alliance.example", "", "x",
     "reply+00000000000000000000000000000000@elsewhere.example"],
)  # fmt: skip
def test_addresses_that_are_none(written, db, address):
    raw = written(sender="spam@example.net")

    assert receive(raw, address) is Outcome.UNKNOWN


def test_another_senders_mail_waits_and_its_writer_is_told(
    told, written, ben, oda, root, mailoutbox
):
    letter = told(ben)
    raw = written("It was me.", sender="ben@work.example")

    assert receive(raw, letter.reply_address) is Outcome.HELD
    assert answers() == []
    ((to, text),) = returned(mailoutbox)
    assert to == "ben@work.example"
    assert "It was me." in text

    row = ReceivedLetter.objects.held().get()
    assert release_letter(row, by=root) is Outcome.TAKEN
    assert answers() == [("It was me.", "ben@example.org", "mail")]
    assert release_letter(row, by=root) is Outcome.DUPLICATE
    row.refresh_from_db()
    assert (bytes(row.raw), row.text) == (b"", "")


def test_what_is_discarded_is_forgotten(told, written, ben, root):
    letter = told(ben)
    receive(written(sender="ben@work.example"), letter.reply_address)
    row = ReceivedLetter.objects.get()

    discard_letter(row, by=root)

    row.refresh_from_db()
    assert (row.state, row.text, bytes(row.raw), answers()) == (
        "discarded",
        "",
        b"",
        [],
    )


def test_no_two_machines_talk_for_ever(told, written, ben, mailoutbox):
    letter = told(ben, reply_revoked=timezone.now())

    outcomes = {receive(written(), letter.reply_address) for _round in range(30)}
    send_waiting()

    assert outcomes == {Outcome.REFUSED}
    assert len(mailoutbox) == limits.ANSWERS_PER_HOUR


def test_a_fault_of_ours_takes_nothing_and_the_mail_may_come_again(
    told, written, ben, monkeypatch
):
    letter = told(ben)
    raw = written(message_id="<again@example.org>")
    kind = taking.kind_of(letter.kind)
    monkeypatch.setattr(kind, "answer", lambda *given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        receive(raw, letter.reply_address)
    monkeypatch.undo()

    assert receive(raw, letter.reply_address) is Outcome.TAKEN
    assert len(answers()) == 1


REPORT = """From: MAILER-DAEMON@relay.example
To: hello@mail.alliance.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

It did not go.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; ben@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 No such user

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}
--b--
"""


@pytest.mark.parametrize(
    ("action", "status", "state"),
    [("failed", "5.1.1", "failed"), ("delayed", "4.4.1", "sent")],
)
def test_a_bounce_marks_its_letter(told, ben, action, status, state):
    letter = told(ben)
    raw = REPORT.format(action=action, status=status, message_id=letter.message_id)

    receive(raw.encode(), "hello@mail.alliance.example", envelope_from="")

    letter.refresh_from_db()
    assert letter.state == state
    assert ("No such user" in letter.error) == (state == "failed")


def test_a_bounce_with_a_guessed_number_marks_nothing(told, ben):
    letter = told(ben)
    guessed = f"<delivery.{letter.pk}.1700000000@mail.alliance.example>"
    raw = REPORT.format(action="failed", status="5.1.1", message_id=guessed)

    receive(raw.encode(), "hello@mail.alliance.example", envelope_from="")

    letter.refresh_from_db()
    assert letter.state == "sent"
