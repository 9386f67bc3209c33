"""Roles and hand-over."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spaces.actions.refusals import Refused
from spaces.actions.roles import change_role, hand_over
from spaces.entry import find
from spaces.forms.members import HandoverForm, RoleForm
from spaces.models import Membership
from spaces.permissions import can_change_role, can_facilitate_space
from spaces.views.inside import enter_as_member, sent


@require_http_methods(["GET", "HEAD", "POST"])
def role_edit(request, space, pk):
    """Give a member another role."""
    space, membership = enter_as_member(request, space)
    member = find(
        request,
        Membership.objects.active().with_person(),
        space=space,
        pk=pk,
        space_id=space.pk,
    )
    if not can_change_role(request.user, member):
        raise PermissionDenied(
            _("Only facilitators change roles, of people who have an account.")
        )
    form = RoleForm(
        sent(request),
        initial={"role": member.role, "is_linker": member.is_linker},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change_role(member, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error("role", str(refusal))
            else:
                messages.success(request, _("The role is changed and on the record."))
                return redirect("spaces:member_detail", space=space.slug, pk=member.pk)
    context = {
        "space": space,
        "membership": membership,
        "member": member,
        "form": form,
    }
    return render(request, "spaces/role_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def role_handover(request, space):
    """Name a successor and choose one's own new role, in one step."""
    space, membership = enter_as_member(request, space)
    if not can_facilitate_space(request.user, space):
        raise PermissionDenied(_("Only a facilitator hands a space over."))
    form = HandoverForm(sent(request), space=space, by=request.user)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                successor, _own = hand_over(space, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error("successor", str(refusal))
            else:
                messages.success(
                    request,
                    _("%(name)s is a facilitator now. Thank you for your care.")
                    % {"name": successor.person},
                )
                return redirect("spaces:member_list", space=space.slug)
    context = {"space": space, "membership": membership, "form": form}
    return render(request, "spaces/role_handover.html", context, status=status)
