"""Letters that come back, complaints, forged senders, floods."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Reachability
from accounts.reachability import (
    STOPS_AT,
    heard_from,
    note_failure,
    resume,
    stopped_among,
)
from conversations.models import Message
from inbound import limits
from inbound.actions import Outcome, receive
from inbound.authentication import is_forged, verdicts
from inbound.models import ReceivedLetter
from notifications.models import Notice
from notifications.outbox import send_waiting

BEN = "ben@example.org"
OURS = "mail.example.org"

DSN = """From: MAILER-DAEMON@relay.example
To: hello@mail.alliance.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: message/delivery-status

Final-Recipient: rfc822; ben@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}
--b--
"""
ARF = """From: fbl@provider.example
To: hello@mail.alliance.example
Subject: complaint
Content-Type: multipart/report; report-type=feedback-report; boundary="b"
MIME-Version: 1.0

--b
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: Provider/1

--b
Content-Type: message/rfc822

Message-ID: {message_id}

x
--b--
"""
EXIM = """From: Mail Delivery System <Mailer-Daemon@old.example>
X-Failed-Recipients: ben@example.org
Subject: Mail delivery failed: returning message to sender

  ben@example.org
    host mx.example [192.0.2.1]
    SMTP error from remote mail server after RCPT TO: 550 5.1.1 no such user

