"""One word does something; more than one word is a message."""

import pytest
from django.utils import translation

from accounts.reachability import note_complaint, stopped_among
from conversations.marks import Reaction
from conversations.models import Follow, Message
from inbound.actions import Outcome, receive
from inbound.commands import command_in
from notifications.outbox import send_waiting
from notifications.words import TABLE, word_for

EVERY_WORD = [
    (name, word)
    for name, languages in TABLE.items()
    for words in languages.values()
    for word in words.split(" · ")
]


@pytest.mark.parametrize(("name", "word"), EVERY_WORD)
def test_every_word_of_the_table_is_understood(name, word):
    """Also shouted, with a full stop, and with one's name below."""
    for text in (word, word.upper(), f"{word}.", f"\n{word}\n\nThanks,\nBen\n"):
        said = command_in(text, name="Ben Tetteh")
        assert (said.name, said.rest) == (name, "")


def test_no_word_means_two_things():
    words = [word for _name, word in EVERY_WORD]
    assert len(words) - len(set(words)) <= 8  # "seguir", "diario" … mean the same twice
    meanings = {}
    for name, word in EVERY_WORD:
        assert meanings.setdefault(word, name) == name


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt", "sw"])
def test_our_letters_teach_words_that_we_understand(language):
    with translation.override(language):
        for name in TABLE:
            assert command_in(word_for(name)).name == name


@pytest.mark.parametrize(
    "text",
    [
        "Help!\n\nOur well is dry. What do we do?",
        "stop\nthey are felling the trees",
        "Weekly we meet on Tuesday.",
        "mute swans came back",
        "off we go",
        "follow the river",
        "daily\nweekly",
        "",
        "1",
    ],
)
def test_messages_that_begin_like_a_command_are_messages(text):
    assert command_in(text, name="Ben Tetteh") is None


def told_back(mailoutbox):
    send_waiting()
    answers = [mail for mail in mailoutbox if "In-Reply-To" in mail.extra_headers]
    return [mail.body for mail in answers if mail.to == ["ben@example.org"]]


def test_agreeing_by_mail_and_taking_it_back(told, written, ben, mailoutbox):
    letter = told(ben)

    assert receive(written("+1\n\nBen"), letter.reply_address) is Outcome.TAKEN

    reaction = Reaction.objects.get()
    assert (reaction.person, reaction.kind) == (ben, "same")
    assert Message.objects.count() == 1
    assert "answer with: -1" in told_back(mailoutbox)[-1]
    receive(written("-1"), letter.reply_address)
    assert not Reaction.objects.exists()


def test_who_agrees_and_says_more_has_both(told, written, ben):
    letter = told(ben)

    receive(written("+1\nand we dig in May"), letter.reply_address)

    assert Reaction.objects.count() == 1
    assert Message.objects.latest("pk").body == "and we dig in May"


def test_mute_and_follow(told, written, ben, thread, mailoutbox):
    letter = told(ben)

    receive(written("mute"), letter.reply_address)
    muted = thread.follows.get(person=ben).level
    receive(written("Follow"), letter.reply_address)

    assert (muted, thread.follows.get(person=ben).level) == (
        Follow.Level.NOTHING,
        Follow.Level.EVERYTHING,
    )
    assert Message.objects.count() == 1
    first, second = told_back(mailoutbox)
    assert "answer with: follow" in first
    assert "answer with: mute" in second


@pytest.mark.parametrize(
    ("word", "expected", "says"),
    [
        ("daily", ("daily", "concerned"), "every day now"),
        ("weekly", ("weekly", "concerned"), "once a week now"),
        ("monthly", ("monthly", "concerned"), "once a month now"),
        ("off", ("off", "concerned"), "does not come any more"),
        ("stop", ("off", "nothing"), "No letters come from Forest Forum"),
    ],
)
def test_how_often_letters_come(
    told, written, ben, space, mailoutbox, word, expected, says
):
    letter = told(ben)

    assert receive(written(word), letter.reply_address) is Outcome.TAKEN

    member = space.memberships.get(person=ben)
    assert (member.digest, member.notice_level) == expected
    assert Message.objects.count() == 1
    (back,) = told_back(mailoutbox)
    assert says in back
    assert "answer with" in back


@pytest.mark.parametrize(
    ("word", "are_wanted"),
    [("weekly", True), ("stop", False), ("off", False), ("help", False)],
)
def test_after_a_complaint_only_who_asks_for_letters_gets_some(
    told, written, ben, word, are_wanted
):
    letter = told(ben)
    note_complaint(ben.email)

    receive(written(word), letter.reply_address)

    assert bool(stopped_among([ben.email])) != are_wanted


def test_help_in_the_persons_language(told, written, ben, space, mailoutbox):
    ben.language = "sw"
    ben.save()
    letter = told(ben)

    receive(written("msaada"), letter.reply_address)

    (back,) = told_back(mailoutbox)
    assert "nyamazisha" in back
    assert "kila wiki" in back
    member = ben.memberships.get(space=space)
    assert member.post_address in back
    assert member.story_address in back
    assert Message.objects.count() == 1


def test_an_answer_to_our_answer_is_an_answer_to_the_letter(
    told, written, ben, space, mailoutbox
):
    """People answer what came last: undoing is answering "this is what it did"."""
    letter = told(ben)
    receive(written("stop"), letter.reply_address)
    told_back(mailoutbox)
    address = mailoutbox[-1].reply_to[0]
    assert address != letter.reply_address

    assert receive(written("weekly"), address) is Outcome.TAKEN
    assert receive(written("Two feet."), address) is Outcome.TAKEN
    stranger = receive(written("weekly", sender="x@example.net"), address)

    assert space.memberships.get(person=ben).digest == "weekly"
    assert Message.objects.latest("pk").body == "Two feet."
    assert stranger is Outcome.HELD


def test_asking_for_letters_ends_a_complaint(told, written, ben):
    letter = told(ben)
    note_complaint("ben@example.org")
    receive(written("Two feet."), letter.reply_address)
    assert stopped_among(["ben@example.org"])

    receive(written("weekly"), letter.reply_address)

    assert stopped_among(["ben@example.org"]) == {}


def test_words_of_a_member_mean_nothing_from_a_guest(told, written, ben, space):
    """Who has left is refused, whatever the word."""
    letter = told(ben)
    space.memberships.filter(person=ben).update(status="left")

    assert receive(written("+1"), letter.reply_address) is Outcome.REFUSED
    assert not Reaction.objects.exists()
