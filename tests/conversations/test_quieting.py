"""Less of one conversation, from a letter and without signing in."""

import pytest
from django.test import Client
from django.urls import reverse

from conversations.actions import hide_message, post_message, post_to_exchange
from conversations.models import Follow
from conversations.quieting import letters_path, letters_token
from notifications import outbox
from spaces.actions.members import leave_space


@pytest.fixture
def talk(space, ada, ben):
    return post_to_exchange(space, by=ben, body="Who has seeds?").thread


def level(thread, person):
    found = Follow.objects.filter(thread=thread, person=person)
    return found.values_list("level", flat=True).first()


def test_the_letter_leads_to_its_own_conversation(talk, ada, ben, mailoutbox):
    post_message(talk, by=ada, body="I do.")
    outbox.send_waiting()

    (mail,) = [mail for mail in mailoutbox if mail.to == [ben.email]]
    path = letters_path(talk, ben)
    assert f"Less of this conversation: http://localhost:8000{path}" in mail.body
    html = mail.alternatives[0][0]
    assert path in html
    # One press of the mail program's own button is still about the whole space.
    assert "/mail/" in mail.extra_headers["List-Unsubscribe"]


def test_less_before_none_and_back(talk, space, ada, ben, oda):
    nobody = Client(enforce_csrf_checks=True)
    path = letters_path(talk, ben)
    other = post_to_exchange(space, by=ben, body="And tools?").thread

    page = nobody.get(path)
    choices = [value for value, _label in page.context["form"].fields["level"].choices]
    assert choices == ["mentions", "nothing", "concerned", "everything"]
    assert "What Ben Tetteh hears of this conversation" in page.content.decode()
    assert level(talk, ben) == "concerned"

    assert nobody.post(path, {"level": "emperor"}).status_code == 422
    kept = nobody.get(nobody.post(path, {"level": "nothing"}).url)
    assert (level(talk, ben), level(other, ben)) == ("nothing", "concerned")
    # An undo is this setting's alone.
    undo = kept.context["undo"]
    for elsewhere in (letters_path(talk, oda), letters_path(other, ben)):
        assert nobody.post(elsewhere, {"undo": undo}).status_code == 422
    assert level(talk, ben) == "nothing"

    nobody.post(path, {"undo": undo})

    assert level(talk, ben) == "concerned"


def test_a_token_opens_nothing_else(client, talk, space, open_space, ben):
    token = letters_token(talk, ben)

    for slug, wrong in (
        (open_space.slug, token),
        (space.slug, token[:-2] + "xx"),
        (space.slug, f"{talk.pk + 1}{token[token.index('-') :]}"),
    ):
        path = reverse(
            "conversations:thread_letters", kwargs={"space": slug, "token": wrong}
        )
        answer = client.post(path, {"level": "nothing"})
        assert answer.status_code == 404
        assert "do not know this link" in answer.content.decode()
    assert level(talk, ben) == "concerned"
    # Nor does it sign anybody in, or open the talk itself.
    assert client.get(letters_path(talk, ben)).status_code == 200
    assert client.get(talk.get_absolute_url()).status_code == 302


def test_it_closes_with_the_right_to_read(client, talk, ada, ben, monkeypatch):
    path = letters_path(talk, ben)
    assert "Who has seeds?" in client.get(path).content.decode()

    monkeypatch.setattr("time.time", lambda: 3_000_000_000)
    assert client.get(path).status_code == 404
    monkeypatch.undo()
    hide_message(talk.messages.get(), by=ada, reason="House rules.")
    assert client.get(path).status_code == 404
    leave_space(talk.space, by=ben)
    gone = client.get(path)
    assert gone.status_code == 404
    assert "seeds" not in gone.content.decode()
