"""What an answer to a digest says, and what it does."""

from datetime import timedelta
from email.message import EmailMessage

import pytest

from accounts.reachability import note_complaint, stopped_among
from conversations.models import Follow, Message
from digests.actions import prepare_due
from digests.answers import number_in, read
from digests.links import item_address
from digests.models import Issue
from inbound.actions import Outcome, receive
from notifications.kinds import kind_of
from notifications.models import Delivery
from notifications.outbox import send_waiting
from spaces.models import Membership
from tests.factories.conversations import ThreadFactory
from tests.factories.stories import StoryFactory
from tests.factories.webinars import WebinarFactory
from webinars.models import Registration


@pytest.mark.parametrize(
    ("text", "parts", "loose"),
    [
        ("3: Two feet.", [("say", 3, "Two feet.")], ""),
        ("3 : Two feet.", [("say", 3, "Two feet.")], ""),
        ("#3: Two feet.", [("say", 3, "Two feet.")], ""),
        ("3. Two feet.", [("say", 3, "Two feet.")], ""),
        ("3) Two feet.", [("say", 3, "Two feet.")], ""),
        ("3 - Two feet.", [("say", 3, "Two feet.")], ""),
        ("٣: قدمان", [("say", 3, "قدمان")], ""),
        ("Reply 3: Two feet.", [("say", 3, "Two feet.")], ""),
        ("reply to 3 two feet", [("say", 3, "two feet")], ""),
        ("Répondre à 3 : deux pieds", [("say", 3, "deux pieds")], ""),
        ("Responder a 3: dos pies", [("say", 3, "dos pies")], ""),
        ("Jibu 3: futi mbili", [("say", 3, "futi mbili")], ""),
        ("3:\nTwo feet.\n\nOr three.", [("say", 3, "Two feet.\n\nOr three.")], ""),
        # several in one mail, with a list and a time inside
        (
            "3: Because:\n1. dust\n2. ash\n\n1: At\n7:30 as ever.",
            [("say", 3, "Because:\n1. dust\n2. ash"), ("say", 1, "At\n7:30 as ever.")],
            "",
        ),
        ("1. yes\n2. no", [("say", 1, "yes"), ("say", 2, "no")], ""),
        ("3: a\n4: b\n3: c", [("say", 3, "a\n\nc"), ("say", 4, "b")], ""),
        # words without a number come back
        ("Dear all,\n\n3: Two feet.", [("say", 3, "Two feet.")], "Dear all,"),
        ("Two feet.", [], "Two feet."),
        ("At 7:30 as always", [], "At 7:30 as always"),
        ("A 3 metre belt is enough.", [], "A 3 metre belt is enough."),
        # a number that the digest has not got: said so, unless it is part of an answer
        ("9: Two feet.", [("say", 9, "Two feet.")], ""),
        ("3: Verse\n9: no item", [("say", 3, "Verse\n9: no item")], ""),
        # verbs
        ("mute 3", [("mute", 3, "")], ""),
        ("3 mute", [("mute", 3, "")], ""),
        ("3: mute.", [("mute", 3, "")], ""),
        ("Nyamazisha 3", [("mute", 3, "")], ""),
        ("+1 3", [("nod", 3, "")], ""),
        ("3 +1", [("nod", 3, "")], ""),
        ("3: 👍", [("nod", 3, "")], ""),
        ("+13 degrees", [], "+13 degrees"),
        ("weekly", [("digest", None, "weekly")], ""),
        ("Kila wiki.", [("digest", None, "weekly")], ""),
        ("3: x\n\nmonthly", [("say", 3, "x"), ("digest", None, "monthly")], ""),
        ("3: How often?\nweekly", [("say", 3, "How often?\nweekly")], ""),
        ("OFF", [("digest", None, "off")], ""),
        ("stop", [("stop", None, "")], ""),
        ("Msaada", [("help", None, "")], ""),
        ("+1 3\nmute 4\n5: x", [("nod", 3, ""), ("mute", 4, ""), ("say", 5, "x")], ""),
    ],
)  # fmt: skip
def test_read(text, parts, loose):
    said = read(text, 6)

    assert [(part.verb, part.number, part.words) for part in said.parts] == parts
    assert said.loose == loose


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Two feet.\n1. or\n2. more", ("say", 4, "Two feet.\n1. or\n2. more")),
        ("Mute", ("mute", 4, "")),
        ("👍", ("nod", 4, "")),
    ],
)
def test_an_items_own_address_takes_the_whole_mail(text, part):
    (only,) = read(text, 6, number=4).parts

    assert (only.verb, only.number, only.words) == part


