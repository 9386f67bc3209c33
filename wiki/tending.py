"""What the clock does for a wiki: asking carers, and raising what nobody answers.

State decides what is due: run twice, nobody is told twice.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from notifications.actions import notify
from spaces.actions.recording import write_record
from spaces.models import Space
from wiki.care_kinds import CareUnanswered, PageDueForLook
from wiki.models import Care, Proposal
from wiki.proposal_kinds import ProposalWaits

# So long an ask may lie before the facilitators hear of it.
PATIENCE = timedelta(days=14)
MOST_AT_ONCE = 500


def raise_waiting(now=None):
    """Tell the other stewards of proposals that wait too long, once each.

    Args:
        now: the clock.

    Returns:
        number of proposals.
    """
    now = now or timezone.now()
    before = now - timedelta(days=settings.ALLIANCE_PROPOSAL_DAYS)
    late = Proposal.objects.waiting().filter(
        created__lte=before, raised__isnull=True, page__deleted__isnull=True
    )
    return sum(
        _raise_proposal(pk, now)
        for pk in late.values_list("pk", flat=True)[:MOST_AT_ONCE]
    )


@transaction.atomic
def _raise_proposal(pk, now):
    claimed = Proposal.objects.waiting().filter(pk=pk, raised__isnull=True)
    if not claimed.update(raised=now):
        return 0
    proposal = Proposal.objects.select_related("page__space", "author").get(pk=pk)
    notify(ProposalWaits, proposal, about={"raised": True}, occurrence="raised")
    write_record(
        "proposal_raised", by=None, space=proposal.page.space, page=proposal.page_id
    )
    return 1


def ask_carers(now=None):
    """Ask the carers of pages whose day has come, once per day that was set.

    Args:
        now: the clock.

    Returns:
        number of pages.
    """
    now = now or timezone.now()
    due = _standing(Care.objects.due(now.date()))
    return sum(_ask(pk, now) for pk in due[:MOST_AT_ONCE])


def raise_unanswered(now=None):
    """Tell the facilitators of pages that nobody looked at, once.

    Args:
        now: the clock.

    Returns:
        number of pages.
    """
    now = now or timezone.now()
    late = _standing(Care.objects.unanswered(now - PATIENCE))
    return sum(_raise_care(pk, now) for pk in late[:MOST_AT_ONCE])


def _standing(rows):
    """Ids of those whose page is there, in a space where something happens."""
    return rows.filter(
        page__deleted__isnull=True, page__space__state=Space.State.ACTIVE
    ).values_list("pk", flat=True)


@transaction.atomic
def _ask(pk, now):
    if not Care.objects.filter(pk=pk, asked__isnull=True).update(asked=now):
        return 0
    care = _loaded(pk)
    notify(PageDueForLook, care, occurrence=care.due.isoformat())
    return 1


@transaction.atomic
def _raise_care(pk, now):
    claimed = Care.objects.filter(pk=pk, asked__isnull=False, raised__isnull=True)
    if not claimed.update(raised=now):
        return 0
    care = _loaded(pk)
    notify(CareUnanswered, care, occurrence=care.asked.date().isoformat())
    write_record("page_care_raised", by=None, space=care.page.space, page=care.page_id)
    return 1


def _loaded(pk):
    return Care.objects.select_related("page__space", "carer", "carer_group").get(pk=pk)
