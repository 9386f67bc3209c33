"""Many people at the same moment."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from conversations.actions import (
    edit_message,
    hide_message,
    post_message,
    post_to_exchange,
    withdraw_message,
)
from conversations.models import Message, Thread
from tests.factories.accounts import UserFactory
from tests.factories.spaces import MembershipFactory, SpaceFactory
from tests.spaces.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def read_anew(message):
    """As another request finds it."""
    return Message.objects.select_related("thread__space").get(pk=message.pk)


def faults_of(results):
    return [each for each in results if isinstance(each, Exception)]


@pytest.fixture
def member():
    return MembershipFactory(space=SpaceFactory(), person=UserFactory())


def test_twelve_answers_at_once_are_all_counted(member):
    thread = post_to_exchange(member.space, by=member.person, body="Go").thread

    results = at_once(
        *[
            lambda n=n: post_message(
                Thread.objects.select_related("space").get(pk=thread.pk),
                by=member.person,
                body=f"Answer {n} #fire{n % 3} #water",
            )
            for n in range(12)
        ]
    )

    fresh = Thread.objects.get()
    assert faults_of(results) == []
    assert fresh.message_count == fresh.messages.count() == 13
    assert fresh.last_activity == fresh.messages.latest("created").created
    assert sorted(tag.name for tag in fresh.tags.all()) == [
        "fire0",
        "fire1",
        "fire2",
        "water",
    ]


def test_six_presses_of_one_button_make_one_post(member):
    once = uuid.uuid4()

    results = at_once(
        *[
            lambda: (
                post_to_exchange(
                    member.space, by=member.person, body="Once", client_id=once
                ).pk
            )
        ]
        * 6
    )

    assert faults_of(results) == []
    assert len(set(results)) == 1
    assert (Thread.objects.count(), Message.objects.count()) == (1, 1)


def test_two_stewards_hide_the_same_answer(member):
    thread = post_to_exchange(member.space, by=member.person, body="Go").thread
    answer = post_message(thread, by=member.person, body="Rude")

    results = at_once(
        *[
            lambda: hide_message(
                read_anew(answer),
                by=member.person,
                reason="Rude",
            )
        ]
        * 2
    )

    assert faults_of(results) == []
    assert Thread.objects.get().message_count == 1


def test_words_withdrawn_while_they_are_edited_stay_withdrawn(member):
    thread = post_to_exchange(member.space, by=member.person, body="Go").thread
    answer = post_message(thread, by=member.person, body="My secret")
    read_before = read_anew(answer)
    withdraw_message(answer, by=member.person)

    with pytest.raises(ValidationError, match="out of sight"):
        edit_message(read_before, by=member.person, body="My secret, corrected")

    fresh = Message.objects.get(pk=answer.pk)
    assert (fresh.body, fresh.wordings.count()) == ("", 0)


def test_two_edits_of_words_read_at_the_same_moment_are_both_kept(member):
    message = post_to_exchange(member.space, by=member.person, body="One")
    first, second = read_anew(message), read_anew(message)

    edit_message(first, by=member.person, body="Two")
    edit_message(second, by=member.person, body="Three")

    wordings = message.wordings.order_by("pk").values_list("body", flat=True)
    assert [*wordings, read_anew(message).body] == ["One", "Two", "Three"]


def test_an_answer_withdrawn_twice_is_uncounted_once(member):
    thread = post_to_exchange(member.space, by=member.person, body="Go").thread
    answer = post_message(thread, by=member.person, body="Rude")

    results = at_once(
        *[
            lambda: withdraw_message(
                read_anew(answer),
                by=member.person,
            )
        ]
        * 2
    )

    assert faults_of(results) == []
    assert Thread.objects.get().message_count == 1


def test_a_post_withdrawn_twice_is_gone(member):
    post = post_to_exchange(member.space, by=member.person, body="Go")
    first, second = read_anew(post), read_anew(post)

    gone = [withdraw_message(each, by=member.person) for each in (first, second)]

    assert (gone, Thread.objects.count()) == ([None, None], 0)
