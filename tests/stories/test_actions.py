"""Verbs of stories, without a client."""

import uuid

import pytest

from notifications.models import Delivery, Notice
from spaces.models import Membership, Record
from stories.actions import (
    discard_story,
    edit_story,
    publish_story,
    withdraw_story,
    write_story,
)
from stories.models import Story

WORDS = {
    "title": "The nursery that nobody watered",
    "set_out": "Plant #Shade trees.",
    "body": "Four thousand seedlings stood behind the school.",
    "did_not_work": "We counted seedlings, not people.",
    "audience": "members",
    "audience_group": None,
}


def test_write_story_makes_one_readable_draft(space, ben, oda):
    story = write_story(space, by=ben, words=WORDS)

    assert story.slug == "the-nursery-that-nobody-watered"
    assert [tag.name for tag in story.tags.all()] == ["shade"]
    assert "What did not work" in story.plain
    assert "We counted seedlings, not people." in story.plain
    assert not Story.objects.visible_to(oda).exists()
    assert Story.objects.visible_to(ben).get() == story


def test_a_form_sent_twice_begins_one_story(space, ben):
    draft_id = uuid.uuid4()

    first = write_story(space, by=ben, words=WORDS, draft_id=draft_id)
    second = write_story(
        space, by=ben, words=WORDS | {"body": "Changed."}, draft_id=draft_id
    )

    assert first.pk == second.pk
    assert Story.objects.get().body == "Changed."


def test_the_form_of_a_story_changes_it_nowhere_but_in_its_draft(
    space, open_space, ben
):
    draft_id = uuid.uuid4()
    story = write_story(space, by=ben, words=WORDS, draft_id=draft_id)
    elsewhere = write_story(open_space, by=ben, words=WORDS, draft_id=draft_id)
    publish_story(story, by=ben)
    again = write_story(
        space, by=ben, words=WORDS | {"body": "Changed."}, draft_id=draft_id
    )

    assert elsewhere.space == open_space
    assert elsewhere != story
    assert again == story
    assert again.body == WORDS["body"]


@pytest.mark.parametrize(
    "title", ["🌳🌳", "؟؟", "new", "ذكرى الغابة", "a/b/c", "ذكرى الغابة " * 13]
)
def test_any_title_gets_an_address(space, ben, title):
    story = write_story(space, by=ben, words=WORDS | {"title": title})
    again = write_story(space, by=ben, words=WORDS | {"title": title})
    publish_story(story, by=ben)

    assert story.slug
    assert "/" not in story.slug
    assert story.slug != "new"
    assert again.slug != story.slug


def test_publish_tells_those_who_want_to_hear_and_opens_the_talk(
    space, ben, oda, ada, cleo, max_
):
    Membership.objects.filter(space=space, person=oda).update(notice_level="everything")
    story = write_story(space, by=ben, words=WORDS)

    publish_story(story, by=ben)
    publish_story(story, by=ben)

    story.refresh_from_db()
    assert story.thread.title == story.title
    assert [notice.recipient for notice in Notice.objects.all()] == [oda]
    assert [letter.recipient for letter in Delivery.objects.all()] == [oda]


def test_withdrawn_story_is_gone_with_its_talk_and_on_the_record(space, ben, oda, sam):
    story = publish_story(write_story(space, by=ben, words=WORDS), by=ben)
    assert Story.objects.visible_to(oda).exists()

    withdraw_story(story, by=sam, reason="It names a child.")

    story.refresh_from_db()
    assert not Story.objects.visible_to(oda).exists()
    assert story.thread.hidden is not None
    record = Record.objects.get()
    assert (record.verb, record.actor, record.about, record.reason) == (
        "story_withdrawn",
        sam,
        ben,
        "It names a child.",
    )


def test_an_edit_undoes_neither_publishing_nor_withdrawing(space, ben):
    draft = write_story(space, by=ben, words=WORDS)
    open_in_two_tabs = Story.objects.get(pk=draft.pk), Story.objects.get(pk=draft.pk)

    published = publish_story(draft, by=ben)
    edit_story(open_in_two_tabs[0], by=ben, words=WORDS | {"title": "Later"})
    withdraw_story(published, by=ben)
    edit_story(open_in_two_tabs[1], by=ben, words=WORDS | {"title": "Last"})

    story = Story.objects.get()
    assert (story.title, story.state, story.thread) == (
        "Last",
        Story.State.WITHDRAWN,
        published.thread,
    )


def test_a_story_published_meanwhile_is_not_thrown_away(space, ben):
    draft = write_story(space, by=ben, words=WORDS)
    publish_story(draft, by=ben)

    discard_story(draft, by=ben)

    assert Story.objects.get().state == Story.State.PUBLISHED


def test_withdrawing_twice_stands_once_on_the_record(space, ben):
    story = publish_story(write_story(space, by=ben, words=WORDS), by=ben)
    in_another_tab = Story.objects.get(pk=story.pk)

    withdraw_story(story, by=ben)
    withdraw_story(in_another_tab, by=ben)

    assert Record.objects.filter(verb="story_withdrawn").count() == 1


def test_narrowing_a_story_narrows_its_talk(space, ben, farmers):
    story = publish_story(write_story(space, by=ben, words=WORDS), by=ben)

    edit_story(
        story,
        by=ben,
        words=WORDS | {"audience": "group", "audience_group": farmers},
    )

    story.thread.refresh_from_db()
    assert (story.thread.audience, story.thread.audience_group) == ("group", farmers)
