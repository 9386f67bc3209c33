"""One conversation for one outsider, and nothing else of the space."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conversations.actions import (
    give_guest_pass,
    open_thread,
    post_message,
    post_to_exchange,
    revoke_guest_pass,
)
from conversations.models import GuestPass, Message, Thread
from files.actions import upload
from notifications.kinds import kind_of
from notifications.models import Delivery
from spaces.models import Record, Space
from tests.factories.files import picture_upload

pytestmark = pytest.mark.django_db


def url(name, space, **kwargs):
    return reverse(f"conversations:{name}", kwargs={"space": space.slug, **kwargs})


@pytest.fixture
def thread(hidden_space, ben):
    photo = upload(hidden_space, picture_upload(), by=ben)
    return post_to_exchange(
        hidden_space, by=ben, body="Who buys the charcoal?", photo=photo
    ).thread


def give(thread, by, **fields):
    return give_guest_pass(
        thread,
        **{
            "by": by,
            "name": "Yaa Addo",
            "address": "yaa@example.net",
            "days": 14,
            "stands_for": "charcoal traders",
            **fields,
        },
    )


def open_pass(guest_pass):
    """A browser that has followed the letter's link."""
    browser = Client()
    answer = browser.get(guest_pass.letter_path)
    return browser, answer


def test_a_steward_gives_a_pass_by_letter(client, hidden_space, thread, sam):
    client.force_login(sam)

    answer = client.post(
        url("guest_pass_list", hidden_space, pk=thread.pk),
        {
            "name": "Yaa Addo",
            "address": "Yaa@example.net",
            "stands_for": "charcoal traders",
            "days": "7",
            "may_write": "on",
        },
    )

    guest_pass = GuestPass.objects.get()
    assert answer.status_code == 302
    assert (guest_pass.address, guest_pass.may_write, guest_pass.invited_by) == (
        "yaa@example.net",
        True,
        sam,
    )
    assert list(Delivery.objects.values_list("kind", "address", "recipient")) == [
        ("conversations.guest_invited", "yaa@example.net", None)
    ]
    assert guest_pass.token not in str(GuestPass.objects.values().get())
    assert list(Record.objects.values_list("verb", flat=True)) == ["guest_pass_given"]
    assert "Yaa Addo" in client.get(answer["Location"]).content.decode()


def test_a_space_asks_no_crowds_in(monkeypatch, client, hidden_space, thread, sam):
    monkeypatch.setattr("conversations.forms.MOST_PASSES_A_DAY", 1)
    client.force_login(sam)
    address = url("guest_pass_list", hidden_space, pk=thread.pk)
    fields = {"name": "Yaa", "days": "7"}

    first = client.post(address, fields | {"address": "yaa@example.net"})
    second = client.post(address, fields | {"address": "esi@example.net"})

    assert (first.status_code, second.status_code) == (302, 422)
    assert "Ask more tomorrow" in second.content.decode()
    assert "esi@example.net" in second.content.decode()
    assert GuestPass.objects.count() == 1


def test_members_give_no_passes(client, hidden_space, thread, ben):
    client.force_login(ben)
    address = url("guest_pass_list", hidden_space, pk=thread.pk)

    found = (client.get(address).status_code, client.post(address).status_code)

    assert found == (403, 403)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("address", "nobody"),
        ("address", "ben@example.org"),
        ("address", f"{'x' * 250}@example.org"),
        ("days", "400"),
        ("message", "x" * 2001),
    ],
)
def test_bad_input_gives_no_pass(client, hidden_space, thread, sam, field, value):
    client.force_login(sam)

    answer = client.post(
        url("guest_pass_list", hidden_space, pk=thread.pk),
        {"name": "Yaa", "address": "yaa@example.net", "days": "7", field: value},
    )

    assert answer.status_code == 422
    assert not GuestPass.objects.exists()


