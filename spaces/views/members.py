"""The people of a space: directory, one member, one's own settings, endings."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Func
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.reachability import stopped_among
from spaces.actions.members import (
    ban_member,
    leave_space,
    unban_member,
)
from spaces.actions.refusals import Refused
from spaces.entry import find
from spaces.forms.members import (
    LeaveForm,
    MemberSearchForm,
    ReasonForm,
)
from spaces.models import Membership
from spaces.permissions import (
    can_ban_member,
    can_change_role,
    can_invite_to_space,
    can_see_linked,
    can_tend_space,
)
from spaces.views.inside import enter_as_member, enter_as_steward, page_of, sent

SIZE = 24
GET_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(["GET", "HEAD"])
def member_list(request, space):
    """Who belongs here, and what they can help with."""
    space, membership = enter_as_member(request, space)
    everybody = Membership.objects.active().in_space(space)
    form = MemberSearchForm(
        request.GET, groups=list(space.groups.all()), languages=_languages(everybody)
    )
    found = form.narrow(everybody.with_person().select_related("typed_for")).by_name()
    is_steward = can_tend_space(request.user, space)
    page = page_of(request, found, SIZE)
    _mark_stopped(page, is_shown=membership.is_facilitator)
    context = {
        "space": space,
        "membership": membership,
        "form": form,
        "page": page,
        "is_steward": is_steward,
        "may_invite": can_invite_to_space(request.user, space),
        "sees_linked": can_see_linked(request.user, space),
        "waiting": space.memberships.requested().count() if is_steward else 0,
    }
    return render(request, "spaces/member_list.html", context)


def _mark_stopped(members, *, is_shown):
    """Say whose letters come back: to the facilitators, who may call them."""
    addresses = [each.person.email for each in members if each.person.email]
    stopped = stopped_among(addresses) if is_shown else {}
    for member in members:
        member.stopped = stopped.get((member.person.email or "").lower())


def _languages(members):
    """Every language that somebody here speaks."""
    spoken = members.annotate(spoken=Func(F("person__languages"), function="unnest"))
    return list(
        spoken.order_by("spoken").values_list("spoken", flat=True).distinct()[:60]
    )


@require_http_methods(["GET", "HEAD"])
def member_detail(request, space, pk):
    """One member: who they are and what they can help with."""
    space, membership = enter_as_member(request, space)
    member = _member(request, space, pk)
    _mark_stopped([member], is_shown=membership.is_facilitator)
    context = {
        "space": space,
        "membership": membership,
        "member": member,
        "person": member.person,
        "is_self": member.person_id == request.user.pk,
        "may_change_role": can_change_role(request.user, member),
        "may_ban": can_ban_member(request.user, member),
    }
    return render(request, "spaces/member_detail.html", context)


def _member(request, space, pk, members=None):
    members = Membership.objects.active() if members is None else members
    return find(
        request,
        members.select_related("person", "group", "invited_by"),
        space=space,
        pk=pk,
        space_id=space.pk,
    )


@require_http_methods(GET_OR_POST)
def member_leave(request, space):
    """Say what leaving means, then let go."""
    space, membership = enter_as_member(request, space)
    form = LeaveForm(sent(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                leave_space(space, by=request.user)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request, _("You have left %(space)s.") % {"space": space.name}
                )
                return redirect("discover:home")
    context = {"space": space, "membership": membership, "form": form}
    return render(request, "spaces/member_leave.html", context, status=status)


@require_http_methods(GET_OR_POST)
def member_ban(request, space, pk):
    """End a membership, with a reason."""
    space, membership = enter_as_steward(request, space)
    member = _member(request, space, pk, Membership.objects.all())
    if not can_ban_member(request.user, member):
        raise PermissionDenied(
            _("You cannot ban this member. A facilitator can ban a steward.")
        )
    form = ReasonForm(sent(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                ban_member(member, by=request.user, reason=form.cleaned_data["reason"])
            except Refused as refusal:
                messages.warning(request, str(refusal))
            else:
                messages.success(
                    request,
                    _("%(name)s is no longer a member and has been told why.")
                    % {"name": member.person},
                )
            return redirect("spaces:member_banned", space=space.slug)
    context = {
        "space": space,
        "membership": membership,
        "member": member,
        "form": form,
    }
    return render(request, "spaces/member_ban.html", context, status=status)


@require_http_methods(["GET", "HEAD"])
def member_banned(request, space):
    """Who was banned, by whom and why; lifting it is one press."""
    space, membership = enter_as_steward(request, space)
    banned = (
        Membership.objects.banned()
        .in_space(space)
        .select_related("person", "decided_by")
        .order_by(F("decided").desc(nulls_last=True), "-pk")
    )
    context = {
        "space": space,
        "membership": membership,
        "page": page_of(request, banned, SIZE),
    }
    return render(request, "spaces/member_banned.html", context)


@require_http_methods(["POST"])
def member_unban(request, space, pk):
    """Lift a ban."""
    space, _membership = enter_as_steward(request, space)
    # Twice is harmless: whoever is banned no longer stays as they are.
    member = _member(request, space, pk, Membership.objects.all())
    if unban_member(member, by=request.user):
        messages.success(
            request,
            _("%(name)s may come back and has been told.") % {"name": member.person},
        )
    return redirect("spaces:member_banned", space=space.slug)
