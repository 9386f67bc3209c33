"""The site administrator's pages about spaces: all of them, their openness, health.

An administrator who is not a member sees cards and figures here, never content.
"""

from django.contrib import messages
from django.core.checks import run_checks
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from spaces import overview
from spaces.actions import site as actions
from spaces.actions.openness import change_openness, openness_effects
from spaces.actions.refusals import Refused
from spaces.actions.states import MEANINGS, change_state
from spaces.forms import site as forms
from spaces.models import Record, Space
from spaces.views.gate import for_site_admins

PER_PAGE = 30
MOST_CANDIDATES = 200


@for_site_admins
def space_list(request):
    """Every space: openness, state, people, what needs care."""
    form = forms.SpaceFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(overview.chosen_spaces(**chosen), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "section": "spaces",
        "form": form,
        "page": page,
        "rows": [(space, overview.worries(space)) for space in page],
        "lacks": run_checks(tags=["media"]),
    }
    return render(request, "spaces/site_space_list.html", context)


@for_site_admins
def space_detail(request, space):
    """One space: facilitators, openness and its history, what can be done."""
    space = _find(space)
    history = Record.objects.filter(
        space=space,
        verb__in=[
            "space_created",
            "openness_changed",
            "state_changed",
            "admin_stepped_in",
            "facilitator_named",
        ],
    )
    membership = space.membership_of(request.user)
    context = {
        "section": "spaces",
        "space": space,
        "worries": overview.worries(space),
        "facilitators": space.memberships.facilitators().select_related("person"),
        "history": history.with_people()[:20],
        "is_facilitator": membership is not None and membership.is_facilitator,
    }
    return render(request, "spaces/site_space_detail.html", context)


@for_site_admins
def space_openness(request, space):
    """Open or close a space for its members' sake, with a reason."""
    space = _find(space)
    form = forms.OpennessChangeForm(
        request.POST or None,
        initial={"visibility": space.visibility, "join_policy": space.join_policy},
    )
    context = {"section": "spaces", "space": space, "form": form}
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if request.POST.get("step") == "change":
            change_openness(space, by=request.user, **values)
            return _done(request, space)
        context["reason"] = values.pop("reason")
        context["effects"] = openness_effects(space, **values)
        context["wanted"] = Space(**values)
        return render(request, "spaces/site_space_openness_confirm.html", context)
    return _answer(request, "spaces/site_space_openness.html", context, form)


@for_site_admins
def space_state(request, space):
    """Let a space rest, archive or restore it."""
    space = _find(space)
    form = forms.StateForm(request.POST or None, initial={"state": space.state})
    form.fields["state"].explanations = MEANINGS
    if request.method == "POST" and form.is_valid():
        change_state(space, by=request.user, **form.cleaned_data)
        return _done(request, space)
    context = {"section": "spaces", "space": space, "form": form}
    return _answer(request, "spaces/site_space_state.html", context, form)


@for_site_admins
def space_facilitator(request, space):
    """Name somebody to look after a space."""
    space = _find(space)
    members = (
        space.memberships.active()
        .filter(person__is_active=True, person__email__isnull=False)
        .exclude(role="facilitator")
        .with_person()
        .order_by("-role", "person__name", "pk")[:MOST_CANDIDATES]
    )
    form = forms.FacilitatorForm(request.POST or None, members=list(members))
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_facilitator(
                space,
                form.cleaned_data["person"],
                by=request.user,
                reason=form.cleaned_data["reason"],
            )
            return _done(request, space)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"section": "spaces", "space": space, "form": form}
    return _answer(request, "spaces/site_space_facilitator.html", context, form)


@for_site_admins
def space_step_in(request, space):
    """Become a facilitator, in the open."""
    space = _find(space)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.step_in(space, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(
            request, _("You are a facilitator here now. Members have been told.")
        )
        return redirect(space)
    context = {"section": "spaces", "space": space, "form": form}
    return _answer(request, "spaces/site_space_step_in.html", context, form)


def _find(slug):
    space = overview.spaces_for_admin().filter(slug=slug).first()
    if space is None:
        raise Http404
    return space


def _done(request, space):
    messages.success(request, _("Done, and on the record."))
    return redirect("site_admin:space_detail", space=space.slug)


def _answer(request, template, context, form):
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, context, status=status)
