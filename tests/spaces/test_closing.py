"""Closing an account: no space loses its last facilitator by it."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from accounts.models import User
from spaces.actions.closing import leave_site, report_closing
from spaces.actions.refusals import Refused
from spaces.models import Record, Space
from tests.accounts.test_signing_in import PASSWORD, show_again, words
from tests.factories.accounts import UserFactory
from tests.factories.spaces import MembershipFactory, SpaceFactory

ADDRESS = "joining:account_close"


@pytest.fixture
def enter(client):
    def sign_in(person):
        EmailAddress.objects.create(
            user=person, email=person.email, verified=True, primary=True
        )
        client.post(
            reverse("account_login"), {"login": person.email, "password": PASSWORD}
        )
        show_again(client)
        return client

    return sign_in


def test_closing_is_refused_until_the_spaces_are_handed_over(enter, ada, ben, space):
    client = enter(ada)
    page = client.get(reverse(ADDRESS))
    assert ("First hand over" in words(page), "Forest Forum" in words(page)) == (
        True,
        True,
    )
    answer = client.post(reverse(ADDRESS), {"address": ada.email})
    assert answer.status_code == 422
    assert User.objects.filter(pk=ada.pk).exists()

    ben.memberships.update(role="facilitator")
    answer = client.post(reverse(ADDRESS), {"address": ada.email})

    assert answer["Location"] == reverse("discover:home")
    assert not User.objects.filter(pk=ada.pk).exists()


def test_closing_needs_ones_own_address(enter, ben):
    client = enter(ben)

    answer = client.post(reverse(ADDRESS), {"address": "oda@example.org"})

    assert answer.status_code == 422
    assert "not the address of your account" in words(answer)
    assert "oda@example.org" in answer.text
    assert User.objects.filter(pk=ben.pk).exists()


def test_closing_asks_again_who_one_is(enter, ben, settings):
    client = enter(ben)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1

    answer = client.post(reverse(ADDRESS), {"address": ben.email})

    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert User.objects.filter(pk=ben.pk).exists()


def test_a_space_of_one_is_archived(db):
    person = UserFactory()
    space = SpaceFactory()
    MembershipFactory(space=space, person=person, role="facilitator")

    leave_site(person)

    space.refresh_from_db()
    assert space.state == Space.State.ARCHIVED
    assert set(Record.objects.values_list("verb", "actor")) == {
        ("member_left", None),
        ("state_changed", None),
    }


def test_nothing_changes_when_one_space_stands_in_the_way(ada, ben, open_space):
    ben.memberships.exclude(space=open_space).update(role="facilitator")

    with pytest.raises(Refused, match="Water Watch"):
        leave_site(ada)

    assert ada.memberships.active().count() == 3


@pytest.mark.parametrize("rows", [1, 30])
def test_report_query_count(ben, rows, django_assert_num_queries):
    MembershipFactory.create_batch(rows, person=ben)

    with django_assert_num_queries(2):
        assert len(report_closing(ben).others) == rows + 3
