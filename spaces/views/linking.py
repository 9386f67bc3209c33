"""People without an account: registered by a linker, claimed by themselves."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from notifications.letters import absolute
from spaces.actions.linking import (
    claim_person,
    end_linking,
    make_claim_link,
    register_linked,
)
from spaces.actions.refusals import Refused
from spaces.entry import find
from spaces.forms.linking import LinkedForm
from spaces.forms.members import ReasonForm
from spaces.models import TypedFor
from spaces.permissions import can_link_in_space, can_see_linked
from spaces.tokens import hash_of
from spaces.views.inside import enter_as_member, page_of, sent

SIZE = 25


def _enter_as_linker(request, slug):
    space, membership = enter_as_member(request, slug)
    if not can_see_linked(request.user, space):
        raise PermissionDenied(_("Linkers and facilitators do this."))
    return space, membership


def _typed(request, space, pk):
    return find(
        request,
        TypedFor.objects.select_related(
            "membership__person", "membership__group", "membership__space", "linker"
        ),
        pk=pk,
        membership__space=space.pk,
    )


@require_http_methods(["GET", "HEAD"])
def linked_list(request, space):
    """Who is typed for, by whom, with what consent."""
    space, membership = _enter_as_linker(request, space)
    linked = (
        TypedFor.objects.visible_to(request.user)
        .filter(membership__space=space)
        .select_related("membership__person", "membership__group", "linker")
        .order_by("membership__person__name", "pk")
    )
    context = {
        "space": space,
        "membership": membership,
        "page": page_of(request, linked, SIZE),
        "may_add": can_link_in_space(request.user, space),
    }
    return render(request, "spaces/linked_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def linked_create(request, space):
    """Register a person without an account."""
    space, membership = _enter_as_linker(request, space)
    if not can_link_in_space(request.user, space):
        raise PermissionDenied(_("A facilitator must make you a linker first."))
    form = LinkedForm(sent(request), space=space)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                typed = register_linked(space, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error("name", str(refusal))
            else:
                messages.success(
                    request,
                    _("You can type for %(name)s now, wherever you write here.")
                    % {"name": typed.membership.person},
                )
                return redirect("spaces:linked_list", space=space.slug)
    context = {"space": space, "membership": membership, "form": form}
    return render(request, "spaces/linked_create.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def linked_claim_link(request, space, pk):
    """A link with which the person takes over; it is shown once."""
    space, membership = _enter_as_linker(request, space)
    typed = _typed(request, space, pk)
    link = ""
    if request.method == "POST":
        token = make_claim_link(typed, by=request.user)
        link = absolute(reverse("joining:linked_claim", kwargs={"token": token}))
    context = {
        "space": space,
        "membership": membership,
        "typed": typed,
        "link": link,
    }
    return render(request, "spaces/linked_claim_link.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def linked_end(request, space, pk):
    """The person takes their consent back."""
    space, membership = _enter_as_linker(request, space)
    typed = _typed(request, space, pk)
    form = ReasonForm(sent(request), is_required=False)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            end_linking(typed, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("Done. What was typed stays without a name."))
            return redirect("spaces:linked_list", space=space.slug)
        status = 422
    context = {
        "space": space,
        "membership": membership,
        "typed": typed,
        "form": form,
    }
    return render(request, "spaces/linked_end.html", context, status=status)


@login_not_required
@require_http_methods(["GET", "HEAD"])
def linked_claim(request, token):
    """What the person takes over; guests make an account first and come back."""
    typed = (
        TypedFor.objects.claimable()
        .filter(claim_hash=hash_of(token))
        .select_related("membership__space", "membership__person", "linker")
        .first()
    )
    context = {
        "typed": typed,
        "token": token,
        "space": typed.membership.space if typed else None,
        "next_query": urlencode({"next": request.path}),
    }
    status = 200 if typed else 410
    return render(request, "spaces/linked_claim.html", context, status=status)


@require_POST
def linked_claim_accept(request, token):
    """Take it over."""
    try:
        member = claim_person(token, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("joining:linked_claim", token=token)
    messages.success(
        request,
        _("What was typed for you in %(space)s is yours now.")
        % {"space": member.space.name},
    )
    return redirect(member.space)
