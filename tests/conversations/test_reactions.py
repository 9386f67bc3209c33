"""Nods to a message: once per person and kind, told once, never by letter."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from conversations.actions import (
    hide_message,
    mute_thread,
    post_message,
    post_to_exchange,
    react,
    take_reaction_back,
    toggle_reaction,
    withdraw_message,
)
from conversations.models import Message, Reaction
from conversations.wording import nod_in
from notifications.kinds import kind_of
from notifications.models import Delivery, Notice

pytestmark = pytest.mark.django_db
NODDED = "conversations.message_reacted"


def address(message):
    return reverse(
        "conversations:message_react",
        kwargs={"space": message.thread.space.slug, "pk": message.pk},
    )


@pytest.fixture
def message(space, ben):
    return post_to_exchange(space, by=ben, body="We cut belts\nIn March.")


def line_of(notice):
    kind = kind_of(notice.kind)
    target = kind.load_for(notice.recipient, [notice.target])[notice.target]
    return kind.line(target, notice.about)


def test_each_kind_counts_once_per_person(message, oda):
    for kind in ("thanks", "thanks", "same"):
        react(message, by=oda, kind=kind)
    take_reaction_back(message, by=oda, kind="same")

    assert list(message.reactions.values_list("person", "kind")) == [(oda.pk, "thanks")]
    assert toggle_reaction(message, by=oda, kind="thanks") is False
    assert toggle_reaction(message, by=oda, kind="tried") is True
    assert list(message.reactions.values_list("kind", flat=True)) == ["tried"]


def test_the_author_finds_one_line_and_gets_no_letter(message, ben, oda, sam, ada):
    ben.memberships.update(mails_at_once=True, notice_level="everything")
    first = react(message, by=oda, kind="thanks")
    alone = line_of(Notice.objects.get(kind=NODDED))
    react(message, by=oda, kind="same")
    react(message, by=sam, kind="thanks")
    two = line_of(Notice.objects.get(kind=NODDED))
    react(message, by=ada, kind="tried")

    notice = Notice.objects.get(kind=NODDED)
    assert (notice.recipient, first.person) == (ben, oda)
    assert alone == "Oda Lund on your words in “We cut belts”: Thanks"
    assert two == (
        "Oda Lund and Sam Owusu on your words in “We cut belts”: Thanks and Same here"
    )
    assert line_of(notice) == (
        "Oda Lund and 2 others on your words in “We cut belts”: "
        "Thanks, Same here and Tried it too"
    )
    assert not Delivery.objects.filter(kind=NODDED).exists()


def test_who_wants_to_hear_nothing_hears_nothing(message, ben, oda):
    mute_thread(message.thread, by=ben)
    react(message, by=oda, kind="thanks")
    other = post_to_exchange(message.thread.space, by=ben, body="Another")
    ben.memberships.update(notice_level="mentions")
    react(other, by=oda, kind="thanks")

    assert not Notice.objects.filter(kind=NODDED).exists()


def test_the_line_goes_with_the_words(message, ben, oda, sam):
    react(message, by=oda, kind="thanks")
    hide_message(message, by=sam, reason="House rule 3")

    assert kind_of(NODDED).load_for(ben, [str(message.pk)]) == {}


def test_reactions_go_with_withdrawn_words(message, ben, oda):
    post_message(message.thread, by=oda, body="Thank you")
    react(message, by=oda, kind="thanks")

    withdraw_message(message, by=ben)

    assert not Reaction.objects.exists()


def test_a_button_works_with_and_without_script(client, message, oda):
    client.force_login(oda)
    page = client.get(message.thread.own_path).content.decode()

    whole = client.post(address(message), {"kind": "thanks"})
    piece = client.post(
        address(message), {"kind": "same"}, headers={"HX-Request": "true"}
    )

    html = piece.content.decode()
    assert f'formaction="{address(message)}"' in page
    assert 'aria-pressed="true"' not in page
    assert whole["Location"] == f"{message.thread.own_path}#m{message.pk}"
    assert html.startswith(f'<div class="nods" id="n{message.pk}">')
    assert html.count('aria-pressed="true"') == 2
    assert "Thanks <b>1</b>" in html
    again = client.get(message.thread.own_path).content.decode()
    assert "Same here <b>1</b>" in again
    assert html in again


def test_others_see_how_many_and_the_author_has_no_button(client, message, ben, oda):
    react(message, by=oda, kind="helps")
    client.force_login(ben)

    page = client.get(message.thread.own_path).content.decode()

    assert "Helps me 1</span>" in page
    assert 'class="nod"' not in page
    assert client.post(address(message), {"kind": "thanks"}).status_code == 403
    client.force_login(oda)
    assert client.post(address(message), {"kind": "shout"}).status_code == 400
    assert Reaction.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 30])
def test_reactions_cost_no_further_query(
    client, message, ben, oda, sam, rows, django_assert_num_queries
):
    for number in range(rows - 1):
        answer = post_message(message.thread, by=ben, body=f"Answer {number}")
        for person in (oda, sam):
            react(answer, by=person, kind="same")
    react(message, by=sam, kind="thanks")
    client.force_login(oda)
    client.get(message.thread.own_path)

    with django_assert_num_queries(7):
        page = client.get(message.thread.own_path).content.decode()

    assert page.count("Same here <b>2</b>") == rows - 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("+1", "same"),
        (" +1!\n", "same"),
        ("＋1", "same"),
        ("👍🏾", "same"),
        ("❤️", "thanks"),
        ("🙏.", "thanks"),
        ("+1 and also this", ""),
        ("1", ""),
        ("", ""),
    ],
)
def test_which_mails_are_nods(text, kind):
    assert nod_in(text) == kind


class Letter:
    """What inbound hands to a Kind."""

    message_id = "<one@example.org>"

    def __init__(self, text):
        self.text = text


def test_a_mailed_plus_one_is_a_nod_and_no_message(message, ben, oda):
    answer = post_message(message.thread, by=oda, body="We too")
    delivery = Delivery.objects.get(target=str(answer.pk), recipient=ben)
    kind = kind_of(delivery.kind)
    target = kind.load([delivery.target])[delivery.target]

    kind.answer(target, delivery, Letter("+1"))
    kind.answer(target, delivery, Letter("+1"))

    assert list(Reaction.objects.values_list("message", "person", "kind")) == [
        (answer.pk, ben.pk, "same")
    ]
    assert Message.objects.count() == 2
    ben.memberships.update(status="left")
    with pytest.raises(PermissionDenied):
        kind.answer(target, delivery, Letter("🙏"))
