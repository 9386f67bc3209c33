"""How talk is told: lines, letters, answers by mail."""

import pytest
from django.core.exceptions import PermissionDenied

from conversations.actions import hide_message, post_message, post_to_exchange
from conversations.models import Message
from notifications.kinds import kind_of
from notifications.letters import compose
from notifications.models import Delivery, Notice

pytestmark = pytest.mark.django_db
POSTED = "conversations.message_posted"


class Letter:
    """What inbound hands to a Kind."""

    def __init__(self, text, message_id="<one@example.org>"):
        self.text = text
        self.message_id = message_id


@pytest.fixture
def answered(space, ben, oda):
    """Ben asked, Oda answered, Ben is told."""
    thread = post_to_exchange(
        space, by=ben, body="Who keeps the ledger?\nWe do not.", talk="question"
    ).thread
    return post_message(thread, by=oda, body="The **chief**, @Ben asked #ledger")


def told(slug):
    delivery = Delivery.objects.get(kind=slug)
    kind = kind_of(slug)
    return kind, kind.load([delivery.target])[delivery.target], delivery


@pytest.mark.parametrize(
    ("talk", "line"),
    [
        ("question", "Ben Tetteh asks: “Who keeps the ledger?”"),
        ("experience", "Ben Tetteh tells: “Who keeps the ledger?”"),
        ("thanks", "Ben Tetteh gives thanks: “Who keeps the ledger?”"),
        ("", "Ben Tetteh wrote “Who keeps the ledger?”"),
    ],
)
def test_the_line_of_a_new_post_is_human(space, ben, oda, talk, line):
    oda.memberships.update(notice_level="everything")

    post_to_exchange(space, by=ben, body="Who keeps the ledger?\nWe.", talk=talk)

    notice = Notice.objects.get(recipient=oda)
    kind = kind_of(notice.kind)
    target = kind.load([notice.target])[notice.target]
    assert kind.line(target, notice.about) == line


def test_who_wants_only_their_own_threads_hears_of_no_new_post(space, ben, oda):
    post_to_exchange(space, by=ben, body="A new post")

    assert not Notice.objects.exists()


def test_the_letter_of_a_mention_reads_well(answered):
    kind, target, delivery = told("conversations.person_mentioned")

    letter = compose(kind, target, delivery)

    assert letter.subject == "Oda Lund named you: Who keeps the ledger?"
    assert "Oda Lund named you in “Who keeps the ledger?”" in letter.text
    assert "The chief, @Ben asked #ledger" in letter.text
    assert "<strong>chief</strong>" in letter.html
    assert 'href="/' not in letter.html
    assert answered.get_absolute_url() in letter.text


def test_the_letter_of_an_answer_reads_well(space, ben, oda):
    thread = post_to_exchange(space, by=ben, body="Who & why?").thread
    post_message(thread, by=oda, body="Because", talk="view")

    letter = compose(*told(POSTED))

    assert letter.subject == "Re: Who & why?"
    first_words = "Oda Lund answered in “Who & why?”:\n\n[Different view] Because\n"
    assert first_words in letter.text
    assert letter.headers["References"].startswith(f"<thread.{thread.pk}@")


def test_an_answer_by_mail_is_posted_once(space, ben, oda):
    thread = post_to_exchange(space, by=ben, body="Who?").thread
    post_message(thread, by=oda, body="We")
    kind, target, delivery = told(POSTED)

    sentences = {kind.answer(target, delivery, Letter("By mail")) for _ in range(2)}

    assert sentences == {""}
    assert list(
        Message.objects.filter(came_by="mail").values_list("author", "body")
    ) == [(ben.pk, "By mail")]


def test_who_has_left_answers_no_more(space, ben, oda):
    thread = post_to_exchange(space, by=ben, body="Who?").thread
    post_message(thread, by=oda, body="We")
    ben.memberships.update(status="left")
    kind, target, delivery = told(POSTED)

    with pytest.raises(PermissionDenied):
        kind.answer(target, delivery, Letter("Still here"))

    assert not kind.may_see(ben, target)
    assert kind.may_see(oda, target)


def test_what_is_hidden_is_told_no_more(answered, sam):
    hide_message(answered, by=sam, reason="House rule 3")

    assert kind_of(POSTED).load([str(answered.pk)]) == {}
