"""Every letter about belonging reads well; wishes are kept."""

import pytest
from django.utils import timezone

from notifications.kinds import Wish, kind_of
from notifications.letters import compose
from notifications.models import Delivery
from spaces.actions.accepting import answer_by_mail
from spaces.actions.inviting import invite_people, revoke_invitation
from spaces.actions.joining import (
    accept_request,
    decline_request,
    join_space,
    request_to_join,
)
from spaces.actions.members import ban_member, unban_member
from spaces.actions.roles import change_role
from spaces.models import Membership
from spaces.notifications import space_scope, space_wishes
from spaces.tasks import remind_due
from spaces.tokens import invitation_token


def of(space, person):
    return Membership.objects.get(space=space, person=person)


@pytest.mark.parametrize(
    ("level", "at_once", "concerned", "named", "wish"),
    [
        ("everything", True, False, False, Wish(inbox=True, mail=True)),
        ("everything", False, False, False, Wish(inbox=True, mail=False)),
        ("concerned", True, False, False, Wish(inbox=False, mail=False)),
        ("concerned", True, True, False, Wish(inbox=True, mail=True)),
        ("concerned", True, False, True, Wish(inbox=True, mail=True)),
        ("concerned", False, True, False, Wish(inbox=True, mail=False)),
        ("mentions", True, True, False, Wish(inbox=False, mail=False)),
        ("mentions", True, False, True, Wish(inbox=True, mail=True)),
        ("nothing", True, True, True, Wish(inbox=False, mail=False)),
    ],
)
def test_wishes(space, ben, cleo, level, at_once, concerned, named, wish):
    space.memberships.filter(person=ben).update(
        notice_level=level, mails_at_once=at_once
    )

    wishes = space_wishes(
        [ben, cleo], space, concerned=concerned, named=[ben] if named else []
    )

    assert wishes == {ben.pk: wish}


def test_scope(space):
    scope = space_scope(space)

    assert (scope.key, scope.label) == (f"space-{space.pk}", "Forest Forum")


def written(slug):
    """The letter of the newest row of a Kind, as the worker writes it."""
    row = Delivery.objects.filter(kind=slug).latest("pk")
    kind = kind_of(slug)
    return compose(kind, kind.load([row.target])[row.target], row)


def test_the_invitation_reads_well(space, ada, farmers):
    space.house_rules = "Listen first."
    space.save()
    invite_people(
        space,
        by=ada,
        rows=[{"address": "n@example.org", "name": "Nana", "group": farmers}],
        message="We miss the view of <b>growers</b>.",
    )
    row = Delivery.objects.get(kind="spaces.invited")

    letter = written("spaces.invited")

    token = invitation_token(kind_of("spaces.invited").load([row.target])[row.target])
    assert letter.subject == "Ada Mensah invites you to Forest Forum"
    for words in (
        "Hello Nana,",
        "We miss the view of <b>growers</b>.",
        "answer this letter with “yes”",
        "Listen first.",
        f"/spaces/invitation/{token}/",
    ):
        assert words in letter.text
    assert "&lt;b&gt;growers" in letter.html
    assert letter.reply_to
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"/spaces/invitation/{token}/decline/" in letter.headers["List-Unsubscribe"]


def test_the_invitation_speaks_the_language_of_its_reader(space, ada, cleo):
    cleo.language = "fr"
    cleo.save()
    rows = [{"address": "cleo@example.org"}, {"address": "n@example.org"}]

    invite_people(space, by=ada, rows=rows, language="sw")

    languages = {
        row.recipient_key: compose(
            kind_of("spaces.invited"),
            kind_of("spaces.invited").load([row.target])[row.target],
            row,
        ).language
        for row in Delivery.objects.filter(kind="spaces.invited")
    }
    assert languages == {f"user-{cleo.pk}": "fr", "mail-n@example.org": "sw"}


def test_a_reminder_says_that_it_is_one_and_the_last_that_it_is_the_last(space, ada):
    invite_people(space, by=ada, rows=[{"address": "n@example.org"}])
    start = timezone.now()

    remind_due(start + timezone.timedelta(days=5))
    first = written("spaces.invited")
    remind_due(start + timezone.timedelta(days=10))
    last = written("spaces.invited")

    assert "A while ago" in first.text
    assert "last reminder" not in first.text
    assert "last reminder" in last.text


def test_a_revoked_invitation_is_not_told_any_more(space, ada, cleo):
    (invitation,) = invite_people(
        space, by=ada, rows=[{"address": "cleo@example.org"}]
    ).invited
    kind = kind_of("spaces.invited")
    assert kind.may_see(cleo, invitation)
    assert kind.may_see(None, invitation)

    revoke_invitation(invitation, by=ada)
    invitation.refresh_from_db()

    assert not kind.may_see(cleo, invitation)
    assert not kind.may_see(None, invitation)


def test_every_letter_is_written(space, open_space, ada, sam, ben, cleo, rex, max_):
    space.welcome = open_space.welcome = "Tea is ready."
    space.save()
    open_space.save()
    space.memberships.filter(person=sam).update(notice_level="everything")
    request_to_join(space, by=cleo, message="Let me in")
    decline_request(of(space, cleo), by=ada, reason="Not this year")
    accept_request(of(space, rex), by=ada)
    join_space(open_space, by=cleo)
    change_role(of(space, ben), by=ada, role="facilitator", reason="Trusted")
    unban_member(of(space, max_), by=ada)
    ban_member(of(space, rex), by=ada, reason="Spam")
    (invitation,) = invite_people(
        space, by=ada, rows=[{"address": "n@example.org"}]
    ).invited
    answer_by_mail(invitation, address="n@example.org", text="Yes, gladly")

    said = {
        "requested_to_join": "Let me in",
        "request_declined": "Not this year",
        "request_accepted": "Tea is ready.",
        "welcomed": "Tea is ready.",
        "role_changed": "Trusted",
        "ban_lifted": "you may come back",
        "member_banned": "Spam",
        "invitation_accepted": "Yes, gladly",
        "joined_by_mail": "no password to remember",
        "newcomer_joined": "has joined Forest Forum",
    }
    for name, words in said.items():
        letter = written(f"spaces.{name}")
        assert words in letter.text, name
        assert words in letter.html, name
        assert "None" not in letter.text, name
        assert letter.subject, name


def test_the_inbox_lines_and_addresses(client, space, ada, ben, cleo):
    request_to_join(space, by=cleo)
    row = of(space, cleo)
    for name in (
        "requested_to_join",
        "request_accepted",
        "request_declined",
        "newcomer_joined",
        "invitation_accepted",
        "joined_by_mail",
        "welcomed",
        "role_changed",
        "member_banned",
        "ban_lifted",
    ):
        kind = kind_of(f"spaces.{name}")
        assert str(kind.line(row, {}))
        assert kind.url(row, {}).startswith("/")
    stewards = kind_of("spaces.requested_to_join")
    assert stewards.visible(ada, {"1": row}) == {"1": row}
    assert stewards.visible(ben, {"1": row}) == {}
