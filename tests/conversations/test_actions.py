"""Posting, editing, hiding: what happens to threads, tags and people."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from conversations.actions import (
    edit_message,
    hide_message,
    mute_thread,
    open_thread,
    post_message,
    post_to_exchange,
    release_message,
    restore_message,
    set_audience,
    withdraw_message,
)
from conversations.models import Message, Thread
from files.actions import upload
from files.models import File
from notifications.models import Delivery, Notice
from spaces.models import Record
from tests.factories.files import picture_upload

pytestmark = pytest.mark.django_db


def tags_of(thread):
    return sorted(tag.name for tag in Thread.with_hidden.get(pk=thread.pk).tags.all())


def test_post_to_exchange_opens_a_thread_with_its_first_message(space, ben, farmers):
    message = post_to_exchange(
        space,
        by=ben,
        body="Who keeps the ledger?\nThe rice came late. #Fire",
        talk="question",
    )

    thread = Thread.objects.get()
    assert (
        thread.title,
        thread.message_count,
        thread.opening_talk,
        thread.audience,
        tags_of(thread),
    ) == ("Who keeps the ledger?", 1, "question", "members", ["fire"])
    assert (message.author, message.author_group, message.entered_by) == (
        ben,
        farmers,
        None,
    )
    assert list(thread.follows.values_list("person", "level")) == [
        (ben.pk, "concerned")
    ]


def test_the_same_client_id_makes_one_message(space, ben):
    once = uuid.uuid4()

    first = post_to_exchange(space, by=ben, body="Once", client_id=once)
    again = post_to_exchange(space, by=ben, body="Once", client_id=once)
    answer_id = uuid.uuid4()
    answers = {
        post_message(first.thread, by=ben, body="Twice?", client_id=answer_id).pk
        for _ in range(3)
    }

    assert first.pk == again.pk
    assert len(answers) == 1
    assert Thread.objects.count() == 1
    assert Thread.objects.get().message_count == 2


def test_a_client_id_of_somebody_else_is_not_taken_over(space, ben, oda):
    mine = uuid.uuid4()
    first = post_to_exchange(space, by=ben, body="Mine", client_id=mine)

    theirs = post_to_exchange(space, by=oda, body="Theirs", client_id=mine)

    assert theirs.pk != first.pk
    assert theirs.body == "Theirs"


@pytest.mark.parametrize("body", ["", "   \n ", "x" * 5001])
def test_post_refuses_no_words_and_too_many(space, ben, body):
    with pytest.raises(ValidationError):
        post_to_exchange(space, by=ben, body=body)

    assert Thread.objects.count() == 0


def test_an_answer_counts_and_moves_the_thread_up(space, ben, oda):
    thread = post_to_exchange(space, by=ben, body="A question", talk="question").thread
    before = thread.last_activity

    answer = post_message(thread, by=oda, body="An answer #fire", talk="view")

    fresh = Thread.objects.get()
    assert (fresh.message_count, fresh.opening_talk, tags_of(fresh)) == (
        2,
        "question",
        ["fire"],
    )
    assert fresh.last_activity == answer.created > before
    assert not Thread.objects.unanswered().exists()


def test_a_linker_writes_for_somebody(space, ben, sam):
    message = post_to_exchange(
        space, by=sam, author=ben, body="He said so", came_by="voice"
    )

    assert (message.author, message.entered_by, message.came_by) == (ben, sam, "voice")


def test_followers_are_told_once_and_the_writer_is_not(space, ben, oda, sam):
    thread = post_to_exchange(space, by=ben, body="A question").thread
    Notice.objects.all().delete()
    Delivery.objects.all().delete()

    post_message(thread, by=oda, body="An answer")

    assert list(Notice.objects.values_list("recipient", "kind")) == [
        (ben.pk, "conversations.message_posted")
    ]
    assert list(Delivery.objects.values_list("recipient", flat=True)) == [ben.pk]


def test_a_named_person_hears_of_it_once(space, ben, oda):
    thread = post_to_exchange(space, by=ben, body="A question").thread
    post_message(thread, by=oda, body="First")
    Notice.objects.all().delete()

    post_message(thread, by=oda, body="What do you say, @[Ben Tetteh]?")

    assert list(Notice.objects.values_list("recipient", "kind")) == [
        (ben.pk, "conversations.person_mentioned")
    ]


def test_muted_threads_stay_silent_even_when_one_is_named(space, ben, oda):
    thread = post_to_exchange(space, by=ben, body="A question").thread
    mute_thread(thread, by=ben)

    post_message(thread, by=oda, body="@Ben, are you there?")

    assert not Notice.objects.filter(recipient=ben).exists()


def test_who_cannot_see_the_thread_is_told_nothing(space, ben, oda, farmers):
    message = post_to_exchange(
        space,
        by=ben,
        body="Among us: what about @[Oda Lund]?",
        audience="group",
        audience_group=farmers,
    )

    assert message.body_html.count("@Oda Lund") == 1
    assert not Notice.objects.exists()


def test_edit_marks_the_message_and_moves_title_and_tags(space, ben):
    message = post_to_exchange(space, by=ben, body="Old title\nwords #fire #water")

    edit_message(message, by=ben, body="New title\nwords #water", talk="offer")

    thread = Thread.objects.get()
    assert message.edited is not None
    assert (thread.title, thread.opening_talk, tags_of(thread)) == (
        "New title",
        "offer",
        ["water"],
    )


def test_edit_without_a_change_is_none(space, ben):
    message = post_to_exchange(space, by=ben, body="Words")

    edit_message(message, by=ben, body="Words\n")

    assert message.edited is None


def test_hide_and_restore_an_answer(space, ben, oda, sam):
    thread = post_to_exchange(space, by=ben, body="Question", talk="question").thread
    answer = post_message(thread, by=oda, body="Rude #fire")

    hide_message(answer, by=sam, reason="House rule 3")

    hidden = Thread.objects.get()
    assert (hidden.message_count, tags_of(hidden), hidden.hidden) == (1, [], None)
    assert not Message.objects.visible_to(ben).filter(pk=answer.pk).exists()

    restore_message(answer, by=sam)

    shown = Thread.objects.get()
    assert (shown.message_count, tags_of(shown)) == (2, ["fire"])
    assert Message.objects.visible_to(ben).filter(pk=answer.pk).exists()
    assert list(
        Record.objects.order_by("pk").values_list("verb", "about", "reason")
    ) == [
        ("message_hidden", oda.pk, "House rule 3"),
        ("message_restored", oda.pk, ""),
    ]


def test_hiding_the_post_hides_its_thread(space, ben, sam):
    message = post_to_exchange(space, by=ben, body="Rude")
    post_message(message.thread, by=sam, body="Please be kind")

    hide_message(message, by=sam, reason="House rule 3")

    assert not Thread.objects.visible_to(ben).exists()
    restore_message(message, by=sam)
    assert Thread.objects.visible_to(ben).get().message_count == 2


def test_a_held_message_is_told_and_counted_when_let_through(space, ben, sam):
    thread = post_to_exchange(space, by=ben, body="Question").thread
    Notice.objects.all().delete()

    waiting = post_message(
        thread, by=None, author_name="Kofi", body="From outside", held=True
    )

    assert Thread.objects.get().message_count == 1
    assert not Notice.objects.exists()
    release_message(waiting, by=sam)
    assert Thread.objects.get().message_count == 2
    assert list(Notice.objects.values_list("recipient", flat=True)) == [ben.pk]


def test_withdrawing_a_lonely_post_deletes_it(
    space, ben, django_capture_on_commit_callbacks
):
    photo = upload(space, picture_upload(), by=ben)
    message = post_to_exchange(space, by=ben, body="Oh no", photo=photo)

    with django_capture_on_commit_callbacks(execute=True):
        gone = withdraw_message(message, by=ben)

    assert gone is None
    assert (Thread.objects.count(), File.objects.count()) == (0, 0)


def test_withdrawing_an_answered_post_keeps_its_place(space, ben, oda):
    message = post_to_exchange(space, by=ben, body="Oh no")
    post_message(message.thread, by=oda, body="But I answered")

    withdraw_message(message, by=ben)

    thread = Thread.objects.get()
    assert (thread.title, thread.message_count) == ("", 1)
    assert Message.objects.get(pk=message.pk).body == ""


def test_set_audience_moves_the_photos_too(space, ben, oda, farmers):
    photo = upload(space, picture_upload(), by=ben)
    thread = post_to_exchange(space, by=ben, body="Look", photo=photo).thread
    assert File.objects.visible_to(oda).count() == 1

    set_audience(thread, audience="group", audience_group=farmers)

    assert File.objects.visible_to(oda).count() == 0
    assert File.objects.visible_to(ben).count() == 1


def test_a_hidden_messages_photo_is_out_of_sight_too(space, ben, oda, sam):
    photo = upload(space, picture_upload(), by=ben)
    thread = post_to_exchange(space, by=ben, body="Look").thread
    message = post_message(thread, by=ben, body="At this", photo=photo)
    seen = [File.objects.visible_to(oda).count()]

    hide_message(message, by=sam, reason="A child can be recognised")
    seen.append(File.objects.visible_to(oda).count())
    set_audience(thread, audience="members")
    seen.append(File.objects.visible_to(oda).count())
    restore_message(message, by=sam)
    seen.append(File.objects.visible_to(oda).count())

    assert seen == [1, 0, 0, 1]


def test_open_thread_follows_the_thing_above(space, ben, oda):
    thread = open_thread(
        space=space,
        origin="page",
        title="Fire belts",
        path="/s/forest/wiki/fire-belts/",
        audience="members",
    )

    message = post_message(thread, by=ben, body="Is this right?", talk="question")

    assert message.get_absolute_url() == f"/s/forest/wiki/fire-belts/#m{message.pk}"
    assert Thread.objects.get().title == "Fire belts"
    assert not Thread.objects.exchange().exists()
