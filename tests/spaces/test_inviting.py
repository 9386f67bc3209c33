"""Letters and links, with every limit they carry."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from notifications.kinds import kind_of
from notifications.models import Delivery
from spaces.actions.accepting import (
    accept_invitation,
    answer_by_mail,
    decline_invitation,
    is_refusal,
)
from spaces.actions.inviting import (
    create_link,
    invite_people,
    resend_invitation,
    revoke_invitation,
)
from spaces.actions.members import leave_space
from spaces.actions.refusals import Refused
from spaces.actions.roles import change_role
from spaces.models import Invitation, Membership, Space
from spaces.tasks import remind_due
from spaces.tokens import hash_of, invitation_token
from tests.factories.accounts import UserFactory
from tests.spaces.races import at_once


def url(space, name, **kwargs):
    return reverse(f"spaces:{name}", kwargs={"space": space.slug, **kwargs})


def landing(invitation, name="invitation_detail"):
    return reverse(f"joining:{name}", kwargs={"token": invitation_token(invitation)})


def letters():
    rows = Delivery.objects.filter(kind="spaces.invited").order_by("pk")
    return [(row.recipient or row.address, row.occurrence) for row in rows]


def invite(space, by, *addresses, **fields):
    rows = [{"address": address} for address in addresses]
    return invite_people(space, by=by, rows=rows, **fields).invited


def status_of(space, person):
    row = Membership.objects.filter(space=space, person=person).first()
    return row.status if row else None


def reasons(outcome):
    return {invitee.address: str(reason) for invitee, reason in outcome.skipped}


# ── Writing ─────────────────────────────────────────────────────────────────
def test_a_letter_goes_out_and_only_the_hash_is_kept(space, ada):
    (invitation,) = invite(space, ada, "Nana@Example.org", language="fr")

    token = invitation_token(invitation)
    invitation.refresh_from_db()
    assert len(token) == 64
    assert invitation.token_hash == hash_of(token)
    stored = [str(getattr(invitation, f.attname)) for f in Invitation._meta.fields]
    assert token not in stored
    assert letters() == [("Nana@Example.org", "first")]
    assert Delivery.objects.get().about == {"language": "fr"}


def test_nobody_on_a_list_is_dropped_without_a_word(space, ada, ben, rex, max_, cleo):
    invite(space, ada, "open@example.org")

    outcome = invite_people(
        space,
        by=ada,
        rows=[
            {"address": address}
            for address in (
                "BEN@example.org",
                "rex@example.org",
                "max@example.org",
                "Open@example.org",
                "cleo@example.org",
                "new@example.org",
                "NEW@example.org",
            )
        ],
    )

    assert [each.address for each in outcome.invited] == [
        "cleo@example.org",
        "new@example.org",
    ]
    assert reasons(outcome) == {
        "BEN@example.org": "is a member already",
        "rex@example.org": "has asked to join; you can let them in under “Requests”",
        "max@example.org": "was banned from this space; lift the ban first",
        "Open@example.org": "has an open invitation already",
        "NEW@example.org": "has an open invitation already",
    }
    assert status_of(space, cleo) == "invited"


def test_over_the_limit_is_named(space, ada, monkeypatch):
    monkeypatch.setattr("spaces.actions.inviting.DAY_LIMIT", 3)

    outcome = invite_people(
        space, by=ada, rows=[{"address": f"p{n}@example.org"} for n in range(4)]
    )

    assert len(outcome.invited) == 3
    assert reasons(outcome) == {
        "p3@example.org": "over the limit for today; send this one tomorrow"
    }


def test_only_facilitators_hand_out_roles(space, ada, sam, ben):
    with pytest.raises(PermissionDenied):
        invite(space, ben, "x@example.org")
    with pytest.raises(PermissionDenied):
        invite(space, sam, "x@example.org", role="steward")
    with pytest.raises(PermissionDenied):
        create_link(space, by=sam, role="facilitator")

    assert len(invite(space, sam, "x@example.org")) == 1
    assert len(invite(space, ada, "y@example.org", role="steward")) == 1


def test_the_form_sends_a_pasted_table_and_names_what_is_wrong(
    client, space, farmers, ada
):
    client.force_login(ada)
    table = "name,email,group\nAma,ama@example.org,Farmers\nKofi,kofi-example.org\n"
    common = {"language": "en", "days": 30, "role": "member"}

    refused = client.post(
        url(space, "invitation_create"), {"people": table, "message": "Hi", **common}
    )
    partly = client.post(
        url(space, "invitation_create"), {"people": table, "partly": "yes", **common}
    )
    page = client.get(url(space, "invitation_list"))

    assert refused.status_code == 422
    text = refused.content.decode()
    assert "Line 3" in text
    assert "kofi-example.org" in text
    assert refused.context["form"]["message"].value() == "Hi"
    assert partly.url == url(space, "invitation_list")
    invitation = Invitation.objects.get()
    assert (invitation.address, invitation.name, invitation.group) == (
        "ama@example.org",
        "Ama",
        farmers,
    )
    assert "kofi-example.org" in page.content.decode()


def test_a_wrong_file_is_not_lost(client, space, ada):
    client.force_login(ada)
    upload = SimpleUploadedFile("people.csv", b"kofi-example.org\nama@example.org\n")

    answer = client.post(
        url(space, "invitation_create"),
        {"table": upload, "language": "en", "days": 30, "role": "member"},
    )

    assert answer.status_code == 422
    assert answer.context["form"]["people"].value().splitlines() == [
        "kofi-example.org",
        "ama@example.org",
    ]


def test_an_address_longer_than_a_row_holds_is_named(client, space, ada):
    client.force_login(ada)

    answer = client.post(
        url(space, "invitation_create"),
        {
            "people": f"{'x' * 250}@example.org",
            "language": "en",
            "days": 30,
            "role": "member",
        },
    )

    assert answer.status_code == 422
    assert "is not an e-mail address" in answer.content.decode()


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"x" * 300_000, b""])
def test_hostile_files_get_words(client, space, ada, content):
    client.force_login(ada)

    answer = client.post(
        url(space, "invitation_create"),
        {
            "table": SimpleUploadedFile("people.csv", content),
            "language": "en",
            "days": 30,
            "role": "member",
        },
    )

    assert answer.status_code == 422
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("wiki/fire-belts/", "wiki/fire-belts/"),
        ("/s/forest/wiki/", "wiki/"),
        ("http://localhost:8000/s/forest/wiki/", "wiki/"),
        ("https://evil.example/", ""),
        ("../../accounts/", None),
        ("javascript:alert(1)", None),
        ("//evil.example", "evil.example"),
    ],
)
def test_the_landing_page_stays_in_the_space(client, space, ada, typed, kept):
    client.force_login(ada)

    answer = client.post(
        url(space, "invitation_link_create"),
        {"landing": typed, "language": "en", "days": 30, "role": "member"},
    )

    made = [link.landing for link in Invitation.objects.all()]
    assert (answer.status_code, made) == ((422, []) if kept is None else (302, [kept]))


# ── Answering on the web ────────────────────────────────────────────────────
def test_accepting_a_letter(client, space, farmers, ada, cleo):
    (invitation,) = invite(
        space, ada, "cleo@example.org", role="steward", group=farmers, landing="wiki/"
    )
    client.force_login(cleo)

    page = client.get(landing(invitation))
    answer = client.post(landing(invitation), {"group": farmers.pk})

    assert page.status_code == 200
    assert answer.url == "/s/forest/wiki/"
    row = Membership.objects.get(space=space, person=cleo)
    assert (row.status, row.role, row.group, row.invited_by) == (
        "active",
        "steward",
        farmers,
        ada,
    )
    told = Delivery.objects.get(kind="spaces.invitation_accepted")
    assert told.recipient == ada
    assert client.get(landing(invitation)).status_code == 302


def test_the_letter_proves_its_address_for_a_newcomer(client, space, ada):
    (invitation,) = invite(space, ada, "nana@example.org")

    page = client.get(landing(invitation))
    answer = client.post(landing(invitation))
    signed_up = client.post(
        answer.url, {"email": "nana@example.org", "password1": "long enough to keep"}
    )

    assert page.status_code == 200
    assert "nana%40example.org" in answer.url
    assert signed_up.url == landing(invitation)
    person = User.objects.get(email="nana@example.org")
    assert EmailAddress.objects.get(user=person).verified
    client.get(landing(invitation))
    assert status_of(space, person) == "active"


def test_a_link_for_many_proves_no_address(client, space, ada):
    link = create_link(space, by=ada)

    answer = client.post(landing(link))

    assert "account_verified_email" not in client.session
    assert answer.url.startswith("/accounts/signup/?next=")


def test_the_wrong_account_hears_whose_letter_it_is(client, space, ada, cleo, oda):
    (invitation,) = invite(space, ada, "cleo@example.org")
    other = UserFactory()
    client.force_login(other)

    page = client.get(landing(invitation))
    client.post(landing(invitation))

    text = page.content.decode()
    assert "c***@example.org" in text
    assert "cleo@example.org" not in text
    assert status_of(space, other) is None
    with pytest.raises(Refused):
        accept_invitation(invitation, by=other)


def test_a_second_proven_address_counts(space, ada, cleo):
    EmailAddress.objects.create(user=cleo, email="c@work.example", verified=True)
    (invitation,) = invite(space, ada, "C@work.example")

    accept_invitation(invitation, by=cleo)

    assert status_of(space, cleo) == "active"


def test_links_for_one_domain(space, ada, cleo):
    link = create_link(space, by=ada, domain="forestry.example")
    ranger = UserFactory(email="r@forestry.example")
    impostor = UserFactory(email="r@forestry.example.evil.example")

    accept_invitation(link, by=ranger)

    for person in (cleo, impostor):
        with pytest.raises(Refused, match=r"forestry\.example"):
            accept_invitation(link, by=person)
    assert Membership.objects.filter(space=space, status="active").count() == 2


def closed_by(space, ada):
    now = timezone.now()
    used = create_link(space, by=ada, max_uses=1)
    accept_invitation(used, by=UserFactory())
    late = create_link(space, by=ada, expires=now - timedelta(minutes=1))
    revoked = create_link(space, by=ada)
    revoke_invitation(revoked, by=ada)
    (answered,) = invite(space, ada, "n@example.org")
    accept_invitation(answered, by=UserFactory(email="n@example.org"))
    return {
        "As many people": used,
        "has expired": late,
        "taken back": revoked,
        "used already": answered,
    }


def test_closed_invitations_say_why_and_offer_a_step(client, space, ada, cleo):
    client.force_login(cleo)

    for words, invitation in closed_by(space, ada).items():
        answer = client.get(landing(invitation))
        posted = client.post(landing(invitation))
        text = answer.content.decode()
        assert (answer.status_code, posted.status_code) == (410, 410)
        assert words in text
        assert url(space, "space_join") in text
    assert status_of(space, cleo) is None


@pytest.mark.parametrize("token", ["x", "0" * 64, "..%2F", "é" * 50, "x" * 2000])
def test_tampered_tokens_get_a_page(client, db, token):
    for name in ("invitation_detail", "invitation_decline", "linked_claim"):
        path = reverse(f"joining:{name}", kwargs={"token": token})
        assert client.get(path).status_code == 410


def test_a_hidden_space_is_not_named_to_a_stranger(client, hidden_space, ada):
    link = create_link(hidden_space, by=ada)

    assert "Quiet Room" in client.get(landing(link)).content.decode()
    assert (
        "Quiet Room"
        not in client.get(
            reverse("joining:invitation_detail", kwargs={"token": "0" * 64})
        ).content.decode()
    )


def test_an_invited_person_finds_the_invitation_at_the_door(
    client, hidden_space, ada, cleo
):
    client.force_login(cleo)
    assert client.get(url(hidden_space, "space_join")).status_code == 404

    invite(hidden_space, ada, "cleo@example.org")
    page = client.get(url(hidden_space, "space_join"))
    client.post(url(hidden_space, "space_join"))

    assert page.context["door"] == "invited"
    assert status_of(hidden_space, cleo) == "active"


def test_no_thank_you_takes_a_press_and_stops_reminders(client, space, ada, cleo):
    (invitation,) = invite(space, ada, "cleo@example.org")
    path = landing(invitation, "invitation_decline")

    client.get(path)
    invitation.refresh_from_db()
    assert invitation.declined is None
    client.post(path)

    invitation.refresh_from_db()
    assert invitation.declined is not None
    assert status_of(space, cleo) is None
    assert remind_due(timezone.now() + timedelta(days=5)) == 0


def test_one_click_declines_without_cookie_or_token(space, ada):
    (invitation,) = invite(space, ada, "n@example.org")
    from_mail_program = Client(enforce_csrf_checks=True)

    answer = from_mail_program.post(
        landing(invitation, "invitation_decline"), {"List-Unsubscribe": "One-Click"}
    )

    assert answer.status_code == 200
    invitation.refresh_from_db()
    assert invitation.declined


def test_changing_ones_mind_after_declining(space, ada, cleo):
    (invitation,) = invite(space, ada, "cleo@example.org")
    decline_invitation(invitation)

    accept_invitation(invitation, by=cleo)

    assert status_of(space, cleo) == "active"


def test_joining_by_another_door_settles_the_letter(space, ada, cleo):
    (invitation,) = invite(space, ada, "cleo@example.org")

    accept_invitation(create_link(space, by=ada), by=cleo)

    invitation.refresh_from_db()
    assert invitation.state == Invitation.State.ACCEPTED


# ── Answering the mail ──────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("text", "is_no"),
    [
        ("Yes", False),
        ("yes please, I am a farmer", False),
        ("Oui", False),
        ("ndiyo", False),
        ("No problem, count me in!", False),
        ("No", True),
        ("no thank you", True),
        ("Non merci", True),
        ("Não, obrigado", True),
        ("Hapana asante", True),
        ("STOP", True),
        ("¡No!", True),
        ("Not interested.", True),
    ],
)
def test_reading_an_answer(text, is_no):
    assert is_refusal(text) is is_no


def test_answering_makes_an_account_and_a_member(space, farmers, ada):
    space.time_zone = "Africa/Nairobi"
    space.save()
    (invitation,) = invite(space, ada, "Nana@example.org", group=farmers, language="sw")

    words = answer_by_mail(
        invitation, address="Nana@example.org", text="Ndiyo, asante!"
    )

    person = User.objects.get(email="nana@example.org")
    assert words == ""
    assert (person.language, person.has_usable_password()) == ("sw", False)
    # Their digest comes by the clock of the place, not by that of the server.
    assert person.time_zone == space.time_zone == "Africa/Nairobi"
    assert EmailAddress.objects.get(user=person).verified
    row = Membership.objects.get(space=space, person=person)
    assert (row.status, row.group) == ("active", farmers)
    assert row.rules_accepted
    sent = Delivery.objects.filter(kind="spaces.joined_by_mail")
    assert [each.recipient for each in sent] == [person]
    told = Delivery.objects.get(kind="spaces.invitation_accepted")
    assert told.about["words"] == "Ndiyo, asante!"


def test_answering_with_an_account_joins_it(space, ada, cleo):
    (invitation,) = invite(space, ada, "cleo@example.org")

    answer_by_mail(invitation, address="cleo@example.org", text="yes")
    again = answer_by_mail(invitation, address="cleo@example.org", text="yes")

    assert status_of(space, cleo) == "active"
    assert again == "You are a member of Forest Forum already."
    assert Delivery.objects.filter(kind="spaces.joined_by_mail").count() == 1


def test_answering_no_declines_and_empty_asks_again(space, ada):
    (invitation,) = invite(space, ada, "n@example.org")

    empty = answer_by_mail(invitation, address="n@example.org", text=" \n")
    no = answer_by_mail(invitation, address="n@example.org", text="No, sorry")

    invitation.refresh_from_db()
    assert "“yes”" in empty
    assert "no more of Forest Forum" in no
    assert invitation.declined
    assert not User.objects.filter(email="n@example.org").exists()


def test_answering_a_closed_invitation_says_why(space, ada):
    (invitation,) = invite(space, ada, "n@example.org")
    revoke_invitation(invitation, by=ada)
    delivery = Delivery.objects.get()
    letter = type("Letter", (), {"text": "yes"})
    invitation.refresh_from_db()

    words = kind_of("spaces.invited").answer(invitation, delivery, letter)

    assert words == "This invitation was taken back by those who sent it."
    assert not User.objects.filter(email="n@example.org").exists()


# ── Reminding, sending again, taking back ───────────────────────────────────
def test_two_reminders_then_silence(space, ada):
    invite(space, ada, "n@example.org")
    start = timezone.now()

    sent = [remind_due(start + timedelta(days=day)) for day in (3, 5, 5, 8, 10, 10, 30)]

    assert sent == [0, 1, 0, 0, 1, 0, 0]
    assert letters() == [
        ("n@example.org", "first"),
        ("n@example.org", "reminder-1"),
        ("n@example.org", "reminder-2"),
    ]


@pytest.mark.parametrize("state", ["resting", "archived"])
def test_resting_spaces_remind_nobody(space, ada, state):
    invite(space, ada, "n@example.org")
    Space.objects.filter(pk=space.pk).update(state=state)

    assert remind_due(timezone.now() + timedelta(days=5)) == 0


def test_after_a_pause_the_two_reminders_do_not_come_on_one_day(space, ada):
    invite(space, ada, "n@example.org")
    late = timezone.now() + timedelta(days=20)

    assert (remind_due(late), remind_due(late + timedelta(hours=1))) == (1, 0)


def test_sending_again_once_an_hour(space, ada):
    (invitation,) = invite(space, ada, "n@example.org")
    with pytest.raises(Refused):
        resend_invitation(invitation, by=ada)
    Invitation.objects.update(
        last_sent=timezone.now() - timedelta(days=40),
        expires=timezone.now() - timedelta(days=1),
    )

    resend_invitation(invitation, by=ada)

    assert len(letters()) == 2
    invitation.refresh_from_db()
    assert invitation.is_open
    with pytest.raises(Refused):
        resend_invitation(invitation, by=ada)


def test_the_pending_list_shows_every_state(client, space, ada, ben, cleo):
    (sent,) = invite(space, ada, "sent@example.org")
    (bounced,) = invite(space, ada, "bounced@example.org")
    Delivery.objects.filter(target=str(bounced.pk)).update(state="failed")
    (declined,) = invite(space, ada, "declined@example.org")
    decline_invitation(declined)
    (came,) = invite(space, ada, "cleo@example.org")
    accept_invitation(came, by=cleo)
    link = create_link(space, by=ada, max_uses=3)
    client.force_login(ben)
    assert client.get(url(space, "invitation_list")).status_code == 403
    client.force_login(ada)

    text = client.get(url(space, "invitation_list")).content.decode()

    for words in ("could not be delivered", "declined", "accepted", "sent"):
        assert words in text
    assert invitation_token(link) in text
    # The token of a letter is shown to nobody but its reader.
    assert invitation_token(sent) not in text


def test_resend_and_revoke_from_the_list(client, space, ada, sam):
    (letter,) = invite(space, ada, "n@example.org")
    client.force_login(sam)

    client.post(url(space, "invitation_resend", pk=letter.pk))
    answer = client.post(url(space, "invitation_revoke", pk=letter.pk))

    assert answer.url == url(space, "invitation_list")
    letter.refresh_from_db()
    assert letter.revoked


def test_an_invitation_of_another_space_is_not_found(client, space, open_space, ada):
    link = create_link(open_space, by=ada)
    client.force_login(ada)

    answer = client.post(url(space, "invitation_revoke", pk=link.pk))

    assert answer.status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_invitation_list_query_count(
    client, space, ada, rows, django_assert_num_queries
):
    invite(space, ada, *[f"p{n}@example.org" for n in range(rows)])
    create_link(space, by=ada)
    client.force_login(ada)
    client.get(url(space, "invitation_list"))

    with django_assert_num_queries(7):
        client.get(url(space, "invitation_list"))


@pytest.mark.django_db(transaction=True)
def test_the_last_place_of_a_link_goes_once(space, ada):
    link = create_link(space, by=ada, max_uses=1)
    people = UserFactory.create_batch(4)

    results = at_once(
        *[lambda person=person: accept_invitation(link, by=person) for person in people]
    )

    assert sum(isinstance(result, Refused) for result in results) == 3
    link.refresh_from_db()
    assert link.use_count == 1
    assert Membership.objects.filter(space=space, status="active").count() == 2


def test_a_steward_is_not_shown_a_link_that_makes_facilitators(client, space, ada, sam):
    high = create_link(space, by=ada, role="facilitator")
    plain = create_link(space, by=ada)

    shown = {}
    for person in (ada, sam):
        client.force_login(person)
        text = client.get(url(space, "invitation_list")).content.decode()
        shown[person.name] = [invitation_token(link) in text for link in (high, plain)]

    assert shown == {"Ada Mensah": [True, True], "Sam Owusu": [False, True]}


def test_who_may_give_no_role_any_more_takes_none_by_a_link_of_their_own(
    space, ada, sam, cleo
):
    change_role(space.memberships.get(person=sam), by=ada, role="facilitator")
    link = create_link(space, by=sam, role="facilitator")
    kept = create_link(space, by=ada, role="steward")
    leave_space(space, by=sam)

    member, _came = accept_invitation(Invitation.objects.get(pk=link.pk), by=sam)
    other, _came = accept_invitation(Invitation.objects.get(pk=kept.pk), by=cleo)

    assert (member.role, other.role) == ("member", "steward")


def test_more_spaces_make_no_more_letters(monkeypatch, space, open_space, ada):
    monkeypatch.setattr("spaces.actions.inviting.DAY_LIMIT", 2)
    rows = [{"address": f"friend{number}@example.org"} for number in range(3)]

    here = invite_people(space, by=ada, rows=rows)
    there = invite_people(open_space, by=ada, rows=rows)

    assert (len(here.invited), len(there.invited)) == (2, 0)
