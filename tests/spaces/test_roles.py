"""Roles, hand-over, and no space without a facilitator."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from notifications.models import Delivery
from spaces.actions.refusals import Refused
from spaces.actions.roles import change_role, hand_over
from spaces.models import Membership, Record
from tests.spaces.races import at_once


def url(space, name, **kwargs):
    return reverse(f"spaces:{name}", kwargs={"space": space.slug, **kwargs})


def of(space, person):
    return Membership.objects.get(space=space, person=person)


def roles(space, *people):
    return [of(space, person).role for person in people]


def test_changing_a_role_is_told_and_recorded(client, space, ada, ben):
    client.force_login(ada)

    page = client.get(url(space, "role_edit", pk=of(space, ben).pk))
    client.post(
        url(space, "role_edit", pk=of(space, ben).pk),
        {"role": "steward", "is_linker": "on", "reason": "Knows everybody."},
    )

    assert page.status_code == 200
    row = of(space, ben)
    assert (row.role, row.is_linker) == ("steward", True)
    told = Delivery.objects.get(kind="spaces.role_changed")
    assert (told.recipient, told.about["reason"]) == (ben, "Knows everybody.")
    record = Record.objects.get(verb="role_changed")
    assert (record.actor, record.about, record.detail) == (
        ada,
        ben,
        {"old": "member", "new": "steward", "linker": True},
    )


@pytest.mark.parametrize("who", ["sam", "ben", "root"])
def test_only_facilitators_change_roles(client, space, ada, sam, ben, oda, root, who):
    person = {"sam": sam, "ben": ben, "root": root}[who]
    client.force_login(person)

    answer = client.post(
        url(space, "role_edit", pk=of(space, oda).pk), {"role": "facilitator"}
    )

    assert answer.status_code == 403
    with pytest.raises(PermissionDenied):
        change_role(of(space, oda), by=person, role="facilitator")
    assert roles(space, oda) == ["member"]


def test_the_last_facilitator_keeps_the_role(client, space, ada, ben):
    client.force_login(ada)

    answer = client.post(
        url(space, "role_edit", pk=of(space, ada).pk), {"role": "member"}
    )

    assert answer.status_code == 422
    assert "Hand over to somebody first." in answer.content.decode()
    assert roles(space, ada) == ["facilitator"]


def test_handing_over_in_one_step(client, space, ada, ben, sam):
    client.force_login(ada)

    answer = client.post(
        url(space, "role_handover"),
        {"successor": of(space, ben).pk, "own_role": "member", "reason": "New job"},
    )

    assert answer.url == url(space, "member_list")
    assert roles(space, ada, ben) == ["member", "facilitator"]
    assert Delivery.objects.get(kind="spaces.role_changed").recipient == ben
    client.force_login(sam)
    assert client.get(url(space, "role_handover")).status_code == 403


def test_handing_over_to_oneself_or_an_outsider(space, open_space, ada, ben):
    with pytest.raises(Refused):
        hand_over(space, by=ada, successor=of(space, ada), own_role="member")
    gone = of(space, ben)
    Membership.objects.filter(pk=gone.pk).update(status="left")
    with pytest.raises(Refused):
        hand_over(space, by=ada, successor=gone, own_role="member")

    assert roles(space, ada) == ["facilitator"]


@pytest.mark.django_db(transaction=True)
def test_two_facilitators_do_not_demote_each_other_at_once(space, ada, ben):
    space.memberships.filter(person=ben).update(role="facilitator")

    at_once(
        lambda: change_role(of(space, ben), by=ada, role="member"),
        lambda: change_role(of(space, ada), by=ben, role="member"),
    )

    assert space.memberships.facilitators().count() == 1
