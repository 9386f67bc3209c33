"""Proposing a change, and what becomes of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from markup.diffing import compare
from markup.limits import TextTooLong
from spaces.entry import enter, find
from spaces.permissions import can_tend_space
from ui.diffs import draw_inline
from wiki import permissions
from wiki.actions import Gone, keep_draft
from wiki.actions.proposing import (
    Settled,
    approve_proposal,
    comment_on_proposal,
    decline_proposal,
    propose_change,
    withdraw_proposal,
)
from wiki.drawing import draw_text
from wiki.entry import draw_gone, on_page
from wiki.models import Proposal
from wiki.trust_forms import CommentForm, DeclineForm, ProposalForm
from wiki.views.drafts import find_base
from wiki.views.joining import save_or_ask

PER_PAGE = 30


@on_page()
def page_propose(request, space, page):
    """The form of a proposal: a new one, or the own one that still waits."""
    if permissions.can_edit_page(request.user, page):
        return redirect("wiki:page_edit", space.slug, page.slug)
    if not permissions.can_propose_change(request.user, page):
        raise PermissionDenied(
            _("On this page only stewards and facilitators write.")
            if permissions.can_write_page(request.user, space)
            else _("Only members of this space propose changes.")
        )
    own = page.proposals.waiting().filter(author=request.user).first()
    start = own or page.current
    initial = {
        "body": start.body,
        "summary": own.summary if own else "",
        "base": own.base_id if own else page.current_id,
    }
    draft = (
        page.drafts.filter(person=request.user, section="")
        .select_related("base")
        .first()
    )
    if draft is not None and "draft" in request.GET:
        initial |= {"body": draft.body, "base": draft.base_id, "summary": draft.summary}
    form = ProposalForm(
        request.POST if request.method == "POST" else None, initial=initial
    )
    preview = ""
    if request.method == "POST" and form.is_valid():
        if "preview" not in request.POST:
            return _propose(request, space, page, form)
        rendered, _links = draw_text(
            form.cleaned_data["body"],
            space,
            audience=page.audience,
            group=page.audience_group_id,
        )
        preview = rendered.html
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "wiki_page": page,
        "form": form,
        "own": own,
        "draft": draft if "draft" not in request.GET else None,
        "preview_html": preview,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "wiki/page_propose.html", context, status=status)


def _propose(request, space, page, form):
    words = form.cleaned_data
    try:
        proposal = propose_change(
            page,
            by=request.user,
            body=words["body"],
            base=find_base(page, words["base"]),
            summary=words["summary"],
            group=space.membership_of(request.user).group,
        )
    except Gone as gone:
        return draw_gone(request, space, gone.page, text=words["body"])
    if proposal is None:
        messages.info(request, _("That is what the page says already."))
        return redirect(page)
    proposal.page = page
    messages.success(
        request, _("Proposed. You hear of it as soon as a steward has read it.")
    )
    return redirect(proposal)


def proposal_list(request, space):
    """What waits: to stewards all of it, to others their own."""
    space = enter(request, space, tool="wiki")
    if space.membership_of(request.user) is None:
        raise PermissionDenied(_("Only members of this space see proposals."))
    rows = (
        Proposal.objects.visible_to(request.user)
        .in_space(space)
        .select_related("page")
        .with_people()
    )
    is_past = request.GET.get("show") == "past"
    rows = (
        rows.exclude(state=Proposal.State.WAITING).order_by("-decided", "-pk")
        if is_past
        else rows.waiting().oldest_first()
    )
    page = Paginator(rows.defer("body"), PER_PAGE).get_page(request.GET.get("page"))
    for proposal in page:
        proposal.page.space = space
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "page": page,
        "is_past": is_past,
        "is_steward": can_tend_space(request.user, space),
    }
    return render(request, "wiki/proposal_list.html", context)


@on_page()
def proposal_detail(request, space, page, pk):
    """A proposal beside the page as it is, with the words about it."""
    proposal = _find(request, space, page, pk)
    return _draw(request, space, page, proposal)


def _draw(request, space, page, proposal, *, decline=None, comment=None):
    # What is decided is compared with what it was made from: the page went on.
    before = page.current if proposal.is_waiting else (proposal.base or page.current)
    comparison = compare(before.body, proposal.body)
    comments = list(proposal.comments.select_related("author"))
    is_own = request.user.pk in (proposal.author_id, proposal.entered_by_id)
    can_decide = proposal.is_waiting and permissions.can_decide_proposal(
        request.user, page
    )
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "wiki_page": page,
        "proposal": proposal,
        "comparison": comparison,
        "drawn": "" if comparison.is_same else draw_inline(comparison.folded()),
        "has_moved": proposal.is_waiting and proposal.base_id != page.current_id,
        "is_own": is_own,
        "can_decide": can_decide,
        "can_withdraw": is_own and proposal.is_waiting,
        "comments": comments,
        "decline": decline or DeclineForm(),
        "comment": comment or CommentForm(),
    }
    bound = (decline, comment)
    status = 422 if any(form is not None and form.errors for form in bound) else 200
    return render(request, "wiki/proposal_detail.html", context, status=status)


@require_POST
@on_page()
def proposal_decide(request, space, page, pk):
    """Approve it, or decline it with a reason."""
    proposal = _find(request, space, page, pk)
    if not permissions.can_decide_proposal(request.user, page):
        raise PermissionDenied(_("Stewards and facilitators decide on proposals."))
    if not proposal.is_waiting:
        return _settled(request, proposal)
    if request.POST.get("changed", proposal.changed.isoformat()) != (
        proposal.changed.isoformat()
    ):
        messages.warning(
            request, _("The writer has just changed it. Read it again, then decide.")
        )
        return redirect(proposal)
    try:
        if "decline" in request.POST:
            return _decline(request, space, page, proposal)
        return _approve(request, space, page, proposal)
    except Settled as settled:
        settled.proposal.page = page
        return _settled(request, settled.proposal)
    except Gone as gone:
        return draw_gone(request, space, gone.page)
    except TextTooLong as error:
        messages.warning(request, str(error))
        return redirect(proposal)


def _decline(request, space, page, proposal):
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _draw(request, space, page, proposal, decline=form)
    reason = form.cleaned_data["reason"]
    decline_proposal(proposal, by=request.user, reason=reason)
    messages.success(request, _("Declined. The writer is told, with your reason."))
    return redirect("wiki:proposal_list", space=space.slug)


def _approve(request, space, page, proposal):
    def save(*, body, base):
        return approve_proposal(proposal, by=request.user, body=body, base=base)

    outcome = save_or_ask(
        request,
        space,
        page,
        body=proposal.body,
        base=proposal.base,
        summary=proposal.summary,
        save=save,
        why="proposal",
    )
    if isinstance(outcome, HttpResponse):
        return outcome
    messages.success(
        request, _("Approved. It is live, and its writer is credited and told.")
    )
    return redirect(outcome.page)


def _settled(request, proposal):
    messages.info(request, _("Somebody has decided on this proposal meanwhile."))
    return redirect(proposal)


@require_POST
@on_page()
def proposal_withdraw(request, space, page, pk):
    """Take one's own back; the text stays as a draft."""
    proposal = _find(request, space, page, pk)
    if request.user.pk not in (proposal.author_id, proposal.entered_by_id):
        raise PermissionDenied(_("Only its writer takes a proposal back."))
    try:
        withdraw_proposal(proposal, by=request.user)
    except Settled as settled:
        settled.proposal.page = page
        return _settled(request, settled.proposal)
    keep_draft(
        space,
        by=request.user,
        page=page,
        base=proposal.base,
        title=page.title,
        body=proposal.body,
        summary=proposal.summary,
    )
    messages.success(request, _("Taken back. Your text is kept as your draft."))
    return redirect(page)


@require_POST
@on_page()
def proposal_comment(request, space, page, pk):
    """Words between its writer and the stewards."""
    proposal = _find(request, space, page, pk)
    if not permissions.can_write_page(request.user, space):
        raise PermissionDenied(_("Only members of this space write here."))
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _draw(request, space, page, proposal, comment=form)
    comment_on_proposal(proposal, by=request.user, text=form.cleaned_data["text"])
    messages.success(request, _("Said."))
    return redirect(proposal)


def _find(request, space, page, pk):
    proposals = Proposal.objects.filter(page=page).select_related("base").with_people()
    proposal = find(request, proposals, pk=min(pk, 2**62))
    proposal.page = page
    return proposal
