"""Tried, same here, thanks: one row each, counted by group, readable with its place."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from notifications.kinds import kind_of
from notifications.models import Delivery, Notice
from spaces.models import Membership
from stories.actions import respond_to_story, take_response_back, withdraw_story
from stories.models import Response, Story
from stories.permissions import can_respond_to_story
from tests.factories.accounts import UserFactory
from tests.factories.spaces import GroupFactory, MembershipFactory
from tests.factories.stories import StoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(space, ben):
    return StoryFactory(space=space, author=ben, title="Fire belts")


def url(story):
    return reverse(
        "stories:story_respond",
        kwargs={"space": story.space.slug, "story": story.slug},
    )


def said():
    return list(
        Response.objects.order_by("kind").values_list("kind", "verdict", "context")
    )


def test_who_may_respond(story, space, ben, oda, ada, cleo, max_, guest):
    people = [ben, oda, ada, cleo, max_, guest]
    published = [can_respond_to_story(person, story) for person in people]
    withdraw_story(story, by=ben)
    withdrawn = [can_respond_to_story(person, story) for person in people]
    story.state = "published"
    space.state = "archived"
    archived = [can_respond_to_story(person, story) for person in people]

    assert published == [False, True, True, False, False, False]
    assert withdrawn == archived == [False] * 6


def test_one_tap_can_be_changed_and_taken_back(client, story, oda, officers):
    client.force_login(oda)
    tried = {"kind": "tried", "verdict": "worked"}

    answers = [
        client.post(url(story), tried),
        client.post(url(story), tried),  # pressed twice
        client.post(url(story), {"kind": "thanks"}),
        client.post(url(story), tried | {"verdict": "not_here", "context": "Clay."}),
    ]
    changed = said()
    client.post(url(story), {"kind": "tried", "remove": "1"})

    assert {answer["Location"] for answer in answers} == {
        f"{story.get_absolute_url()}#responses"
    }
    assert changed == [("thanks", "", ""), ("tried", "not_here", "Clay.")]
    assert said() == [("thanks", "", "")]
    assert Response.objects.get().group == officers


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"kind": "tried", "context": "On clay."}, "Did it work?"),
        (
            {"kind": "tried", "verdict": "brilliant", "context": "On clay."},
            "Choose one of the three.",
        ),
        (
            {"kind": "tried", "verdict": "partly", "context": "On clay." * 200_000},
            "at most 1000 characters",
        ),
    ],
)
def test_what_cannot_be_read_is_asked_again(client, story, oda, sent, words):
    client.force_login(oda)

    answer = client.post(url(story), sent)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert "On clay." in text
    assert said() == []


def test_members_read_who_and_where_and_guests_only_how_many(
    client, open_space, ben, oda, ada
):
    story = StoryFactory(space=open_space, author=ben, audience="public")
    farmers = GroupFactory(space=open_space, name="Herders")
    Membership.objects.filter(space=open_space, person=oda).update(group=farmers)
    respond_to_story(
        story, by=oda, kind="tried", verdict="not_here", context="Heavy clay."
    )
    respond_to_story(story, by=ada, kind="same")

    guest = client.get(story.get_absolute_url()).content.decode()
    client.force_login(ben)
    member = client.get(story.get_absolute_url()).content.decode()

    assert "Tried by 1 person elsewhere" in guest
    assert "Herders" in guest
    assert ("Heavy clay." in guest, "Oda Lund" in guest) == (False, False)
    assert ("Heavy clay." in member, "Oda Lund" in member) == (True, True)
    assert ("Ada Mensah" in guest, "Ada Mensah" in member) == (False, True)


def test_a_withdrawn_story_takes_its_responses_along(client, story, ben, oda):
    response = respond_to_story(
        story, by=oda, kind="tried", verdict="worked", context="By the river."
    )
    kind = kind_of("stories.story_tried")
    told = kind.load_for(ben, [response.pk])

    story = withdraw_story(story, by=ben)
    client.force_login(ben)

    assert list(told) == [str(response.pk)]
    assert kind.load_for(ben, [response.pk]) == {}
    assert "By the river." not in client.get(story.get_absolute_url()).content.decode()
    assert not Response.objects.visible_to(oda).exists()
    with pytest.raises(PermissionDenied):
        respond_to_story(story, by=oda, kind="thanks")


def test_the_teller_hears_of_trials_and_has_one_line_of_thanks(story, ben, oda, ada):
    respond_to_story(story, by=oda, kind="tried", verdict="worked")
    respond_to_story(story, by=oda, kind="tried", verdict="partly")
    for person in (oda, ada):
        respond_to_story(story, by=person, kind="thanks")
    respond_to_story(story, by=ada, kind="same")
    take_response_back(story, by=ada, kind="same")

    lines = list(Notice.objects.filter(recipient=ben).values_list("kind", flat=True))
    mails = list(Delivery.objects.values_list("kind", "recipient"))
    kind = kind_of("stories.story_thanked")
    target = kind.load_for(ben, [story.pk])[str(story.pk)]

    assert sorted(lines) == ["stories.story_thanked", "stories.story_tried"]
    assert mails == [("stories.story_tried", ben.pk)]
    assert kind.line(target, {}) == "Thanks and “same here” for “Fire belts” (2)"


@pytest.mark.parametrize("rows", [1, 30])
def test_responses_cost_one_query(client, story, ben, rows, django_assert_num_queries):
    for _number in range(rows):
        member = MembershipFactory(
            space=story.space, group=GroupFactory(space=story.space)
        )
        respond_to_story(
            Story.objects.get(pk=story.pk),
            by=member.person,
            kind="tried",
            verdict="worked",
            context="Here.",
        )
    client.force_login(ben)
    client.get(story.get_absolute_url())

    with django_assert_num_queries(9):
        client.get(story.get_absolute_url())


def test_more_than_are_named_are_counted(monkeypatch, client, story, space, ben):
    monkeypatch.setattr("stories.tallies.MOST_NAMED", 2)
    for _number in range(3):
        person = UserFactory()
        MembershipFactory(space=space, person=person)
        respond_to_story(story, by=person, kind="same")
    client.force_login(ben)

    assert "<b>3</b>" in client.get(story.get_absolute_url()).content.decode()
