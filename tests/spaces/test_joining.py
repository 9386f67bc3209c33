"""The door: joining at once, asking, deciding; twice and at the same time."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from notifications.models import Delivery, Notice
from spaces.actions.joining import (
    accept_request,
    decline_request,
    join_space,
    request_to_join,
    withdraw_request,
)
from spaces.actions.members import leave_space
from spaces.actions.refusals import Refused
from spaces.models import JoinQuestion, Membership
from tests.factories.accounts import UserFactory
from tests.factories.spaces import GroupFactory, SpaceFactory
from tests.spaces.races import at_once


def url(space, name="space_join", **kwargs):
    return reverse(f"spaces:{name}", kwargs={"space": space.slug, **kwargs})


def mails(kind):
    rows = Delivery.objects.filter(kind=kind).order_by("pk")
    return [row.recipient or row.address for row in rows]


def status_of(space, person):
    row = Membership.objects.filter(space=space, person=person).first()
    return row.status if row else None


# ── Open ────────────────────────────────────────────────────────────────────
def test_joining_an_open_space_takes_one_press(client, open_space, ada, cleo):
    group = GroupFactory(space=open_space, name="Fishers")
    client.force_login(cleo)

    page = client.get(url(open_space))
    answer = client.post(url(open_space), {"group": group.pk})

    assert page.status_code == 200
    assert answer.url == open_space.get_absolute_url()
    row = Membership.objects.get(space=open_space, person=cleo)
    assert (row.status, row.role, row.group) == ("active", "member", group)
    assert row.joined is not None


def test_a_stranger_is_shown_no_way_into_a_closed_space(client, open_space, space):
    open_page = client.get(url(open_space)).content.decode()
    closed_page = client.get(url(space)).content.decode()

    assert f'href="{url(open_space, "member_list")}"' in open_page
    assert f'href="{url(space, "member_list")}"' not in closed_page
    assert f'<a href="{space.get_absolute_url()}">{space.name}</a></h1>' in closed_page


def test_joining_twice_makes_one_row_and_a_friendly_page(client, open_space, cleo):
    client.force_login(cleo)

    client.post(url(open_space))
    again = client.post(url(open_space))

    assert again.url == open_space.get_absolute_url()
    assert Membership.objects.filter(space=open_space, person=cleo).count() == 1


def test_house_rules_are_shown_and_must_be_accepted(client, open_space, cleo):
    open_space.house_rules = "Listen first."
    open_space.save()
    client.force_login(cleo)

    page = client.get(url(open_space))
    refused = client.post(url(open_space))
    answer = client.post(url(open_space), {"accepts_rules": "on"})

    assert "Listen first." in page.content.decode()
    assert refused.status_code == 422
    assert "accept them" in refused.content.decode()
    assert answer.status_code == 302
    assert Membership.objects.get(space=open_space, person=cleo).rules_accepted


def test_a_guest_presses_once_and_signing_in_finishes_it(client, cleo):
    space = SpaceFactory(join_policy="request")

    answer = client.post(
        url(space), {"message": "I plant trees.", "has_account": "yes"}
    )

    assert answer.url == f"/accounts/login/?next=%2Fs%2F{space.slug}%2Fjoin%2F"
    client.force_login(cleo)
    client.get(url(space))
    client.get(url(space))
    asked = Membership.objects.get(space=space, person=cleo)
    assert (asked.status, asked.request_message) == ("requested", "I plant trees.")


def test_what_a_guest_left_out_is_asked_for_after_signing_in(client, open_space, cleo):
    open_space.house_rules = "Listen first."
    open_space.save()
    client.post(url(open_space), {})
    client.force_login(cleo)

    first = client.get(url(open_space))
    second = client.get(url(open_space))

    assert "accept them" in first.content.decode()
    assert second.status_code == 200
    assert status_of(open_space, cleo) is None


def test_a_guest_without_account_is_sent_to_sign_up(client, open_space):
    answer = client.post(url(open_space), {})

    assert answer.url.startswith("/accounts/signup/?next=")


def test_stewards_are_told_of_a_newcomer_in_the_inbox_only(open_space, ada, sam, cleo):
    join_space(open_space, by=cleo)

    told = Notice.objects.filter(kind="spaces.newcomer_joined")
    assert {notice.recipient for notice in told} == {ada, sam}
    assert mails("spaces.newcomer_joined") == []


def test_a_letter_of_welcome_goes_out_where_there_is_one(open_space, cleo, rex):
    join_space(open_space, by=rex)
    open_space.welcome = "Good that you are here."
    open_space.save()

    join_space(open_space, by=cleo)

    assert mails("spaces.welcomed") == [cleo]


def test_a_group_of_another_space_is_refused(client, open_space, farmers, cleo):
    GroupFactory(space=open_space)
    client.force_login(cleo)

    answer = client.post(url(open_space), {"group": farmers.pk})

    assert answer.status_code == 422
    assert status_of(open_space, cleo) is None


@pytest.mark.parametrize("state", ["active", "archived"])
def test_archived_spaces_cannot_be_joined(client, open_space, cleo, state):
    open_space.state = state
    open_space.save()
    client.force_login(cleo)

    page = client.get(url(open_space))
    client.post(url(open_space))

    assert page.context["door"] == ("archived" if state == "archived" else "open")
    assert status_of(open_space, cleo) == (None if state == "archived" else "active")


def test_banned_people_never_come_back(client, open_space, space, max_):
    client.force_login(max_)

    for each in (open_space, space):
        page = client.get(url(each))
        client.post(url(each), {"message": "Please"})
        assert page.context["door"] == "banned"
        assert status_of(each, max_) == "banned"
    with pytest.raises(Refused):
        join_space(open_space, by=max_)
    with pytest.raises(Refused):
        request_to_join(space, by=max_)


def test_invitation_only_spaces_say_so(client, cleo):
    space = SpaceFactory(join_policy="invitation")
    client.force_login(cleo)

    page = client.get(url(space))
    client.post(url(space))

    assert page.context["door"] == "invitation"
    assert status_of(space, cleo) is None


def test_who_left_comes_back_as_the_policy_says(open_space, space, ada, ben):
    leave_space(open_space, by=ben)
    leave_space(space, by=ben)

    join_space(open_space, by=ben)
    request_to_join(space, by=ben)

    assert status_of(open_space, ben) == "active"
    assert status_of(space, ben) == "requested"


# ── Asking ──────────────────────────────────────────────────────────────────
def test_asking_keeps_questions_and_answers_and_tells_stewards(
    client, space, farmers, ada, sam, ben, cleo
):
    question = JoinQuestion.objects.create(
        space=space, text="Where is your field?", is_required=True
    )
    client.force_login(cleo)

    refused = client.post(url(space), {"message": "Hello"})
    answer = client.post(
        url(space),
        {
            "message": "Hello",
            "group": farmers.pk,
            f"question_{question.pk}": "By the river",
        },
    )

    assert refused.status_code == 422
    assert refused.context["form"]["message"].value() == "Hello"
    assert answer.url == url(space)
    row = Membership.objects.get(space=space, person=cleo)
    assert (row.status, row.request_message, row.group) == (
        "requested",
        "Hello",
        farmers,
    )
    assert row.answers == [
        {"question": "Where is your field?", "answer": "By the river"}
    ]
    assert set(mails("spaces.requested_to_join")) == {ada, sam}
    assert client.get(url(space)).context["door"] == "requested"


def test_asking_twice_is_one_request_and_one_letter(space, ada, cleo):
    request_to_join(space, by=cleo, message="One")
    request_to_join(space, by=cleo, message="Two")

    rows = Membership.objects.filter(space=space, person=cleo)
    assert [row.request_message for row in rows] == ["Two"]
    assert mails("spaces.requested_to_join") == [ada]


def test_taking_a_request_back_removes_what_was_written(client, space, cleo, ben):
    request_to_join(space, by=cleo, message="Hello")
    client.force_login(cleo)

    answer = client.post(url(space, "request_withdraw"))

    assert answer.url == url(space)
    assert status_of(space, cleo) is None
    assert withdraw_request(space, by=cleo) is False
    assert withdraw_request(space, by=ben) is False
    assert status_of(space, ben) == "active"


def test_letting_somebody_in(client, space, farmers, sam, rex, ben):
    row = Membership.objects.get(space=space, person=rex)
    client.force_login(ben)
    assert client.get(url(space, "request_detail", pk=row.pk)).status_code == 403
    client.force_login(sam)

    page = client.get(url(space, "request_detail", pk=row.pk))
    answer = client.post(
        url(space, "request_detail", pk=row.pk),
        {"decision": "accept", "group": farmers.pk},
    )

    assert page.status_code == 200
    assert answer.url == url(space, "request_list")
    row.refresh_from_db()
    assert (row.status, row.group, row.decided_by) == ("active", farmers, sam)
    assert mails("spaces.request_accepted") == [rex]


def test_declining_needs_words_and_says_when_to_ask_again(client, space, ada, rex):
    row = Membership.objects.get(space=space, person=rex)
    client.force_login(ada)

    refused = client.post(
        url(space, "request_detail", pk=row.pk), {"decision": "decline"}
    )
    client.post(
        url(space, "request_detail", pk=row.pk),
        {"decision": "decline", "reason": "Farmers only, this year."},
    )

    assert refused.status_code == 422
    row.refresh_from_db()
    assert (row.status, row.decision_reason) == (
        "declined",
        "Farmers only, this year.",
    )
    assert mails("spaces.request_declined") == [rex]
    client.force_login(rex)
    page = client.get(url(space))
    assert page.context["door"] == "declined"
    assert "Farmers only, this year." in page.content.decode()
    with pytest.raises(Refused, match="again from"):
        request_to_join(space, by=rex)


def test_a_declined_person_may_ask_again_after_a_while(space, ada, rex):
    row = Membership.objects.get(space=space, person=rex)
    decline_request(row, by=ada, reason="Not yet")
    Membership.objects.filter(pk=row.pk).update(
        decided=timezone.now() - timedelta(days=31)
    )

    request_to_join(space, by=rex, message="Now?")

    assert status_of(space, rex) == "requested"


def test_the_second_steward_hears_who_was_first(client, space, ada, sam, rex):
    row = Membership.objects.get(space=space, person=rex)
    accept_request(row, by=ada)

    with pytest.raises(Refused, match="Ada Mensah has already let"):
        decline_request(row, by=sam, reason="No")
    assert status_of(space, rex) == "active"


def test_members_do_not_decide(space, ben, rex):
    row = Membership.objects.get(space=space, person=rex)

    with pytest.raises(PermissionDenied):
        accept_request(row, by=ben)
    with pytest.raises(PermissionDenied):
        decline_request(row, by=ben, reason="No")
    assert status_of(space, rex) == "requested"


@pytest.mark.parametrize("rows", [1, 30])
def test_request_list_query_count(
    client, space, ada, rows, django_assert_max_num_queries
):
    for person in UserFactory.create_batch(rows):
        request_to_join(space, by=person, message="Hello")
    client.force_login(ada)
    client.get(url(space, "request_list"))  # the session's own row is written once

    with django_assert_max_num_queries(12) as queries:
        page = client.get(url(space, "request_list"))

    assert len(page.context["page"].object_list) == min(rows, 25)
    assert len(queries) == 6


# ── At the same time ────────────────────────────────────────────────────────
@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_time_make_one_member(open_space, cleo):
    results = at_once(*[lambda: join_space(open_space, by=cleo)] * 4)

    assert sorted(came for _row, came in results) == [False, False, False, True]
    assert Membership.objects.filter(space=open_space, person=cleo).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_stewards_at_the_same_time_the_first_decides(space, ada, sam, rex):
    row = Membership.objects.get(space=space, person=rex)

    results = at_once(
        lambda: accept_request(row, by=ada),
        lambda: decline_request(row, by=sam, reason="No"),
    )

    assert sum(isinstance(result, Refused) for result in results) == 1
    assert sum(isinstance(result, Membership) for result in results) == 1
