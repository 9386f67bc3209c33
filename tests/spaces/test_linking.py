"""Typing for people without an account, with their consent; claiming it later."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from conversations.models import Message, Thread
from spaces.actions.linking import (
    claim_person,
    end_linking,
    make_claim_link,
    register_linked,
)
from spaces.actions.refusals import Refused
from spaces.models import Membership, TypedFor
from spaces.permissions import people_typed_for


def url(space, name, **kwargs):
    return reverse(f"spaces:{name}", kwargs={"space": space.slug, **kwargs})


@pytest.fixture
def linker(space, ben):
    space.memberships.filter(person=ben).update(is_linker=True)
    return ben


@pytest.fixture
def typed(space, linker, farmers):
    return register_linked(
        space,
        by=linker,
        name="Nana Yaa",
        consent="Said yes on the phone",
        consent_given=timezone.localdate(),
        group=farmers,
        contact="0244 000 000",
    )


def said_by(person, space):
    thread = Thread.objects.create(space=space)
    return Message.objects.create(
        thread=thread, author=person, body="We rang the bell."
    )


def test_registering_a_person(client, space, farmers, linker):
    client.force_login(linker)
    values = {
        "name": "  Nana   Yaa ",
        "group": farmers.pk,
        "language": "en",
        "consent": "Read aloud on the phone",
        "consent_given": "2026-01-31",
    }

    future = client.post(
        url(space, "linked_create"), {**values, "consent_given": "2199-01-01"}
    )
    client.post(url(space, "linked_create"), values)
    again = client.post(url(space, "linked_create"), values)

    assert (future.status_code, again.status_code) == (422, 422)
    typed = TypedFor.objects.get()
    person = typed.membership.person
    assert (person.name, person.email, person.has_account) == ("Nana Yaa", None, False)
    assert (typed.linker, typed.membership.group) == (linker, farmers)
    assert typed.membership.digest == "off"


def test_who_may_write_as_whom(space, open_space, typed, linker, ada, oda, cleo):
    person = typed.membership.person

    assert list(people_typed_for(linker, space)) == [person]
    assert list(people_typed_for(linker, open_space)) == []
    assert [list(people_typed_for(each, space)) for each in (oda, ada, cleo)] == [
        [],
        [],
        [],
    ]
    space.state = "archived"
    assert list(people_typed_for(linker, space)) == []


def test_consent_notes_are_for_linkers_and_facilitators(
    client, space, typed, ada, sam, oda, linker
):
    for person, status in ((oda, 403), (sam, 403), (ada, 200), (linker, 200)):
        client.force_login(person)
        answer = client.get(url(space, "linked_list"))
        assert answer.status_code == status
        assert ("0244 000 000" in answer.content.decode()) is (status == 200)


def test_only_linkers_register(client, space, ada, oda):
    client.force_login(ada)

    assert client.get(url(space, "linked_create")).status_code == 403
    with pytest.raises(PermissionDenied):
        register_linked(
            space, by=oda, name="X", consent="x", consent_given=timezone.localdate()
        )


def test_claiming_moves_words_and_membership(client, space, typed, farmers, ada, cleo):
    source = typed.membership.person
    message = said_by(source, space)
    client.force_login(ada)
    made = client.post(url(space, "linked_claim_link", pk=typed.pk))
    link = made.context["link"]
    path = link.removeprefix("http://localhost:8000")
    typed.refresh_from_db()
    assert typed.claim_hash
    assert typed.claim_hash not in link
    client.logout()
    assert "Are you Nana Yaa?" in client.get(path).content.decode()
    client.force_login(cleo)

    answer = client.post(path + "accept/")

    assert answer.url == space.get_absolute_url()
    message.refresh_from_db()
    assert message.author == cleo
    row = Membership.objects.get(space=space, person=cleo)
    assert (row.status, row.group) == ("active", farmers)
    assert not User.objects.filter(pk=source.pk).exists()
    assert client.get(path).status_code == 410
    assert client.post(path + "accept/").url == path


def test_a_member_who_claims_keeps_their_own_membership(space, typed, oda, officers):
    message = said_by(typed.membership.person, space)
    token = make_claim_link(typed, by=typed.linker)

    member = claim_person(token, by=oda)

    message.refresh_from_db()
    assert (member.person, member.group, message.author) == (oda, officers, oda)
    assert Membership.objects.filter(space=space, person=oda).count() == 1


def test_expired_replaced_and_foreign_links_say_so(space, typed, cleo, max_, oda):
    first = make_claim_link(typed, by=typed.linker)
    second = make_claim_link(typed, by=typed.linker)

    with pytest.raises(Refused, match="not valid"):
        claim_person(first, by=cleo)
    with pytest.raises(Refused):
        claim_person(second, by=max_)
    TypedFor.objects.update(claim_expires=timezone.now() - timedelta(minutes=1))
    with pytest.raises(Refused, match="not valid"):
        claim_person(second, by=cleo)
    with pytest.raises(PermissionDenied):
        make_claim_link(typed, by=oda)
    assert TypedFor.objects.count() == 1


def test_withdrawn_consent_leaves_words_without_a_name(client, space, typed, linker):
    message = said_by(typed.membership.person, space)
    client.force_login(linker)

    page = client.get(url(space, "linked_end", pk=typed.pk))
    client.post(url(space, "linked_end", pk=typed.pk))

    assert "former member" in page.content.decode()
    message.refresh_from_db()
    assert (message.author, message.author_name) == (None, "")
    assert not User.objects.filter(name="Nana Yaa").exists()
    assert TypedFor.objects.count() == 0


def test_ending_is_not_for_everybody(space, typed, oda):
    with pytest.raises(PermissionDenied):
        end_linking(typed, by=oda)
