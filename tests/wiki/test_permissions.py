"""Who sees, edits, guards and deletes a page."""

import pytest

from tests.factories.wiki import PageFactory
from wiki import permissions
from wiki.models import Page

CAST = ["guest", "cleo", "ben", "oda", "sam", "ada", "max_", "rex", "root"]
INSIDE = ["ben", "oda", "sam", "ada"]


@pytest.mark.parametrize(
    ("which", "audience", "seen_by"),
    [
        ("space", "members", INSIDE),
        ("space", "public", INSIDE),
        ("open_space", "members", INSIDE),
        ("open_space", "public", CAST),
        ("hidden_space", "public", INSIDE),
    ],
)
def test_page_is_seen_by_its_audience(request, which, audience, seen_by):
    space = request.getfixturevalue(which)
    people = {name: request.getfixturevalue(name) for name in CAST}
    page = PageFactory(space=space, audience=audience)

    seen = [name for name in CAST if page in Page.objects.visible_to(people[name])]

    assert seen == [name for name in CAST if name in seen_by]


def test_group_page_is_for_that_group_alone(space, ben, oda, sam, ada, farmers):
    page = PageFactory(space=space, audience="group", audience_group=farmers)

    seen = [
        person.name
        for person in (ben, oda, sam, ada)
        if Page.objects.visible_to(person).filter(pk=page.pk).exists()
    ]

    assert seen == ["Ben Tetteh"]


@pytest.mark.parametrize(
    ("protection", "deleted", "state", "verb", "may"),
    [
        ("open", None, "active", "edit", INSIDE),
        ("open", None, "active", "move", INSIDE),
        ("open", None, "active", "change_audience", ["ben", "sam", "ada"]),
        ("open", None, "active", "protect", ["sam", "ada"]),
        ("open", None, "active", "delete", ["sam", "ada"]),
        ("open", None, "active", "undelete", []),
        ("stewards", None, "active", "edit", ["sam", "ada"]),
        ("stewards", None, "active", "change_audience", ["sam", "ada"]),
        ("open", None, "resting", "edit", INSIDE),
        ("open", None, "archived", "edit", []),
        ("open", None, "archived", "delete", []),
        ("open", "2026-01-01T00:00Z", "active", "edit", []),
        ("open", "2026-01-01T00:00Z", "active", "delete", []),
        ("open", "2026-01-01T00:00Z", "active", "undelete", ["sam", "ada"]),
    ],
)
def test_who_does_what(request, space, ben, protection, deleted, state, verb, may):
    people = {name: request.getfixturevalue(name) for name in CAST}
    space.state = state
    space.save()
    page = PageFactory(space=space, created_by=ben, protection=protection)
    page.deleted = deleted
    rules = {
        "edit": permissions.can_edit_page,
        "move": permissions.can_move_page,
        "change_audience": permissions.can_change_page_audience,
        "protect": permissions.can_protect_page,
        "delete": permissions.can_delete_page,
        "undelete": permissions.can_undelete_page,
    }

    allowed = [name for name in CAST if rules[verb](people[name], page)]

    assert allowed == may


def test_no_page_is_begun_where_the_tool_is_off(space, ben, oda):
    assert permissions.can_write_page(ben, space)

    space.tools = ["exchange"]

    assert not permissions.can_write_page(ben, space)


@pytest.mark.parametrize("which", ["space", "open_space", "hidden_space"])
def test_visible_in_answers_as_visible_to(request, which, farmers, officers):
    space = request.getfixturevalue(which)
    people = [request.getfixturevalue(name) for name in CAST]
    for group in (farmers, officers):
        group.pk, group.space = None, space
        group.name = f"{group.name} too"
        group.save()
        PageFactory(space=space, audience="group", audience_group=group)
    for audience in ("members", "public"):
        PageFactory(space=space, audience=audience)
        PageFactory(audience=audience)

    for person in people:
        slow = Page.objects.visible_to(person).in_space(space)
        quick = Page.objects.visible_in(space, person)
        assert set(quick) == set(slow)