@pytest.mark.parametrize(
    ("subject", "number"),
    [
        ("3:", 3),
        ("Re: 3: How deep?", 3),
        ("AW: Re: 12: x", 12),
        ("Re: 2 questions without an answer", None),
        ("Re: 7:30 tomorrow", None),
        ("", None),
    ],
)
def test_number_in_a_subject(subject, number):
    assert number_in(subject) == number


@pytest.fixture
def digest(space, ben, oda, ada, says, delivered, morning, yesterday, monkeypatch):
    """Ben's digest has gone out; its ``Issue``, and what stood in it."""
    monkeypatch.setattr("notifications.tasks.nudge", lambda: None)
    delivered()
    question = says(space, oda, "How deep?", talk=says.QUESTION)
    talk = says(space, ada, "It rained.")
    story = StoryFactory(
        space=space, author=ada, published=yesterday, thread=ThreadFactory(space=space)
    )
    webinar = WebinarFactory(
        space=space,
        created_by=ada,
        created=yesterday,
        starts=morning + timedelta(days=2),
        ends=morning + timedelta(days=2, hours=1),
        thread=ThreadFactory(space=space),
    )
    prepare_due(morning)
    send_waiting(morning)
    issue = Issue.objects.get(membership__person=ben, membership__space=space)
    issue.things = {
        "question": question.thread,
        "talk": talk.thread,
        "story": story,
        "webinar": webinar,
    }
    return issue


