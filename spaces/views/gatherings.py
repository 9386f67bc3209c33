"""Gatherings: the meetings that the year hangs on."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from spaces.actions import gatherings as actions
from spaces.entry import enter, find
from spaces.forms.gatherings import GatheringForm
from spaces.models import Gathering
from spaces.permissions import can_edit_space

PER_PAGE = 20


@login_not_required
def gathering_list(request, space):
    """What is coming, and what has been."""
    space = enter(request, space)
    now = timezone.now()
    gatherings = Gathering.objects.filter(space=space)
    past = Paginator(gatherings.past(now), PER_PAGE)
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "coming": list(gatherings.coming(now)[:PER_PAGE]),
        "page": past.get_page(request.GET.get("page")),
        "can_edit": can_edit_space(request.user, space),
    }
    return render(request, "spaces/gathering_list.html", context)


def gathering_create(request, space):
    """Add a gathering."""
    space = _enter_to_edit(request, space)
    form = GatheringForm(
        request.POST or None,
        initial={"time_zone": space.time_zone, "client_id": uuid.uuid4()},
    )
    if request.method == "POST" and form.is_valid():
        actions.create_gathering(
            space,
            by=request.user,
            client_id=form.cleaned_data["client_id"],
            **form.values,
        )
        messages.success(request, _("The gathering stands in the year."))
        return redirect("spaces:gathering_list", space=space.slug)
    return _draw(request, space, "spaces/gathering_create.html", form)


def gathering_edit(request, space, pk):
    """Change a gathering."""
    space = _enter_to_edit(request, space)
    gathering = find(request, Gathering.objects, space=space, space_id=space.pk, pk=pk)
    form = GatheringForm(request.POST or None, instance=gathering)
    if request.method == "POST" and form.is_valid():
        actions.change_gathering(gathering, by=request.user, **form.values)
        messages.success(request, _("Saved."))
        return redirect("spaces:gathering_list", space=space.slug)
    return _draw(request, space, "spaces/gathering_edit.html", form, gathering)


def gathering_delete(request, space, pk):
    """Take a gathering out of the year, after one more look."""
    space = _enter_to_edit(request, space)
    gathering = find(request, Gathering.objects, space=space, space_id=space.pk, pk=pk)
    if request.method == "POST":
        actions.remove_gathering(gathering, by=request.user)
        messages.success(request, _("The gathering is gone from the year."))
        return redirect("spaces:gathering_list", space=space.slug)
    return _draw(request, space, "spaces/gathering_delete.html", None, gathering)


def _enter_to_edit(request, slug):
    space = enter(request, slug)
    if not can_edit_space(request.user, space):
        raise PermissionDenied(_("Only a facilitator sets the gatherings."))
    return space


def _draw(request, space, template, form, gathering=None):
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "form": form,
        "gathering": gathering,
    }
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, template, context, status=status)
