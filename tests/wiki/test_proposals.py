"""Changes that a steward reads before they are live."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notifications.models import Delivery
from spaces.models import Record
from tests.factories.wiki import PageFactory
from tests.wiki.test_history import edit
from tests.wiki.test_views import BODY, begin, form_of, url
from wiki.actions import Collided, delete_page, save_page
from wiki.actions.proposing import (
    Settled,
    approve_proposal,
    comment_on_proposal,
    decline_proposal,
    propose_change,
    withdraw_proposal,
)
from wiki.models import Draft, Proposal
from wiki.tending import raise_waiting

WIDER = BODY.replace("eight", "twelve")


@pytest.fixture
def page(space, sam):
    page = begin(space, sam)
    return save_page(
        page, by=sam, body=BODY, base=page.current, settings={"protection": "approval"}
    ).page


@pytest.fixture
def proposal(page, ben, farmers):
    return propose_change(
        page, by=ben, body=WIDER, base=page.current, summary="Wider", group=farmers
    )


def approve(proposal, by):
    return approve_proposal(proposal, by=by, body=proposal.body, base=proposal.base)


def letters(kind):
    found = Delivery.objects.filter(kind=kind).select_related("recipient")
    return sorted((it.recipient.name, it.occurrence) for it in found)


def test_changing_who_edits_is_on_the_record(page, sam):
    [record] = Record.objects.filter(verb="page_protected")

    assert (record.actor, record.detail["new"]) == (sam, "approval")


def test_an_approved_proposal_is_live_under_its_writers_name(
    page, proposal, ben, sam, ada, farmers
):
    # Sam has written on the page, so Sam is told at once, and Ada is not.
    assert letters("wiki.proposal_waits") == [("Sam Owusu", "")]
    page.refresh_from_db()
    assert page.current.number == 1

    outcome = approve(proposal, ada)

    revision = outcome.revision
    assert (revision.body, revision.number, revision.summary) == (WIDER, 2, "Wider")
    assert (revision.author, revision.author_group) == (ben, farmers)
    assert (revision.entered_by, revision.seen_by) == (ben, ada)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.revision) == ("approved", revision)
    assert letters("wiki.proposal_decided") == [("Ben Tetteh", "")]
    assert Record.objects.filter(verb="proposal_approved", about=ben).count() == 1
    with pytest.raises(Settled):
        approve(proposal, sam)


def test_approving_joins_what_was_changed_meanwhile_or_collides(page, proposal, sam):
    page = edit(page, sam, BODY + "\n\nThe bell rings.")
    assert approve(proposal, sam).page.current.body == WIDER + "\n\nThe bell rings."

    page.refresh_from_db()
    other = propose_change(
        page, by=proposal.author, body=BODY.replace("eight", "nine"), base=page.current
    )
    edit(page, sam, BODY.replace("eight", "seven"))
    with pytest.raises(Collided):
        approve(other, sam)
    other.refresh_from_db()
    assert other.is_waiting


def test_a_writer_has_one_proposal_and_may_change_it_until_it_is_decided(
    page, proposal, ben, sam
):
    read = Proposal.objects.get()
    again = propose_change(page, by=ben, body=WIDER + " So.", base=page.current)
    assert (again.pk, Proposal.objects.count()) == (proposal.pk, 1)
    # What is approved is what was read.
    with pytest.raises(Settled):
        approve(read, sam)
    assert propose_change(page, by=sam, body=BODY, base=page.current) is None

    decline_proposal(again, by=sam, reason="Twelve is too wide.")
    with pytest.raises(Settled):
        withdraw_proposal(again, by=ben)
    propose_change(page, by=ben, body=WIDER, base=page.current)

    assert sorted(Proposal.objects.values_list("state", flat=True)) == [
        "declined",
        "waiting",
    ]


def test_a_proposal_that_waits_is_raised_to_the_others_once(page, proposal, ada, sam):
    now = timezone.now()

    raised = [raise_waiting(now + timedelta(days=days)) for days in (6, 8, 20)]

    assert raised == [0, 1, 0]
    assert letters("wiki.proposal_waits") == [
        ("Ada Mensah", "raised"),
        ("Sam Owusu", ""),
    ]
    delete_page(page, by=sam)
    Proposal.objects.update(raised=None)
    assert raise_waiting(now + timedelta(days=30)) == 0


def test_words_about_a_proposal_reach_the_other_side(proposal, ben, sam, ada):
    comment_on_proposal(proposal, by=ben, text="Is it clear?")
    comment_on_proposal(proposal, by=ben, text="Is it clear?")
    comment_on_proposal(proposal, by=ada, text="Very.")

    told = [name for name, _pk in letters("wiki.proposal_commented")]
    assert told == ["Ben Tetteh", "Sam Owusu"]


@pytest.mark.parametrize(
    ("who", "sees"),
    [("ben", 1), ("oda", 0), ("sam", 1), ("ada", 1), ("cleo", 0), ("guest", 0)],
)
def test_who_sees_a_proposal(request, proposal, who, sees):
    person = request.getfixturevalue(who)

    assert Proposal.objects.visible_to(person).count() == sees


def test_stewards_of_another_group_do_not_see_a_groups_proposal(
    space, ben, sam, farmers
):
    page = PageFactory(space=space, audience="group", audience_group=farmers)
    propose_change(page, by=ben, body=WIDER, base=page.current)

    assert Proposal.objects.visible_to(sam).count() == 0
    assert letters("wiki.proposal_waits") == []


def test_its_words_stand_nowhere_else(client, open_space, ben, oda, sam, guest):
    page = begin(open_space, sam, audience="public")
    page = save_page(
        page, by=sam, body=BODY, base=page.current, settings={"protection": "approval"}
    ).page
    client.force_login(ben)
    propose_change(
        page, by=ben, body="Zebracorn.", base=page.current, summary="Zebrawhy"
    )
    oda.memberships.update(notice_level="everything")
    readers = [Client(), client]
    for person in (oda, sam):
        readers.append(Client())
        readers[-1].force_login(person)

    for reader in readers:
        for name in ("page_detail", "page_history", "page_compare", "page_blame"):
            assert (
                "Zebra" not in reader.get(url(name, open_space, page)).content.decode()
            )
        for name in ("change_list", "page_list"):
            assert "Zebra" not in reader.get(url(name, open_space)).content.decode()
        search = reader.get(reverse("discover:search"), {"q": "zebracorn"})
        assert "Fire belts" not in search.content.decode()
    assert not Delivery.objects.filter(recipient=oda).exists()


# ── Through the client ──────────────────────────────────────────────────────


def test_a_member_proposes_a_steward_approves(client, page, ben, sam):
    client.force_login(ben)
    space = page.space
    assert "Propose a change" in client.get(page.get_absolute_url()).content.decode()
    assert client.post(url("page_edit", space, page), form_of(page)).status_code == 403
    address = url("page_propose", space, page)
    form = client.get(address).context["form"]
    data = {"body": WIDER, "base": form["base"].value(), "summary": "Wider"}
    shown = client.post(address, {**data, "preview": "1"}).content.decode()
    assert "So it will look" in shown
    assert not Proposal.objects.exists()

    for _press in range(2):
        client.post(address, data)
    proposal = Proposal.objects.get()
    proposal.page = page
    assert "Your proposal waits" in client.get(page.get_absolute_url()).content.decode()
    assert client.get(address).context["form"]["body"].value() == WIDER

    client.force_login(sam)
    assert (
        "1 proposal for this page"
        in client.get(page.get_absolute_url()).content.decode()
    )
    shown = client.get(proposal.get_absolute_url()).content.decode()
    assert "twelve" in shown
    decide = url("proposal_decide", space, page, pk=proposal.pk)
    stale = client.post(decide, {"approve": "1", "changed": "2020-01-01"})
    assert stale.status_code == 302
    assert Proposal.objects.get().is_waiting
    fresh = {"approve": "1", "changed": proposal.changed.isoformat()}
    for _press in range(2):
        client.post(decide, fresh)
    page.refresh_from_db()
    assert (page.current.author, page.current.body) == (ben, WIDER)
    assert page.revisions.count() == 2


def test_a_proposal_that_collides_is_decided_place_by_place(client, page, ben, sam):
    proposal = propose_change(page, by=ben, body=WIDER, base=page.current)
    page = edit(page, sam, BODY.replace("eight", "seven"))
    client.force_login(sam)
    decide = url("proposal_decide", page.space, page, pk=proposal.pk)

    asked = client.post(decide, {"approve": "1"})
    assert asked.status_code == 409
    assert "Since this was proposed" in asked.content.decode()
    client.post(decide, {"theirs": page.current_id, "choice_0": "mine", "own_0": ""})

    page.refresh_from_db()
    assert (page.current.body, page.current.author) == (WIDER, ben)


def test_a_decline_needs_its_reason(client, page, proposal, sam, ben):
    client.force_login(sam)
    decide = url("proposal_decide", page.space, page, pk=proposal.pk)

    refused = client.post(decide, {"decline": "1", "reason": " "})
    assert refused.status_code == 422
    assert "Say why" in refused.content.decode()
    client.post(decide, {"decline": "1", "reason": "Twelve is too wide."})

    client.force_login(ben)
    proposal.refresh_from_db()
    proposal.page = page
    shown = client.get(proposal.get_absolute_url()).content.decode()
    assert "Twelve is too wide." in shown


def test_who_takes_a_proposal_back_keeps_the_text(client, page, proposal, ben):
    client.force_login(ben)

    client.post(url("proposal_withdraw", page.space, page, pk=proposal.pk))

    assert Draft.objects.get(page=page, person=ben).body == WIDER
    address = url("page_propose", page.space, page)
    resumed = client.get(address, {"draft": "1"})
    assert resumed.context["form"]["body"].value() == WIDER


def test_a_proposal_that_is_too_long_or_empty_is_kept_in_the_form(client, page, ben):
    client.force_login(ben)
    address = url("page_propose", page.space, page)

    for body in ("x" * 60_001, "  "):
        refused = client.post(address, {"body": body, "base": page.current_id})
        assert refused.status_code == 422
        assert body in refused.content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_proposal_list_query_count(client, space, ada, rows, django_assert_num_queries):
    for _number in range(rows):
        page = PageFactory(space=space, protection="approval")
        Proposal.objects.create(
            page=page, author=page.created_by, entered_by=page.created_by, body="x"
        )
    client.force_login(ada)
    client.get(url("page_list", space))

    with django_assert_num_queries(6):
        response = client.get(url("proposal_list", space))

    assert len(response.context["page"]) == rows