def mailed(issue, text, *, to=None, number=1, sender="ben@example.org"):
    """Ben answers by mail, a week and more later; what he is told, or None."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = f"Ben <{sender}>", "Re: 1 question (Forest Forum)"
    mail["Message-ID"] = f"<{number}@example.org>"
    mail.set_content(text)
    outcome = receive(
        mail.as_bytes(),
        to or issue.delivery.reply_address,
        now=issue.until + timedelta(days=42),
    )
    told = Delivery.objects.filter(kind__startswith="inbound.letter_").last()
    return outcome, told and told.about["reason"]


def said_in(thread):
    return list(thread.messages.order_by("pk").values_list("body", "author__name"))


def test_what_stood_under_each_number_is_kept(digest):
    things = digest.things

    assert digest.items == [
        f"thread-{things['question'].pk}",
        f"thread-{things['talk'].pk}",
        f"story-{things['story'].pk}",
        f"webinar-{things['webinar'].pk}",
    ]
    assert [digest.item(number) for number in (0, 3, 5)] == [
        None, ("story", things["story"].pk), None,
    ]  # fmt: skip


def test_several_items_are_answered_in_one_mail_six_weeks_later(digest, ben):
    things = digest.things

    outcome, told = mailed(
        digest, "1: Two feet.\n\n3: We tried this, too.\nTwice.\n\n4: yes\n"
    )

    assert outcome is Outcome.TAKEN
    assert said_in(things["question"]) == [
        ("How deep?", "Oda Lund"), ("Two feet.", "Ben Tetteh"),
    ]  # fmt: skip
    assert said_in(things["story"].thread) == [
        ("We tried this, too.\nTwice.", "Ben Tetteh")
    ]
    answer = things["question"].messages.last()
    assert answer.came_by == Message.CameBy.MAIL
    assert Registration.objects.get(person=ben).answer == "yes"
    assert told.count("your answer is there") == 2


def test_the_same_mail_twice_answers_once(digest):
    first, _told = mailed(digest, "1: Two feet.\n2: Good.")
    # Another letter of the same id, as a second server might bring it.
    second, _told = mailed(
        digest, "Two feet.", to=item_address(digest.delivery.reply_token, 1)
    )

    assert first is Outcome.TAKEN
    assert len(said_in(digest.things["question"])) == 2
    assert len(said_in(digest.things["talk"])) == 2
    assert second is Outcome.TAKEN


def test_an_item_has_its_own_address(digest):
    address = item_address(digest.delivery.reply_token, 2)

    outcome, _told = mailed(digest, "Here too.", to=address)

    assert outcome is Outcome.TAKEN
    assert said_in(digest.things["talk"])[-1] == ("Here too.", "Ben Tetteh")


def test_mute_and_nod(digest, ben):
    mailed(digest, "mute 1\n+1 2")

    follow = Follow.objects.get(person=ben, thread=digest.things["question"])
    assert follow.level == "nothing"
    opening = digest.things["talk"].messages.first()
    assert list(opening.reactions.values_list("person", "kind")) == [(ben.pk, "same")]


@pytest.mark.parametrize(
    ("word", "digest_then"),
    [("weekly", "weekly"), ("Kila mwezi", "monthly"), ("off", "off"), ("stop", "off")],
)
def test_how_often_it_comes(digest, ben, word, digest_then):
    outcome, told = mailed(digest, f"{word}\n")

    assert outcome is Outcome.TAKEN
    assert digest.membership.space.name in told
    digest.membership.refresh_from_db()
    assert digest.membership.digest == digest_then


@pytest.mark.parametrize(("word", "stays_stopped"), [("weekly", False), ("off", True)])
def test_whoever_asks_for_a_digest_again_gets_letters_again(
    digest, ben, word, stays_stopped
):
    note_complaint(ben.email)

    mailed(digest, word)

    assert (ben.email in stopped_among([ben.email])) is stays_stopped


def test_items_can_be_answered_when_no_digest_is_wanted_any_more(digest):
    mailed(digest, "off", number=1)

    outcome, _told = mailed(digest, "1: Two feet.", number=2)

    assert outcome is Outcome.TAKEN
    assert len(said_in(digest.things["question"])) == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Two feet.", "Put the number of the item in front"),
        ("9: Two feet.", "Number 9: there is no such number in that digest."),
        ("mute 9", "Number 9: there is no such number in that digest."),
    ],
)
def test_what_is_not_understood_comes_back_with_help(digest, text, reason):
    outcome, told = mailed(digest, text)

    assert outcome is Outcome.REFUSED
    assert reason in told
    assert "your words" in told
    back = Delivery.objects.get(kind="inbound.letter_refused")
    assert (
        kind_of(back.kind)
        .mail_context(kind_of(back.kind).load([back.target])[back.target], back)[
            "returned"
        ]
        .strip()
        == text
    )
    assert len(said_in(digest.things["question"])) == 1


def test_what_can_be_done_is_done_and_the_rest_comes_back(digest, farmers, officers):
    things = digest.things
    things["question"].audience, things["question"].audience_group = "group", officers
    things["question"].save()
    things["story"].thread.closed = digest.until
    things["story"].thread.save()

    outcome, told = mailed(digest, "Dear all\n1: Secret.\n2: Good.\n3: Closed.")

    assert outcome is Outcome.TAKEN
    assert said_in(things["talk"])[-1] == ("Good.", "Ben Tetteh")
    assert len(said_in(things["question"])) == 1
    assert said_in(things["story"].thread) == []
    assert "Number 1: it is not there any more" in told
    assert "You wrote: “Secret.”" in told
    assert "You wrote: “Closed.”" in told
    assert "posted nowhere: “Dear all”" in told


@pytest.mark.parametrize("status", ["left", "banned"])
def test_whoever_has_gone_cannot_answer(digest, ben, status):
    Membership.objects.filter(person=ben).update(status=status)

    outcome, _told = mailed(digest, "1: Two feet.")

    assert outcome is Outcome.REFUSED
    assert len(said_in(digest.things["question"])) == 1


def test_somebody_else_cannot_answer_for_them(digest, oda):
    outcome, _told = mailed(digest, "1: Two feet.", sender="oda@example.org")

    assert outcome is Outcome.HELD
    assert len(said_in(digest.things["question"])) == 1
