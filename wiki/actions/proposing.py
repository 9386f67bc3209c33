"""Changes that wait for a steward: proposing, taking back, deciding."""

from django.db import transaction
from django.utils import timezone

from markup.limits import check_length, clean
from notifications.actions import notify
from spaces.actions.recording import write_record
from wiki.actions.outcomes import Gone
from wiki.actions.writing import save_page
from wiki.locking import hold_page
from wiki.models import Draft, Proposal, ProposalComment
from wiki.proposal_kinds import ProposalCommented, ProposalDecided, ProposalWaits


class Settled(Exception):
    """Somebody has decided on the proposal meanwhile. Nothing was changed."""

    def __init__(self, proposal):
        self.proposal = proposal
        super().__init__(proposal.state)


@transaction.atomic
def propose_change(page, *, by, body, base, summary="", group=None):
    """Propose a whole text; the own one that waits is changed instead.

    Args:
        page: the ``Page``.
        by: who proposes.
        body: the whole text, Markdown.
        base: the ``Revision`` it was made from, or None.
        summary: what was changed.
        group: the writer's stakeholder group.

    Returns:
        the ``Proposal``, or None where it says what the page says.

    Raises:
        Gone: the page was deleted meanwhile.
        TextTooLong: over the cap.
    """
    page = hold_page(page.pk)
    if page.deleted is not None:
        raise Gone(page)
    body = clean(body)
    check_length(body, "page")
    own = page.proposals.waiting().filter(author=by).first()
    now = timezone.now()
    if body == (base or page.current).body and own is None:
        return None
    Draft.objects.filter(page=page, person=by, section="").delete()
    if own is not None:
        own.body, own.base, own.summary, own.changed = body, base, summary, now
        own.save(update_fields=["body", "base", "summary", "changed"])
        return own
    proposal = Proposal.objects.create(
        page=page,
        base=base,
        body=body,
        summary=summary,
        author=by,
        author_group=group,
        entered_by=by,
        created=now,
        changed=now,
    )
    notify(ProposalWaits, proposal, about={"by": by.pk})
    return proposal


@transaction.atomic
def withdraw_proposal(proposal, *, by):
    """Take one's own proposal back; the text is kept as a draft.

    Raises:
        Settled: it does not wait any more.
    """
    proposal = _hold(proposal)
    proposal.state = Proposal.State.WITHDRAWN
    proposal.decided, proposal.decided_by = timezone.now(), by
    proposal.save(update_fields=["state", "decided", "decided_by"])
    return proposal


@transaction.atomic
def approve_proposal(proposal, *, by, body, base):
    """Make a proposal the newest version, its writer the author of it.

    Args:
        proposal: a waiting ``Proposal``.
        by: who approves; stands in the history as who looked at it.
        body, base: its text and what it was made from; or, where that collided,
            what was decided and the version it was decided on.

    Returns:
        ``Outcome``.

    Raises:
        Settled: somebody else decided meanwhile.
        Collided, Gone, TextTooLong: nothing was written.
    """
    held = _hold(proposal)
    if held.changed != proposal.changed:
        # Its writer has changed it since it was read: read it first.
        raise Settled(held)
    outcome = save_page(
        held.page,
        by=held.entered_by or by,
        author=held.author or held.entered_by or by,
        body=body,
        base=base,
        summary=held.summary,
        group=held.author_group,
        seen_by=by,
    )
    held.revision = outcome.revision if outcome.how != "unchanged" else None
    _decide(held, Proposal.State.APPROVED, by=by)
    write_record(
        "proposal_approved",
        by=by,
        space=held.page.space,
        about=held.author,
        page=held.page_id,
    )
    return outcome


@transaction.atomic
def decline_proposal(proposal, *, by, reason):
    """Decline a proposal, with words for its writer.

    Raises:
        Settled: somebody else decided meanwhile.
    """
    held = _hold(proposal)
    held.reason = reason
    _decide(held, Proposal.State.DECLINED, by=by)
    # The reason is between the two: the record says only that it was declined.
    write_record(
        "proposal_declined",
        by=by,
        space=held.page.space,
        about=held.author,
        page=held.page_id,
    )
    return held


@transaction.atomic
def comment_on_proposal(proposal, *, by, text):
    """Say something about a proposal; its writer and the stewards in it are told.

    Returns:
        the ``ProposalComment``; the same words again are the same comment.
    """
    same = proposal.comments.filter(author=by, text=text).first()
    if same is not None:
        return same
    comment = ProposalComment.objects.create(proposal=proposal, author=by, text=text)
    notify(
        ProposalCommented,
        proposal,
        about={"by": by.pk, "comment": comment.pk},
        occurrence=str(comment.pk),
    )
    return comment


def _hold(proposal):
    """The proposal, locked behind its page, still waiting.

    Raises:
        Settled.
    """
    page = hold_page(proposal.page_id)
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    held.page = page
    if not held.is_waiting:
        raise Settled(held)
    return held


def _decide(proposal, state, *, by):
    proposal.state, proposal.decided, proposal.decided_by = state, timezone.now(), by
    proposal.save(
        update_fields=["state", "decided", "decided_by", "reason", "revision"]
    )
    notify(ProposalDecided, proposal, about={"by": by.pk})
