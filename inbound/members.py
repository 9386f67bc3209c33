"""Pages inside a space: a member's own addresses, and mails that wait for a steward."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from inbound import actions
from inbound.models import ReceivedLetter
from notifications.kinds import kind_of
from spaces.actions.members import renew_mail_addresses
from spaces.entry import find
from spaces.views.inside import enter_as_member, enter_as_steward, page_of

LETTERS = 20


@require_http_methods(["GET", "HEAD", "POST"])
def own_addresses(request, space):
    """Where this member writes to by mail; new ones, or none."""
    space, membership = enter_as_member(request, space)
    if request.method == "POST":
        are_wanted = "close" not in request.POST
        renew_mail_addresses(membership, are_wanted=are_wanted)
        messages.success(
            request,
            _("These are your addresses now. Letters to the old ones come back.")
            if are_wanted
            else _("You have no addresses here any more. Letters to them come back."),
        )
        return redirect("inbound:own_addresses", space=space.slug)
    context = {
        "space": space,
        "membership": membership,
        "posts": space.has_tool("exchange"),
        "tells": space.has_tool("stories"),
    }
    return render(request, "inbound/own_addresses.html", context)


@require_safe
def letter_list(request, space):
    """Mails to this space whose sender is not certain."""
    space, membership = enter_as_steward(request, space)
    letters = (
        ReceivedLetter.objects.visible_to(request.user)
        .held()
        .filter(space=space)
        .select_related("delivery__recipient", "membership__person")
        .defer("raw")
    )
    page = page_of(request, letters, LETTERS)
    for letter in page:
        letter.shown = letter.text if _may_read(request.user, letter) else ""
    context = {"space": space, "membership": membership, "page": page}
    return render(request, "inbound/letter_list.html", context)


def _may_read(user, letter):
    """A steward reads what they would read once it is posted, no more."""
    if letter.delivery is None:
        return True
    kind = kind_of(letter.delivery.kind)
    target = kind and kind.load([letter.delivery.target]).get(letter.delivery.target)
    return target is not None and kind.may_see(user, target)


@require_POST
def letter_decide(request, space, pk):
    """Let a mail in, or put it away."""
    space, _membership = enter_as_steward(request, space)
    held = ReceivedLetter.objects.held().filter(space=space)
    letter = find(request, held, pk=pk)
    messages.success(request, decide(request, letter))
    return redirect("inbound:letter_list", space=space.slug)


def decide(request, letter):
    """Do what was pressed; a sentence that says what became of the letter."""
    if "release" not in request.POST:
        actions.discard_letter(letter, by=request.user)
        return _("Put away.")
    outcome = actions.release_letter(letter, by=request.user)
    if outcome is actions.Outcome.TAKEN:
        return _("Taken in.")
    return _("It could not be taken in; its writer has been told why.")
