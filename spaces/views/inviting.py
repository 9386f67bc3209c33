"""Inviting people: the pending list, letters, links."""

from django.contrib import messages
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from notifications.letters import absolute
from notifications.models import Delivery
from spaces.actions.inviting import (
    create_link,
    invite_people,
    resend_invitation,
    revoke_invitation,
)
from spaces.actions.refusals import Refused
from spaces.entry import find
from spaces.forms.inviting import InvitationForm, LinkForm
from spaces.models import Invitation, Membership
from spaces.permissions import can_grant_roles, can_invite_to_space
from spaces.tokens import invitation_token
from spaces.views.inside import enter_as_steward, page_of, sent

SIZE = 25
SKIPPED = "invitations_not_sent"


@require_http_methods(["GET", "HEAD"])
def invitation_list(request, space):
    """Letters and links, and how each of them stands."""
    space, membership = enter_as_steward(request, space)
    bounced = Delivery.objects.filter(
        kind="spaces.invited",
        state=Delivery.State.FAILED,
        target=Cast(OuterRef("pk"), CharField()),
    )
    letters = (
        space.invitations.by_letter()
        .select_related("group", "invited_by")
        .annotate(is_bounced=Exists(bounced))
        .order_by("-created", "-pk")
    )
    links = list(
        space.invitations.by_link()
        .select_related("group", "invited_by")
        .order_by("-created", "-pk")[:50]
    )
    may_grant = can_grant_roles(request.user, space)
    for link in links:
        # Who holds the link of a facilitator could make facilitators by it.
        may_hold = may_grant or link.role == Membership.Role.MEMBER
        link.url = _link_address(link) if link.is_open and may_hold else ""
    context = {
        "space": space,
        "membership": membership,
        "page": page_of(request, letters, SIZE),
        "links": links,
        "skipped": request.session.pop(SKIPPED, {}).get(space.slug, []),
        "may_invite": can_invite_to_space(request.user, space),
    }
    return render(request, "spaces/invitation_list.html", context)


def _link_address(link):
    path = reverse("joining:invitation_detail", args=[invitation_token(link)])
    return absolute(path)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_create(request, space):
    """Letters to people: typed, pasted, or from a CSV file."""
    space, membership = enter_as_steward(request, space)
    form = InvitationForm(
        sent(request),
        request.FILES if request.method == "POST" else None,
        space=space,
        may_grant=can_grant_roles(request.user, space),
    )
    status = 200
    if request.method == "POST":
        if form.is_valid():
            outcome = invite_people(
                space, by=request.user, rows=form.rows(), **form.conditions()
            )
            _report(request, space, outcome, form)
            return redirect("spaces:invitation_list", space=space.slug)
        form, status = form.retold(), 422
    context = {
        "space": space,
        "membership": membership,
        "form": form,
        "readable": len(form.listed.rows) if form.listed else 0,
        "has_wrong": bool(form.listed and form.listed.wrong),
    }
    return render(request, "spaces/invitation_create.html", context, status=status)


def _report(request, space, outcome, form):
    """Who got a letter, and who did not and why, by name."""
    number = len(outcome.invited)
    if number:
        words = ngettext(
            "%d letter is on its way.", "%d letters are on their way.", number
        )
        messages.success(request, words % number)
    else:
        messages.warning(request, _("No letter was sent."))
    skipped = [[invitee.address, str(reason)] for invitee, reason in outcome.skipped]
    skipped += [[line.text, str(line.reason)] for line in form.listed.wrong]
    if skipped:
        request.session[SKIPPED] = {space.slug: skipped[:400]}


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_link_create(request, space):
    """A link that several people may come by."""
    space, membership = enter_as_steward(request, space)
    form = LinkForm(
        sent(request),
        space=space,
        may_grant=can_grant_roles(request.user, space),
    )
    status = 200
    if request.method == "POST":
        if form.is_valid():
            create_link(space, by=request.user, **form.conditions())
            messages.success(request, _("The link is ready: copy it from the list."))
            return redirect("spaces:invitation_list", space=space.slug)
        status = 422
    context = {"space": space, "membership": membership, "form": form}
    return render(request, "spaces/invitation_link_create.html", context, status=status)


@require_POST
def invitation_resend(request, space, pk):
    """Send a letter again."""
    space, _membership = enter_as_steward(request, space)
    invitation = find(
        request, Invitation.objects.by_letter(), space=space, pk=pk, space_id=space.pk
    )
    try:
        resend_invitation(invitation, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request,
            _("The letter to %(address)s goes out again.")
            % {"address": invitation.address},
        )
    return redirect("spaces:invitation_list", space=space.slug)


@require_POST
def invitation_revoke(request, space, pk):
    """Take a letter or a link back."""
    space, _membership = enter_as_steward(request, space)
    invitation = find(
        request, Invitation.objects, space=space, pk=pk, space_id=space.pk
    )
    revoke_invitation(invitation, by=request.user)
    messages.success(request, _("The invitation is taken back; it opens nothing now."))
    return redirect("spaces:invitation_list", space=space.slug)
