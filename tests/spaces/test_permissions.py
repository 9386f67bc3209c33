"""Who may do what about people: one table."""

import pytest

from spaces.models import Membership, Space
from spaces.permissions import (
    can_ban_member,
    can_change_role,
    can_grant_roles,
    can_invite_to_space,
    can_join_space,
    can_link_in_space,
    can_request_space,
    can_see_linked,
    can_tend_space,
    can_unban_member,
    can_write_in_space,
    people_typed_for,
)

CAST = "ada sam ben oda cleo ivy rex max_ root guest"


@pytest.fixture
def cast(ada, sam, ben, oda, cleo, ivy, rex, max_, root, guest, space):
    space.memberships.filter(person=oda).update(is_linker=True)
    people = (ada, sam, ben, oda, cleo, ivy, rex, max_, root, guest)
    return dict(zip(CAST.split(), people, strict=True))


def who(cast, rule):
    return " ".join(name for name, person in cast.items() if rule(person))


@pytest.mark.parametrize(
    ("rule", "people"),
    [
        (can_write_in_space, "ada sam ben oda"),
        (can_tend_space, "ada sam"),
        (can_invite_to_space, "ada sam"),
        (can_grant_roles, "ada"),
        (can_link_in_space, "oda"),
        (can_see_linked, "ada oda"),
    ],
)
def test_inside(cast, space, rule, people):
    assert who(cast, lambda person: rule(person, space)) == people


@pytest.mark.parametrize(
    "rule", [can_write_in_space, can_invite_to_space, can_link_in_space]
)
def test_nothing_is_written_in_an_archived_space(cast, space, rule):
    space.state = Space.State.ARCHIVED

    assert who(cast, lambda person: rule(person, space)) == ""


def test_at_the_door(cast, space, open_space, hidden_space):
    outside = "cleo ivy rex root"

    def joins(each):
        return who(cast, lambda person: can_join_space(person, each))

    def asks(each):
        return who(cast, lambda person: can_request_space(person, each))

    assert [joins(each) for each in (space, hidden_space)] == ["", ""]
    assert set(outside.split()) <= set(joins(open_space).split())
    assert not {"max_", "guest"} & set(joins(open_space).split())
    assert set(outside.split()) <= set(asks(space).split())
    assert not {"max_", "guest"} & set(asks(space).split())
    assert asks(open_space) == asks(hidden_space) == ""


def test_over_a_member(cast, space):
    row = Membership.objects.get(space=space, person=cast["ben"])

    assert who(cast, lambda person: can_change_role(person, row)) == "ada"
    assert who(cast, lambda person: can_ban_member(person, row)) == "ada sam"
    assert who(cast, lambda person: can_unban_member(person, row)) == "ada sam"
    row.person.email = None
    assert who(cast, lambda person: can_change_role(person, row)) == ""
    assert who(cast, lambda person: can_ban_member(person, row)) == ""


def test_nobody_types_for_others_without_being_a_linker(cast, space):
    assert who(cast, lambda person: people_typed_for(person, space).exists()) == ""
