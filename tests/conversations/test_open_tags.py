"""Open hashtags: who opens one, what outsiders may say, who lets it through."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail  # noqa: TID251 - tests read the outbox
from django.urls import reverse
from django.utils import timezone

from conversations.actions import open_tag, post_to_exchange
from conversations.actions.guests import MOST_OF_ADDRESS
from conversations.models import GuestWord, Message, Thread
from conversations.tasks import forget_guests
from notifications import outbox
from notifications.models import Delivery, Notice
from spaces.models import Record
from tags.models import Tag

pytestmark = pytest.mark.django_db
WORDS = "Our well has been dry for a week."


def at(name, space, **kwargs):
    return reverse(f"conversations:{name}", kwargs={"space": space.slug, **kwargs})


def tag_page(space):
    return reverse("discover:tag_detail", kwargs={"space": space.slug, "tag": "wells"})


def typed(**fields):
    return {
        "body": WORDS,
        "name": "Akua",
        "address": "akua@example.org",
        "word": "#Wells",
        "client_id": str(uuid.uuid4()),
        **fields,
    }


def letters():
    mail.outbox.clear()
    outbox.send_waiting(timezone.now())
    return [(letter.to, letter.subject) for letter in mail.outbox]


@pytest.fixture
def post(open_space, ben):
    return post_to_exchange(
        open_space,
        by=ben,
        body="Which wells are dry? #Wells",
        talk="question",
        audience="public",
    ).thread


@pytest.fixture
def tag(post, open_space, ada):
    tag = Tag.objects.get(space=open_space, slug="wells")
    tag.space = open_space
    return open_tag(tag, by=ada)


def say(client, tag, to=None, **fields):
    url = at("guest_word_create", tag.space, tag="wells")
    return client.post(f"{url}?to={to.pk}" if to else url, typed(**fields))


def press(client, word):
    return client.post(word.letter_path)


# ── opening ──────────────────────────────────────────────────────────────────


def test_a_facilitator_opens_a_hashtag_nobody_has_used_and_closes_it(
    client, open_space, ada, sam
):
    url = at("tag_open", open_space, tag="Wells")
    client.force_login(sam)
    refused = client.post(url, {"holds_guests": "1"}).status_code
    client.force_login(ada)
    shown = client.get(url).status_code

    answer = client.post(url, {"holds_guests": ""})

    tag = Tag.objects.get()
    assert (refused, shown, answer["Location"]) == (403, 200, tag_page(open_space))
    assert (tag.slug, tag.is_open, tag.holds_guests) == ("wells", True, False)
    client.post(url, {"holds_guests": "1", "deed": "close"})
    tag.refresh_from_db()
    assert not tag.is_open
    assert sorted(
        Record.objects.filter(verb__startswith="tag_").values_list("verb", flat=True)
    ) == ["tag_closed", "tag_opened"]


def test_a_hashtag_is_never_wider_than_its_space(
    client, space, open_space, ada, ben, tag
):
    client.force_login(ada)
    closed = client.post(at("tag_open", space, tag="wells"), {"holds_guests": "1"})
    client.logout()
    word = say_and_find(client, tag)

    open_space.visibility = "listed"
    open_space.join_policy = "request"
    open_space.save()

    assert closed.status_code == 403
    assert client.get(tag_page(open_space)).status_code == 302
    assert say(client, tag).status_code == 302
    assert press(client, word).status_code == 410
    assert GuestWord.objects.count() == 1
    assert not Message.objects.filter(author=None).exists()


def say_and_find(client, tag, **fields):
    assert say(client, tag, **fields).status_code == 302
    return GuestWord.objects.latest("pk")


def test_the_page_says_before_typing_who_will_see_it(client, tag, post):
    page = client.get(tag_page(tag.space)).content.decode()
    form = client.get(at("guest_word_create", tag.space, tag="wells")).content.decode()
    thread = client.get(post.get_absolute_url()).content.decode()

    assert "This conversation is open." in page
    assert f"?to={post.pk}" in page
    assert "Answer as a guest" in thread
    warning = form.index("Anyone on the internet will read this")
    assert warning < form.index("<textarea")
    assert "A steward of Water Watch looks at it first." in form


# ── saying something ─────────────────────────────────────────────────────────


def test_an_answer_goes_from_the_form_to_the_last_letter(
    client, tag, post, ada, sam, ben, django_capture_on_commit_callbacks
):
    Notice.objects.all().delete()
    Delivery.objects.all().delete()
    word = say_and_find(client, tag, to=post)
    assert not post.messages.exclude(author=ben).exists()
    assert letters() == [(["akua@example.org"], "Are these your words under #Wells?")]
    assert word.letter_path in mail.outbox[0].body
    # A program that looks at every link of a mail sends nothing by it.
    assert WORDS in client.get(word.letter_path).content.decode()
    assert not post.messages.exclude(author=ben).exists()

    assert press(client, word)["Location"] == tag_page(tag.space)

    message = post.messages.get(author=None)
    assert (message.author_name, message.body) == ("Akua (guest)", WORDS)
    assert message.held is not None
    assert WORDS not in client.get(post.get_absolute_url()).content.decode()
    kinds = Notice.objects.values_list("recipient", "kind")
    assert sorted(kinds) == sorted(
        (person.pk, "conversations.word_waits") for person in (ada, sam)
    )
    letters()
    client.force_login(sam)
    queue = at("held_list", tag.space)
    assert WORDS in client.get(queue).content.decode()
    decide = at("held_decide", tag.space, pk=message.pk)
    assert client.post(decide, {"deed": "release"})["Location"] == queue
    assert WORDS not in client.get(queue).content.decode()
    client.logout()
    assert WORDS in client.get(post.get_absolute_url()).content.decode()
    assert (["akua@example.org"], "Your words stand under #Wells") in letters()
    assert letters() == []


def test_a_declined_guest_is_told_why_and_nobody_else_sees_anything(
    client, tag, post, sam, ben
):
    word = say_and_find(client, tag, to=post)
    press(client, word)
    message = post.messages.get(author=None)
    letters()
    client.force_login(sam)

    client.post(
        at("held_decide", tag.space, pk=message.pk),
        {"deed": "decline", "reason": "It names somebody."},
    )

    told = letters()
    assert told == [(["akua@example.org"], "About your words under #Wells")]
    assert "It names somebody." in mail.outbox[0].body
    client.force_login(ben)
    page = client.get(post.get_absolute_url()).content.decode()
    assert WORDS not in page
    assert f'id="m{message.pk}"' not in page
    # Twice is once.
    client.force_login(sam)
    client.post(at("held_decide", tag.space, pk=message.pk), {"deed": "release"})
    assert letters() == []


def test_a_first_word_stands_under_its_hashtag(client, tag, sam):
    word = say_and_find(client, tag)
    press(client, word)
    thread = Thread.with_hidden.get(messages__author=None)
    assert WORDS not in client.get(tag_page(tag.space)).content.decode()
    client.force_login(sam)

    client.post(
        at("held_decide", tag.space, pk=thread.messages.get().pk), {"deed": "release"}
    )

    client.logout()
    thread.refresh_from_db()
    assert (thread.audience, list(thread.tags.names())) == ("public", ["wells"])
    assert WORDS in client.get(tag_page(tag.space)).content.decode()


def test_where_nothing_is_held_it_stands_at_once_and_a_proved_guest_needs_no_letter(
    client, tag, ada, post, ben
):
    open_tag(tag, by=ada, holds_guests=False)
    first = say_and_find(client, tag, to=post)
    letters()
    answer = press(client, first)
    said = post.messages.get(author=None)
    assert answer["Location"] == f"{post.get_absolute_url()}#m{said.pk}"
    form = client.get(at("guest_word_create", tag.space, tag="wells"))
    assert 'value="akua@example.org"' in form.content.decode()
    letters()

    say(client, tag, to=post, body="One more thing")

    assert post.messages.filter(body="One more thing", held=None).count() == 1
    assert letters() == [([ben.email], "Re: Which wells are dry? #Wells")]
    # Another address is not proved by this one.
    say(client, tag, to=post, body="As another", address="other@example.org")
    assert not post.messages.filter(body="As another").exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"word": "rivers"}, "Please type the hashtag as it stands above: Wells."),
        ({"word": ""}, "This field is required."),
        ({"address": "nobody"}, "Enter a valid email address."),
        ({"address": f"{'x' * 250}@a.org"}, "has at most 254 characters"),
        ({"name": "Buy at www.example.org"}, "A name holds no web address."),
        ({"body": " "}, "Write a few words first."),
        ({"body": "word " * 1001}, "longer than 5000 characters"),
    ],
)
def test_bad_input_says_so_and_loses_nothing(client, tag, fields, words):
    given = typed(**fields)

    answer = say(client, tag, **fields)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert given["body"].strip()[:40] in page
    assert given["name"] in page
    assert not GuestWord.objects.exists()


def test_a_double_press_says_it_once(client, tag):
    same = str(uuid.uuid4())
    for _turn in "12":
        say(client, tag, client_id=same)
    word = GuestWord.objects.get()

    for _turn in "12":
        press(client, word)

    assert Message.objects.filter(author=None).count() == 1
    told = Delivery.objects.filter(kind="conversations.word_waits")
    assert told.count() == 1


def test_floods_end_and_keep_the_words(client, tag):
    for _number in range(MOST_OF_ADDRESS):
        assert say(client, tag).status_code == 302

    answer = say(client, tag)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "we take no more just now" in page
    assert WORDS in page
    assert GuestWord.objects.count() == MOST_OF_ADDRESS
    GuestWord.objects.update(created=timezone.now() - timedelta(hours=13))
    assert say(client, tag).status_code == 302


def test_what_nobody_confirms_is_forgotten(client, tag):
    word = say_and_find(client, tag)
    GuestWord.objects.update(created=timezone.now() - timedelta(days=4))

    forget_guests()

    assert not GuestWord.objects.filter(pk=word.pk).exists()
    assert client.get(word.letter_path).status_code == 404


@pytest.mark.parametrize(
    "shut",
    [
        {"audience": "members"},
        {"closed": timezone.now()},
        {"hidden": timezone.now()},
    ],
)
def test_words_are_not_confirmed_into_talk_that_guests_can_no_longer_read(
    client, tag, post, shut
):
    say(client, tag, to=post)
    word = GuestWord.objects.latest("pk")
    Thread.objects.filter(pk=post.pk).update(**shut)

    answer = press(client, word)

    assert answer.status_code == 410
    assert "no longer open to guests" in answer.content.decode()
    assert post.messages.count() == 1


def test_the_address_of_a_guest_is_forgotten_once_it_is_decided(client, tag, sam):
    words = [say_and_find(client, tag) for _turn in "123"]
    for word in words[:2]:
        press(client, word)
    client.force_login(sam)
    released = Message.objects.get(guest_words=words[0])
    client.post(at("held_decide", tag.space, pk=released.pk), {"deed": "release"})
    GuestWord.objects.update(created=timezone.now() - timedelta(days=31))

    forget_guests()

    # The second still waits: its writer must be told one day.
    assert list(GuestWord.objects.all()) == [words[1]]
    assert Message.objects.filter(author=None).count() == 2


def test_a_guest_learns_no_names_and_answers_only_what_is_public(
    client, tag, ada, ben, open_space
):
    open_tag(tag, by=ada, holds_guests=False)
    inside = post_to_exchange(open_space, by=ben, body="Among us #Wells").thread
    assert say(client, tag, to=inside).status_code == 302
    assert not GuestWord.objects.exists()
    word = say_and_find(client, tag, body="What does @Ben say?")

    press(client, word)

    message = Message.objects.get(author=None)
    assert "Tetteh" not in message.body_html
    assert not Notice.objects.filter(kind="conversations.person_mentioned").exists()


def test_members_write_as_themselves(client, tag, ben):
    client.force_login(ben)

    answer = client.get(at("guest_word_create", tag.space, tag="wells"))

    assert answer["Location"] == tag_page(tag.space)


@pytest.mark.parametrize("rows", [1, 20])
def test_held_list_query_count(
    client, tag, sam, post, rows, django_assert_max_num_queries
):
    for number in range(rows):
        word = say_and_find(client, tag, to=post, address=f"guest-{number}@example.org")
        press(client, word)
    client.force_login(sam)
    client.get(at("held_list", tag.space))

    with django_assert_max_num_queries(6):
        page = client.get(at("held_list", tag.space))

    assert page.content.decode().count("Let it through") == rows
