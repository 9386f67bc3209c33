from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.urls import reverse
from django.utils import timezone

from accounts.actions import end_sessions
from accounts.models import Session

HOME = reverse("accounts:profile_edit")


def is_signed_in(client):
    return client.get(HOME).status_code == 200


def change(client, **values):
    session = client.session
    session.update(values)
    session.save()


@pytest.fixture
def visitor(client, ben):
    client.force_login(ben)
    return client


def test_a_session_names_its_person(visitor, ben):
    assert [it.person for it in Session.objects.all()] == [ben]


def test_who_is_reading_takes_one_query(visitor, django_assert_num_queries):
    visitor.get(HOME)

    # Who it is, with the session; and the number beside "Inbox".
    with django_assert_num_queries(2):
        visitor.get("/nothing/is/here/")


END = [
    lambda client, ben: Session.objects.all().delete(),
    lambda client, ben: Session.objects.update(expire_date=timezone.now()),
    lambda client, ben: end_sessions(ben),
    lambda client, ben: type(ben).objects.update(is_active=False),
    lambda client, ben: type(ben).objects.update(password="!another"),
    lambda client, ben: change(client, **{HASH_SESSION_KEY: "another"}),
    lambda client, ben: change(client, _auth_user_backend="no.such.Backend"),
    lambda client, ben: ben.delete(),
]


@pytest.mark.parametrize("end", END)
def test_a_session_is_worth_nothing_any_more(visitor, ben, end):
    assert is_signed_in(visitor)

    end(visitor, ben)

    assert not is_signed_in(visitor)


def test_a_session_is_always_its_own_persons(visitor, ben, cleo):
    change(visitor, **{SESSION_KEY: str(cleo.pk)})

    # The hash is Ben's, so this is nobody; the row follows what the session says.
    assert Session.objects.get().person == cleo
    assert not is_signed_in(visitor)


def test_a_device_is_marked_as_seen_every_ten_minutes(visitor, ben):
    visitor.get(HOME)
    device = UserSession.objects.get(user=ben)
    first = device.last_seen_at
    visitor.get(HOME)
    device.refresh_from_db()
    assert device.last_seen_at == first

    earlier = timezone.now() - timedelta(minutes=11)
    UserSession.objects.update(last_seen_at=earlier)
    visitor.get(HOME)

    device.refresh_from_db()
    assert device.last_seen_at > first
