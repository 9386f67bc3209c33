"""Where an invitation's link leads: outside any sign-in, whatever became of it."""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.languages import has_chosen_language, remember_language
from accounts.models import User
from spaces.actions.accepting import (
    accept_invitation,
    decline_invitation,
    veil,
    why_closed,
    why_not_for,
)
from spaces.actions.refusals import Refused
from spaces.forms.joining import DoorForm
from spaces.models import Invitation
from spaces.tokens import hash_of
from spaces.views.inside import pressed

KEPT = "kept_with_invitation"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_detail(request, token):
    """Who invites, to what, who will see what; and the one press to come in."""
    invitation = _invitation(token)
    if invitation is None:
        return _closed(request, None, _("We do not know this invitation."))
    if not (request.user.is_authenticated or has_chosen_language(request)):
        # The letter's language, for somebody who has not told us theirs.
        with translation.override(invitation.language):
            return _answer(request, invitation, token)
    return _answer(request, invitation, token)


def _answer(request, invitation, token):
    user, space = request.user, invitation.space
    if user.is_authenticated and space.membership_of(user):
        messages.info(request, _("You are a member of this space."))
        return redirect(_landing(invitation))
    if reason := why_closed(invitation):
        return _closed(request, invitation, reason)
    wrong = why_not_for(invitation, user) if user.is_authenticated else ""
    kept = request.session.get(KEPT, {}).get(str(invitation.pk))
    data = None if wrong else pressed(request, kept)
    form = DoorForm(
        data, space=space, initial={"group": invitation.group_id, **(kept or {})}
    )
    status = 200
    if data is not None:
        if not user.is_authenticated:
            return _sign_in_first(request, invitation)
        if form.is_valid():
            try:
                return _come_in(request, invitation, form)
            except Refused as refusal:
                form.add_error(None, str(refusal))
        request.session.pop(KEPT, None)
        status = 422
    context = {
        "invitation": invitation,
        "space": space,
        "member_number": space.memberships.active().count(),
        "token": token,
        "form": form,
        "wrong": wrong,
        "has_account": _has_account(invitation),
        "veiled": veil(invitation.address) if invitation.is_letter else "",
    }
    return render(request, "spaces/invitation_detail.html", context, status=status)


def _invitation(token):
    found = Invitation.objects.filter(token_hash=hash_of(token))
    return found.select_related("space", "group", "invited_by").first()


def _landing(invitation):
    return invitation.space.get_absolute_url() + invitation.landing


def _has_account(invitation):
    """Only the holder of the letter asks, so this tells them of themselves alone."""
    return (
        invitation.is_letter
        and User.objects.filter(email__iexact=invitation.address).exists()
    )


def _sign_in_first(request, invitation):
    """On to the account; what was chosen waits, and the letter proves its address.

    A link for many proves nothing: there the address is confirmed with a code.
    """
    request.session[KEPT] = {
        str(invitation.pk): {
            name: request.POST[name][:40]
            for name in ("group", "accepts_rules")
            if name in request.POST
        }
    }
    query = {"next": request.path}
    way = "account_login" if "has_account" in request.POST else "account_signup"
    if invitation.is_letter and way == "account_signup":
        get_adapter().stash_verified_email(request, invitation.address)
        query["email"] = invitation.address
    response = redirect(f"{reverse(way)}?{urlencode(query)}")
    if has_chosen_language(request):
        return response
    # The sign-up goes on in the language of the letter, and so does the account.
    return remember_language(request, response, invitation.language)


def _come_in(request, invitation, form):
    accept_invitation(
        invitation,
        by=request.user,
        group=form.chosen_group,
        accepts_rules=form.has_accepted_rules,
    )
    request.session.pop(KEPT, None)
    messages.success(
        request, _("Welcome to %(space)s.") % {"space": invitation.space.name}
    )
    return redirect(_landing(invitation))


def _closed(request, invitation, reason):
    """Say why, and offer the next step; a hidden space is not named to a stranger."""
    context = {
        "reason": reason,
        "invitation": invitation,
        "space": invitation.space if invitation else None,
        "asks_inviter": bool(invitation and invitation.invited_by),
        "can_knock": bool(
            invitation
            and invitation.space.is_writable
            and invitation.space.join_policy != "invitation"
        ),
    }
    return render(request, "spaces/invitation_closed.html", context, status=410)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_decline(request, token):
    """No thank you. Mail programs post here by themselves (RFC 8058), without cookie;
    the token alone gives the right, and all it can do is to stop letters."""
    invitation = _invitation(token)
    if invitation is None or not invitation.is_letter:
        return _closed(request, None, _("We do not know this invitation."))
    if request.method == "POST":
        decline_invitation(invitation)
        if request.POST.get("List-Unsubscribe") == "One-Click":
            return HttpResponse(status=200)
        return redirect(request.path)
    invitation.refresh_from_db()
    with translation.override(invitation.language):
        context = {
            "invitation": invitation,
            "space": invitation.space,
            "token": token,
            "is_done": invitation.declined is not None,
            "is_member": bool(invitation.use_count),
        }
        return render(request, "spaces/invitation_decline.html", context)
