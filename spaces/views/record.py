"""The record of a space, and what it says of itself."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from spaces.entry import approach, enter, is_inside
from spaces.forms.creation import JOINING, SEEING
from spaces.models import Record

PER_PAGE = 30


def record_list(request, space):
    """Who did what to whom, and why. Members read it."""
    space = enter(request, space)
    membership = space.membership_of(request.user)
    if membership is None:
        raise PermissionDenied(_("The record is for members of the space."))
    lines = (
        Record.objects.visible_to(request.user).filter(space_id=space.pk).with_people()
    )
    context = {
        "space": space,
        "membership": membership,
        "page": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "spaces/record_list.html", context)


@login_not_required
def space_about(request, space):
    """The card in full: concern, description, house rules, who sees what."""
    space = approach(request, space)
    inside = is_inside(request.user, space)
    membership = space.membership_of(request.user)
    context = {
        "space": space,
        "membership": membership,
        "is_inside": inside,
        "seeing": SEEING[space.visibility],
        "joining": JOINING[space.join_policy],
        "groups": list(space.groups.all()),
        "facilitators": (
            list(space.memberships.facilitators().with_person()[:20])
            if membership
            else []
        ),
    }
    return render(request, "spaces/space_about.html", context)
