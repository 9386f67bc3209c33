"""Who is told of talk: levels of a thread before levels of the space; newcomers."""

import pytest
from django.urls import reverse

from conversations.actions import (
    hide_message,
    post_message,
    post_to_exchange,
    release_message,
    restore_message,
    set_level,
    withdraw_message,
)
from conversations.models import Follow, Thread
from notifications.models import Delivery, Notice

pytestmark = pytest.mark.django_db
POSTED = "conversations.message_posted"
NAMED = "conversations.person_mentioned"
NEWCOMER = "conversations.newcomer_posted"


@pytest.fixture
def thread(space, ben):
    return post_to_exchange(space, by=ben, body="Who is here?", talk="question").thread


def told_of(person):
    kinds = Notice.objects.filter(recipient=person).values_list("kind", flat=True)
    return sorted(kinds)


# What oda hears of a plain answer and of one that names her: her level of the space,
# her level of the thread (None: she never chose), whether she has spoken there.
LEVELS = [
    ("everything", None, False, True, True),
    ("concerned", None, False, False, True),
    ("concerned", None, True, True, True),
    ("mentions", None, True, False, True),
    ("nothing", None, True, False, False),
    # The thread goes before the space, both ways.
    ("nothing", "everything", False, True, True),
    ("mentions", "everything", False, True, True),
    ("nothing", "mentions", False, False, True),
    ("everything", "mentions", True, False, True),
    ("everything", "nothing", True, False, False),
    ("concerned", "nothing", True, False, False),
    # Back to the space's level.
    ("nothing", "concerned", True, False, False),
    ("concerned", "concerned", False, False, True),
    ("everything", "concerned", False, True, True),
]


@pytest.mark.parametrize(("of_space", "of_thread", "speaks", "plain", "named"), LEVELS)
def test_the_level_of_a_thread_goes_before_the_spaces(
    space, ben, oda, thread, of_space, of_thread, speaks, plain, named
):
    oda.memberships.update(notice_level=of_space)
    if speaks:
        post_message(thread, by=oda, body="I am")
    if of_thread:
        set_level(thread, by=oda, level=of_thread)
    Notice.objects.all().delete()
    Delivery.objects.all().delete()

    post_message(thread, by=ben, body="Good")
    plainly = told_of(oda)
    post_message(thread, by=ben, body="And you, @[Oda Lund]?")

    assert plainly == ([POSTED] if plain else [])
    assert told_of(oda) == plainly + ([NAMED] if named else [])
    letters = Delivery.objects.filter(recipient=oda).values_list("kind", flat=True)
    assert sorted(letters) == told_of(oda)


def test_a_chosen_level_outlasts_speaking_again(thread, oda):
    set_level(thread, by=oda, level=Follow.Level.NOTHING)

    post_message(thread, by=oda, body="One thing more")

    assert thread.follows.get(person=oda).level == "nothing"


def test_the_menu_says_which_level_holds(client, space, thread, oda):
    client.force_login(oda)
    address = reverse(
        "conversations:thread_follow", kwargs={"space": space.slug, "pk": thread.pk}
    )

    client.post(address, {"level": "mentions"})

    page = client.get(thread.get_absolute_url()).content.decode()
    assert 'value="mentions" aria-current="true"' in page
    assert page.count('name="level"') == 4
    assert "You are told when somebody names you here." in page


# ── unanswered ───────────────────────────────────────────────────────────────


def waiting():
    return list(Thread.objects.unanswered())


def test_the_askers_own_words_are_no_answer(space, ben, oda, sam, thread):
    post_message(thread, by=ben, body="I mean near the river")
    assert waiting() == [thread]

    answer = post_message(thread, by=oda, body="We are")
    assert waiting() == []
    hide_message(answer, by=sam, reason="House rules")
    assert waiting() == [thread]
    restore_message(answer, by=sam)
    assert waiting() == []
    withdraw_message(answer, by=oda)
    assert waiting() == [thread]


def test_a_guests_answer_counts_once_it_is_shown(space, ben, sam, thread):
    answer = post_message(thread, by=None, author_name="Kofi", body="We are", held=True)
    assert waiting() == [thread]

    release_message(answer, by=sam)

    assert waiting() == []


def test_a_question_for_somebody_is_answered_by_the_one_who_typed_it(space, ben, sam):
    thread = post_to_exchange(
        space, by=sam, author=ben, body="Where?", talk="question", came_by="voice"
    ).thread

    post_message(thread, by=sam, author=ben, body="There?", came_by="voice")
    assert waiting() == [thread]
    post_message(thread, by=sam, body="Here")

    assert waiting() == []


# ── newcomers ────────────────────────────────────────────────────────────────


def test_stewards_hear_of_a_first_post_once_and_of_no_second(space, ada, sam, ben, oda):
    sam.memberships.update(notice_level="everything")

    post_to_exchange(space, by=ben, body="I am new here")

    assert (told_of(ada), told_of(sam), told_of(oda)) == ([NEWCOMER], [NEWCOMER], [])
    post_to_exchange(space, by=ben, body="Again")
    assert (told_of(ada), told_of(sam)) == ([NEWCOMER], sorted([NEWCOMER, POSTED]))


def test_a_stewards_first_post_is_no_newcomers(space, ada, sam):
    post_to_exchange(space, by=sam, body="Welcome")

    assert told_of(ada) == []
    assert not Thread.objects.newcomers_waiting().exists()


def test_a_first_post_is_marked_for_stewards_until_somebody_answers(
    client, space, ada, ben, oda
):
    thread = post_to_exchange(space, by=ben, body="I am new here").thread
    exchange = reverse("conversations:exchange", kwargs={"space": space.slug})
    mark = "A newcomer’s first post"
    task = "1 newcomer’s first post without an answer"

    def seen_by(person):
        client.force_login(person)
        page = client.get(exchange).content.decode()
        front = client.get(space.get_absolute_url()).content.decode()
        cards = client.get(f"{exchange}?show=first").context["cards"]
        return mark in page, task in front, [card.pk for card in cards]

    assert seen_by(ada) == (True, True, [thread.pk])
    assert seen_by(oda)[:2] == (False, False)
    post_message(thread, by=oda, body="Welcome")
    assert seen_by(ada) == (False, False, [])
