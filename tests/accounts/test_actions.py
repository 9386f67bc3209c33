"""Profiles, closing, joining two people, accounts for addresses."""

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.urls import reverse

from accounts import actions, photos
from accounts.models import User
from conversations.models import Follow, Message, Thread
from spaces.models import Membership, Record, Space
from tests.accounts.mails import letters
from tests.accounts.pictures import picture
from tests.accounts.test_signing_in import PASSWORD
from tests.factories.spaces import MembershipFactory


@pytest.fixture
def abena(space):
    """Somebody without an account, for whom a linker types."""
    person = User.objects.create_user(name="Abena Owusu")
    MembershipFactory(space=space, person=person)
    return person


def thread_in(space):
    return Thread.objects.create(space=space)


def photo_of(person):
    squares = photos.make_squares(picture())
    actions.save_profile(person, by=person, photo=squares)
    return person


def test_a_new_photo_ends_the_old_one(cleo, django_capture_on_commit_callbacks):
    photo_of(cleo)
    storage, old = cleo.photo.storage, cleo.photo.name

    with django_capture_on_commit_callbacks(execute=True):
        photo_of(cleo)

    assert (storage.exists(old), storage.exists(cleo.photo.name)) == (False, True)

    with django_capture_on_commit_callbacks(execute=True):
        last = cleo.photo.name
        actions.save_profile(cleo, by=cleo, remove_photo=True)
    assert (cleo.photo_url, storage.exists(last)) == ("", False)


def test_a_saved_profile_lets_nobody_in_again(cleo):
    read_before = User.objects.get(pk=cleo.pk)
    User.objects.filter(pk=cleo.pk).update(is_active=False)

    read_before.name = "Cleo Addo"
    actions.save_profile(read_before, by=read_before, fields=["name"])

    stored = User.objects.get(pk=cleo.pk)
    assert (stored.name, stored.is_active) == ("Cleo Addo", False)


def test_closing_takes_everything_but_the_words(
    client, ben, space, django_capture_on_commit_callbacks
):
    EmailAddress.objects.create(user=ben, email=ben.email, verified=True, primary=True)
    client.post(reverse("account_login"), {"login": ben.email, "password": PASSWORD})
    photo_of(ben)
    storage, name = ben.photo.storage, ben.photo.name
    message = Message.objects.create(
        thread=thread_in(space), author=ben, body="The bell works."
    )
    Record.objects.create(verb="member_joined", actor=ben, about=ben, space=space)

    with django_capture_on_commit_callbacks(execute=True):
        actions.close_account(ben)

    message.refresh_from_db()
    assert (message.body, message.author_label) == ("The bell works.", "former member")
    assert Membership.objects.filter(person__email="ben@example.org").count() == 0
    assert (UserSession.objects.count(), storage.exists(name)) == (0, False)
    assert client.get(reverse("accounts:account_home")).status_code == 302
    assert Record.objects.filter(verb="member_joined", actor=None).count() == 1
    assert letters()[-1] == ("ben@example.org", "Your account is closed")
    assert User.objects.create_user("ben@example.org").pk != ben.pk


def test_an_account_for_an_address_is_made_once(db):
    first = actions.make_account_for_address(" New@Example.org ", name="Nana")
    second = actions.make_account_for_address("new@example.org", name="Else")

    assert (first.pk, second.name) == (second.pk, "Nana")
    assert not second.has_usable_password()
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        ("new@example.org", True, True)
    ]


def test_an_account_for_an_address_finds_who_proved_it_before(cleo):
    EmailAddress.objects.create(
        user=cleo, email=cleo.email, verified=True, primary=True
    )

    found = actions.make_account_for_address(cleo.email)

    assert (found.pk, found.has_usable_password()) == (cleo.pk, True)


def test_a_squatter_of_an_unproven_address_is_locked_out(client, cleo):
    EmailAddress.objects.create(user=cleo, email=cleo.email, verified=False)

    owner = actions.make_account_for_address(cleo.email)

    assert (owner.pk, owner.has_usable_password()) == (cleo.pk, False)
    client.post(reverse("account_login"), {"login": cleo.email, "password": PASSWORD})
    assert client.session.get("_auth_user_id") is None


def test_merging_moves_every_pointer_and_keeps_one_of_each(
    ada, ben, cleo, abena, space
):
    first, second = thread_in(space), thread_in(space)
    words = Message.objects.create(thread=first, author=abena, body="From paper.")
    typed = Message.objects.create(
        thread=first, author=ada, entered_by=abena, body="By her."
    )
    Follow.objects.create(thread=first, person=abena)
    Follow.objects.create(thread=second, person=abena)
    kept = Follow.objects.create(thread=second, person=cleo)
    own = MembershipFactory(space=space, person=cleo, role="steward")
    Record.objects.create(verb="typed_for", actor=ada, about=abena, space=space)

    actions.merge_people(abena, into=cleo, by=ada)

    for message in (words, typed):
        message.refresh_from_db()
    assert (words.author, typed.entered_by) == (cleo, cleo)
    assert set(Follow.objects.filter(person=cleo).values_list("thread", flat=True)) == {
        first.pk,
        second.pk,
    }
    assert Follow.objects.filter(pk=kept.pk).exists()
    assert list(Membership.objects.filter(person=cleo)) == [own]
    assert Record.objects.get(verb="typed_for").about == cleo
    assert not User.objects.filter(name="Abena Owusu").exists()


def test_merging_leaves_no_relation_out():
    covered = {
        (model._meta.label, field) for model, field in actions._pointers_at_people()
    }

    assert {
        ("spaces.Membership", "person"),
        ("spaces.Record", "about"),
        ("conversations.Message", "author"),
        ("conversations.Message", "entered_by"),
        ("notifications.Notice", "recipient"),
        ("spaces.TypedFor", "linker"),
    } <= covered


@pytest.mark.parametrize("case", ["has an account", "the same"])
def test_merging_refuses(ada, cleo, abena, case):
    source, into = (cleo, ada) if case == "has an account" else (abena, abena)

    with pytest.raises(ValueError, match="merged into"):
        actions.merge_people(source, into=into, by=ada)
    assert Space.objects.count() == 3