def test_a_pass_opens_its_thread_with_its_photo_and_nothing_else(
    hidden_space, thread, sam, ben
):
    other = post_to_exchange(hidden_space, by=ben, body="Another matter").thread
    photo = thread.messages.get().photo
    hers = upload(hidden_space, picture_upload(), by=ben)

    browser, opened = open_pass(give(thread, sam))

    page = browser.get(opened["Location"])
    assert (opened.status_code, page.status_code) == (302, 200)
    assert "Who buys the charcoal?" in page.content.decode()
    assert "You are a guest" in page.content.decode()
    assert "/people/" not in page.content.decode()
    assert browser.get(photo.get_absolute_url()).status_code == 200
    closed = [
        other.own_path,
        hers.get_absolute_url(),
        url("exchange", hidden_space),
        reverse("discover:space_detail", kwargs={"space": hidden_space.slug}),
        url("guest_pass_list", hidden_space, pk=thread.pk),
        url("message_edit", hidden_space, pk=thread.messages.get().pk),
    ]
    assert [browser.get(address).status_code for address in closed] == [302] * 6
    assert Client().get(thread.own_path).status_code == 302


def test_a_guest_answers_under_their_own_name(hidden_space, thread, sam):
    browser, _ = open_pass(give(thread, sam))

    answer = browser.post(
        url("message_create", hidden_space, pk=thread.pk),
        {"body": "We buy it wherever it is cheap."},
    )

    message = Message.objects.latest("pk")
    assert answer["Location"] == f"{thread.own_path}#m{message.pk}"
    assert (message.author, message.author_name, message.author_label) == (
        None,
        "Yaa Addo (charcoal traders)",
        "Yaa Addo (charcoal traders)",
    )
    page = browser.get(thread.own_path).content.decode()
    assert "Yaa Addo (charcoal traders)" in page


def test_a_pass_for_reading_does_not_write(hidden_space, thread, sam):
    browser, _ = open_pass(give(thread, sam, may_write=False))

    page = browser.get(thread.own_path).content.decode()
    refused = browser.post(
        url("message_create", hidden_space, pk=thread.pk), {"body": "May I?"}
    )

    assert "Your guest pass lets you read" in page
    assert refused.status_code == 403
    assert thread.messages.count() == 1


def test_a_pass_dies_when_ended(client, hidden_space, thread, sam):
    guest_pass = give(thread, sam)
    browser, _ = open_pass(guest_pass)
    client.force_login(sam)

    client.post(url("guest_pass_revoke", hidden_space, pk=guest_pass.pk))

    again = browser.get(guest_pass.letter_path)
    assert browser.get(thread.own_path).status_code == 302
    assert again.status_code == 410
    assert "This guest pass was ended" in again.content.decode()
    assert "Sam Owusu gave it to you" in again.content.decode()
    # A second press changes nothing.
    assert revoke_guest_pass(guest_pass, by=sam).revoked is not None
    assert Record.objects.filter(verb="guest_pass_revoked").count() == 1


def test_a_pass_dies_on_time(hidden_space, thread, sam):
    guest_pass = give(thread, sam)
    browser, _ = open_pass(guest_pass)
    assert browser.get(thread.own_path).status_code == 200

    GuestPass.objects.update(expires=timezone.now() - timedelta(seconds=1))

    assert browser.get(thread.own_path).status_code == 302
    again = browser.get(guest_pass.letter_path)
    assert again.status_code == 410
    assert "has run out" in again.content.decode()


@pytest.mark.parametrize("tampered", ["x", "é" * 40, "0" * 64])
def test_unknown_tokens_say_so(client, hidden_space, thread, sam, tampered):
    give(thread, sam)

    answer = client.get(f"/s/quiet/exchange/pass/{tampered}/")

    assert answer.status_code == 404
    assert "This guest pass is not known" in answer.content.decode()
    assert "Quiet Room" not in answer.content.decode()