Message-ID: {message_id}
"""


def comes_back(letter, status="5.1.1", said="550 5.1.1 no such user", action="failed"):
    raw = DSN.format(
        action=action, status=status, said=said, message_id=letter.message_id
    )
    return receive(raw.encode(), "hello@mail.alliance.example", envelope_from="")


@pytest.mark.parametrize(
    ("status", "said", "action", "score"),
    [
        ("5.1.1", "550 5.1.1 no such user", "failed", 5),
        ("5.2.1", "550 5.2.1 disabled", "failed", 5),
        ("5.0.0", "550 mailbox does not exist", "failed", 5),
        ("5.2.2", "552 5.2.2 mailbox full", "failed", 1),
        ("4.4.7", "delivery time expired", "failed", 1),
        ("5.7.1", "550 5.7.1 we do not like you", "failed", None),
        ("4.4.1", "no route yet", "delayed", None),
    ],
)
def test_what_counts_against_an_address(told, ben, status, said, action, score):
    comes_back(told(ben), status, said, action)

    row = Reachability.objects.first()
    assert (row and row.score) == score
    assert bool(stopped_among([BEN])) == (score == STOPS_AT)


def test_one_hard_bounce_stops_mail_and_stewards_hear_of_it(
    told, written, ben, oda, sam, ada, space, mailoutbox
):
    letter = told(ben)

    assert comes_back(letter) is Outcome.BOUNCED
    assert comes_back(letter) is Outcome.IGNORED  # known already

    letter.refresh_from_db()
    assert (letter.state, "no such user" in letter.error) == ("failed", True)
    lines = Notice.objects.filter(kind="inbound.address_stopped")
    # Ben belongs to three spaces that Ada and Sam tend.
    assert {(each.recipient_id, each.scope) for each in lines} == {
        (who.pk, f"space-{member.space_id}")
        for who in (ada, sam)
        for member in ben.memberships.all()
    }
    # Nothing more goes to Ben; Sam, who follows as well, still hears.
    thread = Message.objects.get().thread
    for person in (ben, sam):
        thread.follows.update_or_create(person=person)
    mailoutbox.clear()
    receive(written("More.", sender="oda@example.org"), told(oda).reply_address)
    send_waiting()
    assert [mail.to[0] for mail in mailoutbox] == ["sam@example.org"]


def test_writing_in_begins_anew(told, written, ben):
    letter = told(ben)
    comes_back(letter)
    assert stopped_among([BEN])

    receive(written("I am here."), told(ben, occurrence="2").reply_address)

    assert not Reachability.objects.exists()


def test_a_forged_from_does_not_begin_anew(told, written, ben):
    comes_back(told(ben))
    letter = told(ben, occurrence="2")

    receive(written("x", sender="x@example.net"), letter.reply_address)

    assert stopped_among([BEN])


def test_soft_failures_count_once_a_day_and_are_forgotten(db):
    begin = timezone.now()
    for hour in range(12):
        note_failure(BEN, is_hard=False, now=begin + timedelta(hours=hour))
    assert Reachability.objects.get().score == 1
    for day in range(1, 4):
        note_failure(BEN, is_hard=False, now=begin + timedelta(days=day))
    assert not stopped_among([BEN])
    assert note_failure(BEN, is_hard=False, now=begin + timedelta(days=4))
    assert stopped_among([BEN.upper()])
    heard_from(BEN)

    note_failure(BEN, is_hard=False, now=begin)
    note_failure(BEN, is_hard=False, now=begin + timedelta(days=40))
    assert Reachability.objects.get().score == 1


@pytest.mark.parametrize(("kind", "stops"), [("abuse", True), ("not-spam", False)])
def test_a_complaint_stops_mail_until_the_person_wants_it(told, ben, kind, stops):
    letter = told(ben)
    raw = ARF.format(kind=kind, message_id=letter.message_id).encode()

    receive(raw, "hello@mail.alliance.example", envelope_from="")

    assert bool(stopped_among([BEN])) == stops
    heard_from(BEN)
    assert bool(stopped_among([BEN])) == stops
    assert resume(BEN) == stops
    assert not stopped_among([BEN])


def test_old_servers_reports_are_read_too(told, ben):
    letter = told(ben)
    raw = EXIM.format(message_id=letter.message_id).encode()

    receive(raw, "hello@mail.alliance.example", envelope_from="")

    assert stopped_among([BEN])


def neighbours(letter):
    """What somebody who got the letter before this one can make up about it."""
    proof = letter.message_id.split(".")[3].partition("@")[0]
    made = int(letter.created.timestamp())
    return [
        f"<delivery.{letter.pk}.1700000000@mail.alliance.example>",
        f"<delivery.{letter.pk}.{made}@mail.alliance.example>",
        f"<delivery.{letter.pk}.{made}.{proof[::-1]}@mail.alliance.example>",
        f"<delivery.{letter.pk}.{made + 1}.{proof}@mail.alliance.example>",
        letter.message_id.replace(f".{letter.pk}.", f".{'9' * 18}."),
        letter.message_id.replace(f".{letter.pk}.", f".{letter.pk}٣."),
    ]


@pytest.mark.parametrize("text", [DSN, ARF, EXIM])
@pytest.mark.parametrize("way", range(6))
def test_nobody_stops_anothers_mail_by_guessing(told, ben, text, way):
    guessed = neighbours(told(ben))[way]
    raw = text.format(
        action="failed", status="5.1.1", said="x", kind="abuse", message_id=guessed
    )

    outcome = receive(raw.encode(), "hello@mail.alliance.example", envelope_from="")

    assert outcome is Outcome.IGNORED
    assert not Reachability.objects.exists()


# ── Who wrote it ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("headers", "found", "forged"),
    [
        ([f"{OURS}; spf=pass smtp.mailfrom=x; dkim=pass header.d=y"],
         "spf=pass dkim=pass", False),
        ([f"{OURS}; spf=fail smtp.mailfrom=x; dkim=none"], "spf=fail dkim=none", True),
        ([f"{OURS}; spf=fail; dkim=pass (2048 bit)"], "spf=fail dkim=pass", False),
        ([f"{OURS}; dkim=fail; dkim=pass header.d=y"], "dkim=pass", False),
        ([f"{OURS}; dmarc=fail (p=none) header.from=y; dkim=pass"],
         "dkim=pass dmarc=fail", True),
        ([f"{OURS}; dmarc=pass; spf=fail"], "spf=fail dmarc=pass", False),
        ([f"{OURS} 1; spf=softfail"], "spf=softfail", False),
        # Somebody else's, also below ours, and ours hidden in a comment.
        (["evil.example; spf=pass"], "", False),
        ([f"{OURS}; spf=fail", f"{OURS}; spf=pass"], "spf=fail", True),
        ([f"evil.example ({OURS}); spf=pass"], "", False),
        ([f"{OURS}"], "", False),
        ([], "", False),
    ],
)  # fmt: skip
def test_only_our_own_servers_findings_count(settings, headers, found, forged):
    settings.ALLIANCE_MAIL_AUTHSERV = [OURS]
    assert verdicts(headers) == found
    assert is_forged(found) == forged

    settings.ALLIANCE_MAIL_AUTHSERV = []
    assert verdicts(headers) == ""


def test_a_forged_letter_waits_though_its_address_is_right(
    told, written, ben, ada, settings
):
    settings.ALLIANCE_MAIL_AUTHSERV = [OURS]
    letter = told(ben)
    raw = written("Me.", Authentication_Results=f"{OURS}; spf=fail; dkim=none")
    good = written("Me too.", Authentication_Results=f"{OURS}; spf=pass")

    assert receive(raw, letter.reply_address) is Outcome.HELD
    assert receive(good, letter.reply_address) is Outcome.TAKEN

    held, taken = ReceivedLetter.objects.order_by("pk")
    assert (held.verdicts, taken.verdicts) == ("spf=fail dkim=none", "spf=pass")
    assert "spf=fail" in held.reason
    assert Notice.objects.filter(kind="inbound.mail_waits", recipient=ada).exists()


# ── Floods ───────────────────────────────────────────────────────────────────


def fill(number, **fields):
    ReceivedLetter.objects.bulk_create(
        ReceivedLetter(key=f"k{count}", message_id="<x>", **fields)
        for count in range(number)
    )


@pytest.mark.parametrize("of", ["sender", "space"])
def test_too_many_letters_come_back_and_count_again_later(
    told, written, ben, space, mailoutbox, of
):
    letter = told(ben)
    (span, most), _day = limits.PER_SENDER if of == "sender" else limits.PER_SPACE
    fields = {"sender": BEN} if of == "sender" else {"sender": "o@x", "space": space}
    fill(most - 1, received=timezone.now() - timedelta(minutes=50), **fields)

    assert receive(written("Just one."), letter.reply_address) is Outcome.TAKEN
    assert receive(written("One more."), letter.reply_address) is Outcome.REFUSED
    later = timezone.now() + span
    again = receive(written("One more."), letter.reply_address, now=later)

    assert again is Outcome.TAKEN
    send_waiting()
    if of == "space":
        (back,) = [mail for mail in mailoutbox if mail.to == [BEN]]
        assert "One more." in back.body


def test_letters_in_a_members_name_do_not_use_up_their_turn(told, written, ben, space):
    letter = told(ben)
    fields = {"sender": BEN, "space": space, "is_doubted": True}
    fill(limits.PER_SPACE[0][1], received=timezone.now(), **fields)

    assert receive(written("Really mine."), letter.reply_address) is Outcome.TAKEN


def test_a_stranger_cannot_fill_the_waiting_room(told, written, ben, ada):
    letter = told(ben)

    outcomes = [
        receive(written("x", sender="x@example.net"), letter.reply_address)
        for _round in range(limits.MOST_HELD + 2)
    ]

    assert outcomes == [Outcome.HELD] * limits.MOST_HELD + [Outcome.REFUSED] * 2
    # One line in Ada's inbox for each, folded into one; one mail about each at most.
    waits = Notice.objects.filter(kind="inbound.mail_waits", recipient=ada)
    assert waits.values("group_key").distinct().count() == 1
