"""Who sees, edits and withdraws a story."""

import pytest

from stories import permissions
from stories.models import Story
from tests.factories.stories import StoryFactory

CAST = ["guest", "cleo", "ben", "oda", "sam", "ada", "max_", "rex", "root"]


@pytest.mark.parametrize(
    ("which", "audience", "seen_by"),
    [
        ("space", "members", ["ben", "oda", "sam", "ada"]),
        ("space", "public", ["ben", "oda", "sam", "ada"]),
        ("open_space", "members", ["ben", "oda", "sam", "ada"]),
        ("open_space", "public", CAST),
        ("hidden_space", "public", ["ben", "oda", "sam", "ada"]),
    ],
)
def test_story_is_seen_by_its_audience(request, which, audience, seen_by):
    space = request.getfixturevalue(which)
    people = {name: request.getfixturevalue(name) for name in CAST}
    story = StoryFactory(space=space, audience=audience)

    seen = [
        name for name in CAST if story in Story.objects.visible_to(people[name]).all()
    ]

    assert seen == [name for name in CAST if name in seen_by]


def test_group_story_is_for_that_group_alone(space, ben, oda, sam, ada, farmers):
    story = StoryFactory(space=space, audience="group", audience_group=farmers)

    seen = [
        person.name
        for person in (ben, oda, sam, ada)
        if Story.objects.visible_to(person).filter(pk=story.pk).exists()
    ]

    assert seen == ["Ben Tetteh"]


@pytest.mark.parametrize(
    ("state", "verb", "may"),
    [
        ("draft", "edit", ["ben"]),
        ("draft", "publish", ["ben"]),
        ("draft", "discard", ["ben"]),
        ("draft", "withdraw", []),
        ("published", "edit", ["ben"]),
        ("published", "publish", []),
        ("published", "discard", []),
        ("published", "withdraw", ["ben", "sam", "ada"]),
        ("withdrawn", "edit", []),
        ("withdrawn", "withdraw", []),
    ],
)
def test_the_teller_is_in_charge(request, space, ben, state, verb, may):
    people = {name: request.getfixturevalue(name) for name in CAST}
    story = StoryFactory(space=space, author=ben, state=state)
    rule = getattr(permissions, f"can_{verb}_story")

    allowed = [name for name in CAST if rule(people[name], story)]

    assert allowed == may
