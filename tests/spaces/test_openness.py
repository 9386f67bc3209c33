"""Who sees and who joins: rules, effects, the record, the pages."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from conversations.models import Thread
from notifications.models import Notice
from spaces.actions.openness import (
    change_openness,
    is_allowed_pair,
    open_items,
    openness_effects,
)
from spaces.actions.refusals import Refused
from spaces.models import Membership, Space
from tests.factories.accounts import UserFactory
from tests.factories.spaces import MembershipFactory, SpaceFactory

pytestmark = pytest.mark.django_db

PAIRS = [
    ("open", "open", True),
    ("open", "request", True),
    ("open", "invitation", True),
    ("listed", "open", True),
    ("listed", "request", True),
    ("listed", "invitation", True),
    ("hidden", "open", False),
    ("hidden", "request", False),
    ("hidden", "invitation", True),
]


@pytest.mark.parametrize(("visibility", "join_policy", "allowed"), PAIRS)
def test_pairs_are_refused_alike_by_rule_and_database(visibility, join_policy, allowed):
    assert is_allowed_pair(visibility, join_policy) is allowed
    if allowed:
        SpaceFactory(visibility=visibility, join_policy=join_policy)
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            SpaceFactory(visibility=visibility, join_policy=join_policy)


@pytest.mark.parametrize(
    ("person", "may"),
    [("ada", True), ("root", True), ("sam", False), ("ben", False), ("cleo", False)],
)
def test_change_openness_is_for_facilitators_and_administrators(
    request, space, person, may
):
    who = request.getfixturevalue(person)
    wanted = {"visibility": "open", "join_policy": "open", "reason": "Because."}

    if may:
        change_openness(space, by=who, **wanted)
        assert Space.objects.get(pk=space.pk).visibility == "open"
    else:
        with pytest.raises(PermissionDenied):
            change_openness(space, by=who, **wanted)
        assert Space.objects.get(pk=space.pk).visibility == "listed"


def test_change_openness_goes_on_the_record_and_members_are_told(space, ada, ben, cleo):
    change_openness(
        space, by=ada, visibility="hidden", join_policy="invitation", reason="Safety."
    )

    record = space.records.get()
    assert (record.verb, record.actor, record.reason, record.detail) == (
        "openness_changed",
        ada,
        "Safety.",
        {"old": ["listed", "request"], "new": ["hidden", "invitation"]},
    )
    assert list(Notice.objects.values_list("recipient", "kind")) == [
        (ben.pk, "spaces.space_changed")
    ]
    assert not Space.objects.visible_to(cleo).filter(pk=space.pk).exists()


@pytest.mark.parametrize(
    ("visibility", "join_policy", "reason"),
    [("hidden", "request", "Why not."), ("open", "open", "  ")],
)
def test_change_openness_refuses_with_words(
    space, ada, visibility, join_policy, reason
):
    with pytest.raises(Refused):
        change_openness(
            space,
            by=ada,
            visibility=visibility,
            join_policy=join_policy,
            reason=reason,
        )

    assert not space.records.exists()


def test_change_openness_to_the_same_does_nothing(space, ada):
    change_openness(
        space, by=ada, visibility="listed", join_policy="request", reason="Again."
    )

    assert not space.records.exists()


@pytest.fixture
def threads(space):
    for audience in ("public", "public", "members"):
        Thread.objects.create(space=space, audience=audience)
    return space


def test_open_items_counts_what_a_guest_reads_or_would(threads):
    now = open_items(threads)
    then = open_items(threads, visibility="open")

    assert now == []
    assert then == [("conversations", 2)]
    assert Space.objects.get(pk=threads.pk).visibility == "listed"


def test_effects_name_everybody_concerned(threads, ada, rex):
    MembershipFactory.create_batch(3, space=threads)
    effects = openness_effects(threads, visibility="open", join_policy="invitation")

    told = {effect.whom: (effect.tone, effect.words) for effect in effects}
    assert list(told) == [
        "Guests and signed-in people outside",
        "Search engines",
        "Feeds",
        "Members",
        "Newcomers",
        "Who asked to join",
    ]
    assert told["Guests and signed-in people outside"][0] == "more"
    assert "2 items" in told["Guests and signed-in people outside"][1]
    assert told["Members"][1].startswith("4 members")
    assert told["Who asked to join"][1].startswith("1 person waits")


def test_effects_of_closing_count_what_is_lost(threads):
    Space.objects.filter(pk=threads.pk).update(visibility="open")
    threads.refresh_from_db()

    effects = openness_effects(threads, visibility="hidden", join_policy="invitation")

    guests = effects[0]
    assert guests.tone == "less"
    assert "lose 2 items they can read now" in guests.words


def test_effects_of_nothing_are_none(space):
    assert openness_effects(space, visibility="listed", join_policy="request") == []


# Pages


def address(space):
    return reverse("spaces:space_openness", kwargs={"space": space.slug})


@pytest.mark.parametrize(
    ("person", "status"),
    [("ada", 200), ("sam", 403), ("ben", 403), ("cleo", 403), ("root", 403)],
)
def test_space_openness_is_for_facilitators(client, request, space, person, status):
    client.force_login(request.getfixturevalue(person))

    assert client.get(address(space)).status_code == status


def test_space_openness_shows_first_and_changes_then(client, ada, space):
    client.force_login(ada)
    wanted = {"visibility": "open", "join_policy": "open", "reason": "Let them read."}

    shown = client.post(address(space), wanted)
    between = Space.objects.get(pk=space.pk).visibility
    changed = client.post(address(space), wanted | {"step": "change"})

    assert shown.status_code == 200
    assert "Search engines" in shown.content.decode()
    assert between == "listed"
    assert changed.status_code == 302
    assert Space.objects.get(pk=space.pk).visibility == "open"


@pytest.mark.parametrize(
    "wrong",
    [
        {"visibility": "hidden", "join_policy": "open", "reason": "My words"},
        {"visibility": "everyone", "join_policy": "open", "reason": "My words"},
        {"visibility": "open", "join_policy": "open", "reason": ""},
        {"visibility": "open", "join_policy": "open", "reason": "x" * 1001},
    ],
)
@pytest.mark.parametrize("step", ["", "change"])
def test_space_openness_refuses_with_words(client, ada, space, wrong, step):
    client.force_login(ada)

    answer = client.post(address(space), wrong | {"step": step})

    assert answer.status_code == 422
    assert wrong["reason"] in answer.content.decode()
    assert Space.objects.get(pk=space.pk).visibility == "listed"


def test_what_changes_nothing_keeps_the_reason(client, ada, space):
    client.force_login(ada)
    same = {"visibility": "listed", "join_policy": "request", "reason": "My words"}

    answer = client.post(address(space), same)

    assert answer.status_code == 422
    assert "This is how the space is already." in answer.content.decode()
    assert ">\nMy words</textarea>" in answer.content.decode()
    # The second press of a button that has changed it is answered like the first.
    assert client.post(address(space), same | {"step": "change"}).status_code == 302


@pytest.mark.parametrize("rows", [1, 30])
def test_space_openness_query_count(
    client, ada, space, rows, django_assert_num_queries
):
    for _row in range(rows):
        Thread.objects.create(space=space, audience="public")
        Membership.objects.create(space=space, person=UserFactory(), status="requested")
    client.force_login(ada)
    client.get(address(space))  # the first visit of a session is noted once

    with django_assert_num_queries(11):
        client.post(
            address(space),
            {"visibility": "open", "join_policy": "open", "reason": "Let them."},
        )
