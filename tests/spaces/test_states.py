"""Rest, wake, archive, restore; settings that a facilitator saves."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from conversations.models import Thread
from notifications.models import Delivery, Notice
from spaces.actions.groups import (
    add_group,
    addressed_to,
    change_group,
    move_group,
    remove_group,
)
from spaces.actions.refusals import Refused
from spaces.actions.settings import change_digest_default
from spaces.actions.states import change_state
from spaces.models import Membership, Space
from tests.factories.spaces import GroupFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "writable", "awake"),
    [("resting", True, False), ("archived", False, False), ("active", True, True)],
)
def test_change_state(space, ada, state, writable, awake):
    if state == "active":
        change_state(space, by=ada, state="archived")

    change_state(space, by=ada, state=state, reason="The rains.")

    space.refresh_from_db()
    assert (space.is_writable, Space.objects.awake().filter(pk=space.pk).exists()) == (
        writable,
        awake,
    )
    assert (space.resting_since is not None) is (state == "resting")
    assert space.records.first().reason == "The rains."


def test_change_state_twice_is_told_once(space, ada, ben):
    change_state(space, by=ada, state="resting")
    change_state(space, by=ada, state="resting")

    assert space.records.count() == 1
    assert Notice.objects.filter(recipient=ben).count() == 1
    assert Delivery.objects.filter(recipient=ben).count() == 1


@pytest.mark.parametrize(("person", "may"), [("ada", True), ("sam", False)])
def test_change_state_is_for_facilitators(request, space, person, may):
    who = request.getfixturevalue(person)

    if may:
        assert change_state(space, by=who, state="archived").state == "archived"
    else:
        with pytest.raises(PermissionDenied):
            change_state(space, by=who, state="archived")


def test_an_archived_space_keeps_its_settings_but_can_be_restored(client, ada, space):
    change_state(space, by=ada, state="archived")
    client.force_login(ada)
    tools = reverse("spaces:space_tools", kwargs={"space": space.slug})
    state = reverse("spaces:space_state", kwargs={"space": space.slug})

    assert client.post(tools, {"tools": ["wiki"]}).status_code == 403
    assert client.post(state, {"state": "active", "reason": ""}).status_code == 302
    assert Space.objects.get(pk=space.pk).state == "active"


# Groups


def test_groups_are_added_with_the_first_unused_shape_and_moved(space, ada):
    first = add_group(space, by=ada, name="Farmers")
    second = add_group(space, by=ada, name="Youth")
    move_group(second, by=ada, up=True)

    assert (first.palette, second.palette) == (0, 1)
    assert [group.name for group in space.groups.all()] == ["Youth", "Farmers"]


def test_change_group_goes_on_the_record_when_its_word_changes(space, ada, farmers):
    change_group(farmers, by=ada, name="Farmers", palette=3)
    assert not space.records.exists()

    change_group(farmers, by=ada, name="Herders", palette=3)

    assert space.records.get().detail == {"old": "Farmers", "new": "Herders"}


def test_remove_group_takes_people_and_words_to_another(space, ada, ben, officers):
    farmers = ben.memberships.get(space=space).group

    remove_group(farmers, by=ada, into=officers)

    assert ben.memberships.get(space=space).group == officers
    assert not space.groups.filter(pk=farmers.pk).exists()
    assert space.records.get().verb == "group_merged"


def test_remove_group_is_refused_while_items_are_addressed_to_it(
    space, ada, farmers, officers
):
    thread = Thread.objects.create(
        space=space, audience="group", audience_group=farmers
    )

    with pytest.raises(Refused, match="1 item was written for “Farmers” alone"):
        remove_group(farmers, by=ada, into=officers)
    assert addressed_to(farmers) == 1

    Thread.objects.filter(pk=thread.pk).update(audience="members", audience_group=None)
    remove_group(farmers, by=ada)
    assert [group.name for group in space.groups.all()] == ["District officers"]


def test_change_digest_default_touches_nobody(space, ada, ben, oda):
    space.memberships.filter(person=oda).update(digest="weekly")

    change_digest_default(space, by=ada, frequency="weekly", propose=True)

    assert Space.objects.get(pk=space.pk).digest_default == "weekly"
    assert ben.memberships.get(space=space).digest == "daily"
    told = Notice.objects.filter(kind="spaces.digest_proposed")
    assert [notice.recipient for notice in told] == [ben]


# Pages

PAGES = [
    "space_settings",
    "space_openness",
    "space_groups",
    "space_questions",
    "space_tools",
    "space_rules",
    "space_digest",
    "space_state",
]


@pytest.mark.parametrize("name", PAGES)
def test_settings_are_for_facilitators(client, ada, sam, space, name):
    address = reverse(f"spaces:{name}", kwargs={"space": space.slug})

    client.force_login(sam)
    refused = client.get(address)
    client.force_login(ada)

    assert refused.status_code == 403
    assert client.get(address).status_code == 200


SAVES = [
    (
        "space_settings",
        {
            "name": "Wood Forum",
            "concern": "Who keeps it?",
            "description": "**Old**",
            "welcome": "Hello",
            "language": "fr",
            "time_zone": "Accra",
        },
        {"name": "Wood Forum", "language": "fr", "time_zone": "Africa/Accra"},
    ),
    ("space_tools", {"tools": ["wiki", "exchange"]}, {"tools": ["exchange", "wiki"]}),
    ("space_rules", {"house_rules": "Be kind."}, {"house_rules": "Be kind."}),
    ("space_digest", {"digest_default": "monthly"}, {"digest_default": "monthly"}),
    ("space_state", {"state": "resting"}, {"state": "resting"}),
]


@pytest.mark.parametrize(("name", "data", "saved"), SAVES)
def test_settings_are_saved_and_recorded(client, ada, space, name, data, saved):
    client.force_login(ada)
    address = reverse(f"spaces:{name}", kwargs={"space": space.slug})

    answer = client.post(address, data)

    assert answer.status_code == 302
    assert Space.objects.filter(pk=space.pk).values(*saved).get() == saved
    assert space.records.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "kept"),
    [
        ("space_settings", {"name": "🌳", "concern": "My concern"}, "My concern"),
        ("space_settings", {"name": "x" * 500}, "x" * 500),
        ("space_tools", {"tools": ["gossip"]}, "gossip"),
        ("space_rules", {"house_rules": "x" * 8001}, "x" * 8001),
        ("space_state", {"state": "gone"}, "gone"),
        ("space_groups", {"name": "x" * 61}, "x" * 61),
        ("space_groups", {"name": "farmers"}, "farmers"),
        ("space_questions", {"text": "x" * 301}, "x" * 301),
    ],
)
def test_settings_refuse_with_words_and_keep_them(
    client, ada, space, farmers, name, data, kept
):
    client.force_login(ada)
    address = reverse(f"spaces:{name}", kwargs={"space": space.slug})

    answer = client.post(address, data)

    assert answer.status_code == 422
    assert kept in answer.content.decode()
    assert not space.records.exists()


def test_groups_of_another_space_are_not_found(client, ada, space, open_space):
    foreign = GroupFactory(space=open_space)
    client.force_login(ada)

    for name in ("space_group_edit", "space_group_remove"):
        kwargs = {"space": space.slug, "pk": foreign.pk}
        assert client.get(reverse(f"spaces:{name}", kwargs=kwargs)).status_code == 404


def test_a_refused_group_without_a_shape_is_drawn_again(client, ada, space, farmers):
    client.force_login(ada)
    kwargs = {"space": space.slug, "pk": farmers.pk}
    address = reverse("spaces:space_group_edit", kwargs=kwargs)

    answer = client.post(address, {"name": "x" * 70, "palette": ""})

    assert answer.status_code == 422
    assert "x" * 70 in answer.content.decode()


def test_space_group_edit_and_remove(client, ada, space, farmers, officers):
    client.force_login(ada)
    kwargs = {"space": space.slug, "pk": farmers.pk}

    client.post(
        reverse("spaces:space_group_edit", kwargs=kwargs),
        {"name": "Herders", "palette": "5"},
    )
    farmers.refresh_from_db()
    assert (farmers.name, farmers.palette) == ("Herders", 5)

    removal = reverse("spaces:space_group_remove", kwargs=kwargs)
    assert client.get(removal).status_code == 200
    client.post(removal, {"into": officers.pk})
    assert [group.name for group in space.groups.all()] == ["District officers"]


def test_space_question_edit(client, ada, space):
    client.force_login(ada)
    questions = reverse("spaces:space_questions", kwargs={"space": space.slug})
    client.post(questions, {"text": "What brings you?", "is_required": "on"})
    question = space.join_questions.get()
    kwargs = {"space": space.slug, "pk": question.pk}
    address = reverse("spaces:space_question_edit", kwargs=kwargs)

    client.post(address, {"text": "What brings you here?"})
    question.refresh_from_db()
    assert (question.text, question.is_required) == ("What brings you here?", False)

    client.post(address, {"do": "remove"})
    assert not space.join_questions.exists()


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("space_groups", 5), ("space_digest", 6), ("record_list", 6)],
)
def test_settings_query_count(
    client, ada, space, rows, name, queries, django_assert_num_queries
):
    for row in range(rows):
        group = GroupFactory(space=space)
        MembershipFactory(space=space, group=group)
        change_state(space, by=ada, state=["resting", "active"][row % 2])
    client.force_login(ada)
    address = reverse(f"spaces:{name}", kwargs={"space": space.slug})
    client.get(address)  # the first visit of a session is noted once

    with django_assert_num_queries(queries):
        client.get(address)


def test_the_record_is_for_members(client, ada, ben, cleo, open_space):
    change_state(open_space, by=ada, state="resting", reason="Until the rains.")
    address = reverse("spaces:record_list", kwargs={"space": open_space.slug})

    client.force_login(ben)
    page = client.get(address).content.decode()
    client.force_login(cleo)

    assert "Ada Mensah changed the state from “Active” to “Resting”." in page
    assert "Until the rains." in page
    assert client.get(address).status_code == 403


@pytest.mark.parametrize(
    ("person", "listed", "hidden"),
    [("guest", 200, 302), ("cleo", 200, 404), ("ben", 200, 200)],
)
def test_space_about_shows_the_card(
    client, request, all_spaces, person, listed, hidden
):
    if person != "guest":
        client.force_login(request.getfixturevalue(person))

    answers = [
        client.get(reverse("spaces:space_about", kwargs={"space": space.slug}))
        for space in (all_spaces[0], all_spaces[2])
    ]

    assert [answer.status_code for answer in answers] == [listed, hidden]
    assert Membership.objects.filter(role="facilitator").count() == 0
