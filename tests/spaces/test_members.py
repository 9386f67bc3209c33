"""The people of a space, one's own settings, leaving, banning."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.reachability import note_failure
from notifications.models import Delivery
from spaces.actions.inviting import create_link, invite_people
from spaces.actions.members import ban_member, leave_space, unban_member
from spaces.actions.refusals import Refused
from spaces.models import Invitation, Membership, Record
from tests.factories.accounts import UserFactory
from tests.factories.spaces import MembershipFactory
from tests.spaces.races import at_once


def url(space, name, **kwargs):
    return reverse(f"spaces:{name}", kwargs={"space": space.slug, **kwargs})


def of(space, person):
    return Membership.objects.get(space=space, person=person)


def names(page):
    return [str(member.person) for member in page.context["page"]]


# ── The directory ───────────────────────────────────────────────────────────
def test_the_directory_is_for_members_only(
    client, open_space, space, ben, cleo, max_, rex
):
    for each in (open_space, space):
        assert client.get(url(each, "member_list")).status_code == 302
        for person, status in ((cleo, 403), (max_, 403), (rex, 403), (ben, 200)):
            client.force_login(person)
            assert client.get(url(each, "member_list")).status_code == status
        client.logout()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Ada Mensah", "Ben Tetteh", "Oda Lund", "Sam Owusu"]),
        ({"q": "tetteh"}, ["Ben Tetteh"]),
        ({"q": "beekeeping"}, ["Oda Lund"]),
        ({"q": "district office"}, ["Oda Lund"]),
        ({"language": "Twi"}, ["Ben Tetteh"]),
        ({"role": "facilitator"}, ["Ada Mensah"]),
        ({"role": "linker"}, ["Ben Tetteh"]),
        ({"q": "100%"}, []),
        ({"role": "emperor"}, ["Ada Mensah", "Ben Tetteh", "Oda Lund", "Sam Owusu"]),
        ({"page": "999"}, ["Ada Mensah", "Ben Tetteh", "Oda Lund", "Sam Owusu"]),
    ],
)
def test_finding_people(client, space, ada, sam, ben, oda, rex, query, found):
    oda.organisation, oda.helps_with = "District Office", "Beekeeping"
    oda.save()
    ben.languages = ["Twi", "English"]
    ben.save()
    space.memberships.filter(person=ben).update(is_linker=True)
    client.force_login(ben)

    page = client.get(url(space, "member_list"), query)

    assert names(page) == found


def test_finding_by_group(client, space, farmers, ada, ben, oda):
    client.force_login(ada)

    page = client.get(url(space, "member_list"), {"group": farmers.pk})

    assert names(page) == ["Ben Tetteh"]


@pytest.mark.parametrize("rows", [1, 30])
def test_member_list_query_count(
    client, space, farmers, ada, rows, django_assert_num_queries
):
    for person in UserFactory.create_batch(rows):
        MembershipFactory(space=space, person=person, group=farmers)
    client.force_login(ada)
    client.get(url(space, "member_list"))

    with django_assert_num_queries(10):
        page = client.get(url(space, "member_list"))

    assert len(names(page)) == min(rows + 1, 24)


def test_facilitators_see_whose_letters_come_back(client, space, ada, sam, ben):
    note_failure(ben.email, is_hard=True)

    for person, seen in ((ada, True), (sam, False), (ben, False)):
        client.force_login(person)
        page = client.get(url(space, "member_list")).content.decode()
        assert ("Cannot be reached by mail: letters come back" in page) is seen
        own = url(space, "member_detail", pk=of(space, ben).pk)
        detail = client.get(own).content.decode()
        assert ("Cannot be reached by mail: letters come back" in detail) is seen


def test_member_detail(client, space, open_space, ada, ben, oda, rex, cleo):
    oda.helps_with = "Reading maps"
    oda.save()
    client.force_login(ben)

    page = client.get(url(space, "member_detail", pk=of(space, oda).pk))

    assert "Reading maps" in page.content.decode()
    for row in (of(space, rex), of(open_space, oda)):
        answer = client.get(url(space, "member_detail", pk=row.pk))
        assert answer.status_code == 404


# ── Leaving ─────────────────────────────────────────────────────────────────
def test_leaving_asks_first(client, space, ada, ben):
    client.force_login(ben)

    page = client.get(url(space, "member_leave"))
    unsure = client.post(url(space, "member_leave"))
    client.post(url(space, "member_leave"), {"is_sure": "on"})

    assert "stays, under your name" in page.content.decode()
    assert unsure.status_code == 422
    assert of(space, ben).status == "left"
    assert leave_space(space, by=ben) is False


def test_the_last_facilitator_cannot_leave(client, space, ada, ben):
    client.force_login(ada)

    answer = client.post(url(space, "member_leave"), {"is_sure": "on"})

    assert answer.status_code == 422
    assert "Hand over to somebody first." in answer.content.decode()
    assert of(space, ada).is_facilitator
    of(space, ben)
    space.memberships.filter(person=ben).update(role="facilitator")
    assert leave_space(space, by=ada) is True


@pytest.mark.django_db(transaction=True)
def test_two_last_facilitators_do_not_both_leave(space, ada, ben):
    space.memberships.filter(person=ben).update(role="facilitator")

    results = at_once(
        lambda: leave_space(space, by=ada), lambda: leave_space(space, by=ben)
    )

    assert sum(isinstance(result, Refused) for result in results) == 1
    assert space.memberships.facilitators().count() == 1


# ── Banning ─────────────────────────────────────────────────────────────────
def test_banning_takes_a_reason_and_is_told_and_recorded(client, space, ada, ben):
    client.force_login(ada)
    path = url(space, "member_ban", pk=of(space, ben).pk)

    wordless = client.post(path)
    client.post(path, {"reason": "Advertising, three times."})

    assert wordless.status_code == 422
    row = of(space, ben)
    assert (row.status, row.decided_by) == ("banned", ada)
    assert [each.recipient for each in Delivery.objects.all()] == [ben]
    record = Record.objects.get(verb="member_banned")
    assert (record.actor, record.about, record.reason) == (
        ada,
        ben,
        "Advertising, three times.",
    )
    client.force_login(ben)
    assert client.get(url(space, "member_list")).status_code == 403


def test_banning_ends_the_links_by_which_one_could_come_back(space, ada, sam, ben):
    Membership.objects.filter(space=space, person=sam).update(role="facilitator")
    row = {"address": "dela@example.org"}
    own = create_link(space, by=sam)
    high = invite_people(space, by=sam, rows=[row], role="steward").invited[0]
    row = {"address": "kofi@example.org"}
    plain = invite_people(space, by=sam, rows=[row]).invited[0]
    others = create_link(space, by=ada)

    ban_member(of(space, sam), by=ada, reason="Sold the list of members.")

    open_ones = Invitation.objects.filter(revoked__isnull=True)
    assert {plain, others} == set(open_ones)
    assert {own, high}.isdisjoint(open_ones)


@pytest.mark.parametrize(
    ("who", "whom", "may"),
    [
        ("ada", "ben", True),
        ("ada", "sam", True),
        ("ada", "ada", False),
        ("sam", "ben", True),
        ("sam", "ada", False),
        ("sam", "sam", False),
        ("ben", "oda", False),
        ("root", "ben", False),
    ],
)
def test_who_may_ban_whom(request, space, ada, sam, ben, oda, root, who, whom, may):
    people = {"ada": ada, "sam": sam, "ben": ben, "oda": oda, "root": root}
    row = of(space, people[whom])

    if may:
        assert ban_member(row, by=people[who], reason="x").status == "banned"
    else:
        with pytest.raises(PermissionDenied):
            ban_member(row, by=people[who], reason="x")


def test_lifting_a_ban(client, space, sam, ben, max_):
    client.force_login(sam)
    row = of(space, max_)

    page = client.get(url(space, "member_banned"))
    client.post(url(space, "member_unban", pk=row.pk))
    client.post(url(space, "member_unban", pk=row.pk))

    assert names(page) == ["Max Stone"]
    assert of(space, max_).status == "left"
    assert Delivery.objects.filter(kind="spaces.ban_lifted").count() == 1
    with pytest.raises(PermissionDenied):
        unban_member(row, by=ben)