def test_a_pass_under_another_spaces_address_is_unknown(client, thread, space, sam):
    guest_pass = give(thread, sam)

    answer = client.get(f"/s/forest/exchange/pass/{guest_pass.token}/")

    assert answer.status_code == 404


def test_a_signed_in_outsider_may_hold_a_pass(client, hidden_space, thread, sam, cleo):
    guest_pass = give(thread, sam)
    client.force_login(cleo)
    assert client.get(thread.own_path).status_code == 404

    client.get(guest_pass.letter_path)

    assert client.get(thread.own_path).status_code == 200
    client.post(url("message_create", hidden_space, pk=thread.pk), {"body": "Hello"})
    assert Message.objects.latest("pk").author_name == "Yaa Addo (charcoal traders)"
    assert client.get(url("exchange", hidden_space)).status_code == 404


def test_a_member_with_a_pass_stays_a_member(client, hidden_space, thread, sam, oda):
    guest_pass = give(thread, sam)
    client.force_login(oda)
    client.get(guest_pass.letter_path)

    client.post(url("message_create", hidden_space, pk=thread.pk), {"body": "I belong"})

    assert Message.objects.latest("pk").author == oda
    assert "You are a guest" not in client.get(thread.own_path).content.decode()


def test_a_pass_opens_the_talk_of_a_webinar(hidden_space, sam, ben):
    talk = open_thread(
        space=hidden_space,
        origin="webinar",
        title="Three views",
        path="/s/quiet/webinars/three-views/",
        audience="members",
    )
    post_message(talk, by=ben, body="Whose view is missing?")

    browser, opened = open_pass(give(talk, sam))

    page = browser.get(opened["Location"])
    assert page.status_code == 200
    assert ">Three views</h1>" in page.content.decode()
    assert "Whose view is missing?" in page.content.decode()
    answer = browser.post(
        url("message_create", hidden_space, pk=talk.pk), {"body": "Ours"}
    )
    assert answer["Location"].startswith(f"{talk.own_path}#m")


def test_a_new_pass_replaces_the_open_one(thread, sam):
    first = give(thread, sam)

    second = give(thread, sam, days=3)

    assert list(GuestPass.objects.usable()) == [second]
    assert first.token != second.token


def test_the_letter_carries_the_link_and_answers_post(thread, sam):
    guest_pass = give(thread, sam)
    delivery = Delivery.objects.get()
    kind = kind_of("conversations.guest_invited")
    target = kind.load([delivery.target])[delivery.target]

    context = kind.mail_context(target, delivery)
    told = kind.answer(target, delivery, Letter("By mail", "<a@example.net>"))
    kind.answer(target, delivery, Letter("By mail", "<a@example.net>"))

    assert context["action_url"].endswith(guest_pass.letter_path)
    assert told == ""
    assert list(
        thread.messages.filter(came_by="mail").values_list("body", "author_name")
    ) == [("By mail", "Yaa Addo (charcoal traders)")]
    revoke_guest_pass(target, by=sam)
    with pytest.raises(PermissionDenied, match="has ended"):
        kind.answer(target, delivery, Letter("Again", "<b@x>"))


@pytest.mark.parametrize("shut", ["closed", "hidden", "archived"])
def test_a_pass_writes_by_mail_only_where_it_writes_on_the_web(thread, sam, shut):
    give(thread, sam)
    delivery = Delivery.objects.get()
    kind = kind_of("conversations.guest_invited")
    if shut == "archived":
        Space.objects.filter(pk=thread.space_id).update(state="archived")
    else:
        Thread.objects.filter(pk=thread.pk).update(**{shut: timezone.now()})
    target = kind.load([delivery.target])[delivery.target]

    with pytest.raises(PermissionDenied, match="no longer write"):
        kind.answer(target, delivery, Letter("By mail", "<a@example.net>"))

    assert not thread.messages.filter(came_by="mail").exists()


class Letter:
    """What inbound hands to a Kind."""

    def __init__(self, text, message_id):
        self.text = text
        self.message_id = message_id
