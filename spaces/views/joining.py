"""The door of a space: joining, asking, deciding."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from spaces.actions.accepting import accept_invitation
from spaces.actions.admitting import addresses_of
from spaces.actions.joining import (
    accept_request,
    decline_request,
    join_space,
    request_to_join,
    withdraw_request,
)
from spaces.actions.refusals import Refused
from spaces.entry import approach, find
from spaces.forms.joining import (
    AcceptRequestForm,
    DeclineRequestForm,
    DoorForm,
    JoinForm,
    RequestForm,
)
from spaces.models import Invitation, Membership, Space
from spaces.views.inside import enter_as_steward, page_of, pressed, sent

Status = Membership.Status
KEPT = "kept_at_the_door"
SIZE = 25


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def space_join(request, space):
    """Join at once, ask, or read how it stands; guests fill in first, sign in then."""
    space = approach(request, space)
    if space.membership_of(request.user):
        return redirect(space)
    standing = _standing(request.user, space)
    letter = _letter(request.user, space)
    door = _door(space, standing, letter)
    kept = request.session.get(KEPT, {}).get(space.slug)
    data = pressed(request, kept)
    form = _form(door, data, kept, space)
    status = 200
    if data is not None and form is not None:
        if not request.user.is_authenticated:
            return _sign_in_first(request, space)
        if form.is_valid():
            try:
                return _go_in(request, space, door, letter, form)
            except Refused as refusal:
                form.add_error(None, str(refusal))
        request.session.pop(KEPT, None)
        status = 422
    context = {
        "space": space,
        "membership": None,
        "door": door,
        "standing": standing,
        "letter": letter,
        "form": form,
        "answers": [form[name] for name in form.fields if name != "accepts_rules"]
        if form
        else [],
        "sign_in_query": urlencode({"next": request.path}),
    }
    return render(request, "spaces/space_join.html", context, status=status)


def _standing(user, space):
    """The person's row here, whatever it says; None for guests and strangers."""
    if not user.is_authenticated:
        return None
    row = space.memberships.filter(person=user).select_related("decided_by").first()
    if row is not None:
        row.space = space
    return row


def _letter(user, space):
    """An open letter of invitation to this person."""
    if not user.is_authenticated:
        return None
    letters = Invitation.objects.filter(space=space, use_count=0).open().by_letter()
    letter = letters.for_addresses(addresses_of(user)).select_related(
        "invited_by", "group"
    )
    return letter.first()


def _door(space, standing, letter):
    """How the space can be come into from here, as one word."""
    status = standing.status if standing else None
    if not space.is_writable:
        return "archived"
    if status == Status.BANNED:
        return "banned"
    if letter is not None:
        return "invited"
    if space.join_policy == Space.JoinPolicy.OPEN:
        return "open"
    if status == Status.REQUESTED:
        return "requested"
    if space.join_policy == Space.JoinPolicy.INVITATION:
        return "invitation"
    if status == Status.DECLINED and standing.may_ask_again:
        return "declined"
    return "request"


def _form(door, data, kept, space):
    kinds = {"open": JoinForm, "invited": DoorForm, "request": RequestForm}
    if door not in kinds:
        return None
    return kinds[door](data, space=space, initial=kept)


def _sign_in_first(request, space):
    """Keep what a guest filled in, for when they come back signed in."""
    kept = {
        name: value[:2000]
        for name, value in request.POST.items()
        if name not in {"csrfmiddlewaretoken", "has_account"}
    }
    request.session[KEPT] = {space.slug: kept}
    way = "account_login" if "has_account" in request.POST else "account_signup"
    return redirect(f"{reverse(way)}?{urlencode({'next': request.path})}")


def _go_in(request, space, door, letter, form):
    given = {"group": form.chosen_group, "accepts_rules": form.has_accepted_rules}
    if door == "request":
        request_to_join(
            space,
            by=request.user,
            message=form.cleaned_data["message"],
            answers=form.answers,
            **given,
        )
        words = _(
            "Your request is on its way. We will write to you when it is decided."
        )
        answer = redirect("spaces:space_join", space=space.slug)
    else:
        if door == "invited":
            accept_invitation(letter, by=request.user, **given)
        else:
            join_space(space, by=request.user, **given)
        words = _("Welcome to %(space)s.") % {"space": space.name}
        answer = redirect(space)
    request.session.pop(KEPT, None)
    messages.success(request, words)
    return answer


@require_POST
def request_withdraw(request, space):
    """Take back one's own request."""
    space = approach(request, space)
    if withdraw_request(space, by=request.user):
        messages.success(request, _("Your request is taken back."))
    return redirect("spaces:space_join", space=space.slug)


@require_http_methods(["GET", "HEAD"])
def request_list(request, space):
    """Who asks to join; the longest waiting first."""
    space, membership = enter_as_steward(request, space)
    waiting = space.memberships.requested().with_person().order_by("requested", "pk")
    context = {
        "space": space,
        "membership": membership,
        "page": page_of(request, waiting, SIZE),
    }
    return render(request, "spaces/request_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def request_detail(request, space, pk):
    """What somebody wrote, and the two answers."""
    space, membership = enter_as_steward(request, space)
    asked = find(
        request,
        Membership.objects.select_related("person", "group", "decided_by"),
        space=space,
        pk=pk,
        space_id=space.pk,
    )
    if asked.is_active:
        return redirect("spaces:member_detail", space=space.slug, pk=asked.pk)
    is_yes = request.POST.get("decision") == "accept"
    data = sent(request)
    accept = AcceptRequestForm(
        data if is_yes else None, space=space, initial={"group": asked.group_id}
    )
    decline = DeclineRequestForm(None if is_yes else data)
    chosen = accept if is_yes else decline
    status = 200
    if request.method == "POST" and chosen.is_valid():
        try:
            if is_yes:
                accept_request(asked, by=request.user, group=accept.chosen_group)
                words = _("%(name)s is a member now and has been told.")
            else:
                reason = decline.cleaned_data["reason"]
                decline_request(asked, by=request.user, reason=reason)
                words = _("%(name)s has been told, in your words.")
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, words % {"name": asked.person})
        return redirect("spaces:request_list", space=space.slug)
    if request.method == "POST":
        status = 422
    context = {
        "space": space,
        "membership": membership,
        "asked": asked,
        "is_open": asked.status == Status.REQUESTED,
        "accept": accept,
        "decline": decline,
    }
    return render(request, "spaces/request_detail.html", context, status=status)
