"""How one is told: of one space, from a letter without signing in, of all at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import set_reading
from accounts.models import User
from accounts.reachability import resume, stopped_among
from accounts.zones import zone_names
from spaces.actions.members import change_wishes, quiet_choice, turn_down
from spaces.actions.wishes import less_everywhere, restore_wishes
from spaces.forms.wishes import (
    OwnMembershipForm,
    QuieterForm,
    ReadingForm,
    SpaceWishForm,
)
from spaces.models import Membership
from spaces.tokens import signed_membership
from spaces.views.inside import enter_as_member, page_of, sent
from spaces.wishes import fields_of_state, state_of, told_words

SIZE = 20
GET_OR_POST = ["GET", "HEAD", "POST"]
UNDO_SALT = "spaces.mail_settings.undo"
UNDO_SECONDS = 7 * 24 * 60 * 60
# Where the choices before "less everywhere" are kept, for one undo.
BEFORE = "told_before"
MOST_CONFIRMED = 5


@require_http_methods(GET_OR_POST)
def member_settings(request, space):
    """How I am told of this space, and for which group I speak."""
    space, membership = enter_as_member(request, space)
    form = OwnMembershipForm(sent(request), instance=membership)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            change_wishes(membership, **form.cleaned_data)
            messages.success(request, _("Kept. This holds from the next letter on."))
            return redirect("spaces:member_settings", space=space.slug)
        membership.refresh_from_db()
        status = 422
    context = {"space": space, "membership": membership, "form": form}
    return render(request, "spaces/member_settings.html", context, status=status)


# ── from a letter ────────────────────────────────────────────────────────────
@csrf_exempt
@login_not_required
@require_http_methods(GET_OR_POST)
def mail_settings(request, space, token):
    """Turn one space's letters down, from a letter, without signing in.

    The signed token names the membership and can do nothing else, so no cookie and no
    CSRF token is asked: mail programs post here by themselves (RFC 8058).
    """
    number = signed_membership(token)
    membership = (
        Membership.objects.filter(pk=number).select_related("space", "person").first()
    )
    if membership is None or membership.space.slug != space:
        return render(
            request, "spaces/mail_settings.html", {"member": None}, status=404
        )
    if request.POST.get("List-Unsubscribe") == "One-Click":
        turn_down(membership, "nothing")
        return HttpResponse(status=200)
    with translation.override(membership.person.language):
        return _mail_settings(request, membership)


def _mail_settings(request, membership):
    form = QuieterForm(sent(request), initial={"choice": quiet_choice(membership)})
    status = 200
    if request.method == "POST":
        before = _undone(request.POST.get("undo", ""), membership)
        if before:
            change_wishes(membership, **before)
            return redirect(f"{request.path}?undone=1")
        if form.is_valid():
            undo = signing.dumps([membership.pk, state_of(membership)], salt=UNDO_SALT)
            turn_down(membership, form.cleaned_data["choice"])
            return redirect(f"{request.path}?kept={undo}")
        status = 422
    kept = request.GET.get("kept", "")
    context = {
        "space_name": membership.space.name,
        "member": membership,
        "address": masked(membership.person.email),
        "now": told_words(membership),
        "form": form,
        "undo": kept if _undone(kept, membership) else "",
        "is_undone": "undone" in request.GET,
    }
    return render(request, "spaces/mail_settings.html", context, status=status)


def _undone(token, membership):
    """The choices a signed undo brings back; None where it is none of this space's."""
    try:
        number, state = signing.loads(token, salt=UNDO_SALT, max_age=UNDO_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return fields_of_state(state) if number == membership.pk else None


def masked(address):
    """An address as its owner knows it and nobody else: "be…@example.org"."""
    name, _at, domain = (address or "").partition("@")
    return f"{name[:2]}…@{domain}" if domain else ""


# ── all spaces at once ───────────────────────────────────────────────────────
@require_http_methods(GET_OR_POST)
def preferences(request):
    """How each of my spaces tells me, on one page, saved by one press."""
    memberships = (
        Membership.objects.active()
        .of(request.user)
        .select_related("space")
        .order_by("space__name", "pk")
    )
    page = page_of(request, memberships, SIZE)
    # A row of its own: a refused form must not change the page around it.
    person = User.objects.get(pk=request.user.pk)
    reading = ReadingForm(sent(request), instance=person)
    rows = [SpaceWishForm(_own(request, each), membership=each) for each in page]
    status = 200
    if request.method == "POST":
        if all([reading.is_valid(), *(row.is_valid() for row in rows if row.is_bound)]):
            _keep(request, reading, rows)
            return redirect(_page_url(page))
        status = 422
    context = {
        "page": page,
        "reading": reading,
        "rows": rows,
        "zone_names": zone_names(),
        "stopped": stopped_among([request.user.email]).get(request.user.email.lower()),
        "may_undo": bool(request.session.get(BEFORE)),
    }
    return render(request, "spaces/preferences.html", context, status=status)


def _page_url(page):
    url = reverse("wishes:preferences")
    return f"{url}?page={page.number}" if page.number > 1 else url


def _own(request, membership):
    """What was sent about this space; None where the page did not have it yet."""
    if f"s{membership.pk}-rhythm" in request.POST:
        return request.POST
    return None


def _keep(request, reading, rows):
    """Store what is different and say, thing by thing, what that was."""
    changed = [row for row in rows if row.is_bound and row.has_changed()]
    if reading.has_changed():
        values = {name: reading.cleaned_data[name] for name in reading.changed_data}
        if {"quiet_from", "quiet_until"} & set(values):
            values["quiet_days"] = reading.cleaned_data["quiet_days"]
        set_reading(reading.instance, by=request.user, **values)
    kept = [change_wishes(row.membership, **row.wishes()) for row in changed]
    request.session.pop(BEFORE, None)
    if not kept and not reading.has_changed():
        messages.info(request, _("Nothing was different; all stays as it was."))
        return
    # In the language that has perhaps just been chosen.
    with translation.override(reading.instance.language):
        messages.success(request, _("Kept. This holds from the next letter on."))
        for words in _what_changed(reading, kept):
            messages.success(request, words)


def _what_changed(reading, kept):
    if reading.has_changed():
        names = [str(reading.fields[name].label) for name in reading.changed_data]
        yield _("For all letters: %(what)s.") % {"what": ", ".join(names)}
    for membership in kept[:MOST_CONFIRMED]:
        yield f"{membership.space.name}: {told_words(membership)}"
    more = len(kept) - MOST_CONFIRMED
    if more > 0:
        yield ngettext("And %d more space.", "And %d more spaces.", more) % more


@require_POST
def preferences_less(request):
    """Only what concerns me, weekly, in every space: one press, and one to undo it."""
    before = less_everywhere(request.user)
    if before:
        request.session[BEFORE] = before
        number = len(before)
        words = ngettext(
            "%d space is quieter now: what concerns you, in a digest once a week.",
            "%d spaces are quieter now: what concerns you, in a digest once a week.",
            number,
        )
        messages.success(request, words % number)
    else:
        messages.info(request, _("All your spaces are as quiet as that already."))
    return redirect("wishes:preferences")


@require_POST
def preferences_undo(request):
    """Every space as it was before "less everywhere"."""
    before = request.session.pop(BEFORE, None)
    if before and restore_wishes(request.user, before):
        messages.success(request, _("All is as it was before."))
    return redirect("wishes:preferences")


@require_POST
def letters_resume(request):
    """Letters to my address again: it works now."""
    if resume(request.user.email):
        messages.success(
            request,
            _("Letters go to %(address)s again.") % {"address": request.user.email},
        )
    return redirect("wishes:preferences")
