"""The differing-view seat: the host's page, and the guest's."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from spaces.entry import enter
from webinars import permissions
from webinars.actions import seating
from webinars.actions.rooming import enter_room
from webinars.forms.seating import CheckForm, SeatForm, SeatWordForm, ViewsForm
from webinars.models import Seat, Stance
from webinars.rooms import RoomAway
from webinars.views.fetching import get_webinar
from webinars.views.rooming import send_on
from webinars.ways import room_of, ways_into

# ── the host ─────────────────────────────────────────────────────────────────


def webinar_views(request, space, webinar):
    """Which views come, which is missing, and who is asked in for it."""
    space = enter(request, space, tool="webinars")
    webinar = _for_host(request, space, webinar)
    form = ViewsForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        seating.ask_stances(webinar, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return _to_views(space, webinar)
    return _draw_views(request, space, webinar, form=form)


@require_POST
def seat_offer(request, space, webinar):
    """Ask a guest in by letter."""
    space = enter(request, space, tool="webinars")
    webinar = _for_host(request, space, webinar)
    if webinar.is_over:
        raise PermissionDenied(_("This webinar is over."))
    form = SeatForm(request.POST)
    if form.is_valid():
        seat = seating.offer_seat(webinar, by=request.user, **form.cleaned_data)
        messages.success(
            request, _("A letter to %(name)s is on its way.") % {"name": seat.name}
        )
        return _to_views(space, webinar)
    return _draw_views(request, space, webinar, seat_form=form)


@require_POST
def seat_reply(request, space, webinar, pk):
    """Answer a guest's question."""
    space = enter(request, space, tool="webinars")
    webinar = _for_host(request, space, webinar)
    seat = get_object_or_404(Seat, pk=pk, webinar=webinar)
    form = SeatWordForm(request.POST)
    if form.is_valid():
        seating.write_to_seat(seat, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Your answer is on its way."))
    else:
        messages.error(request, _("Write something first."))
    return _to_views(space, webinar)


@require_POST
def seat_revoke(request, space, webinar, pk):
    """End a guest's pass at once."""
    space = enter(request, space, tool="webinars")
    webinar = _for_host(request, space, webinar)
    seat = get_object_or_404(Seat, pk=pk, webinar=webinar)
    seating.revoke_seat(seat, by=request.user)
    messages.success(request, _("The pass of %(name)s has ended.") % {"name": seat})
    return _to_views(space, webinar)


@require_POST
def webinar_stance(request, space, webinar):
    """Say where one stands, privately, for the host's count."""
    space = enter(request, space, tool="webinars")
    webinar = get_webinar(request, space, webinar)
    if not permissions.can_answer_webinar(request.user, webinar):
        raise PermissionDenied(_("Members say where they stand, until it is over."))
    mine = webinar.registrations.coming().filter(person=request.user).first()
    number = request.POST.get("stance", "")
    stance = None
    if number.isdecimal() and len(number) < 18:
        stances = Stance.objects.filter(question__webinar=webinar)
        stance = stances.filter(pk=number).first()
    if mine is None:
        messages.error(request, _("Say first that you come."))
    else:
        seating.say_stance(mine, stance)
        messages.success(request, _("Noted. The host sees numbers, not names."))
    return redirect(webinar)


def _for_host(request, space, slug):
    webinar = get_webinar(request, space, slug)
    if not permissions.can_see_reminders(request.user, webinar):
        raise PermissionDenied(_("Its hosts and the stewards look for missing views."))
    return webinar


def _to_views(space, webinar):
    return redirect("webinars:webinar_views", space=space.slug, webinar=webinar.slug)


def _draw_views(request, space, webinar, *, form=None, seat_form=None):
    groups, stances = seating.views_among(webinar)
    question = getattr(webinar, "stance_question", None)
    missing = question.missing if question else ""
    standing = {
        "words": question.words if question else "",
        "missing": missing,
        "stances": "\n".join(stance.words for stance in stances),
    }
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "webinar": webinar,
        "groups": groups,
        "stances": stances,
        "question": question,
        "seats": list(webinar.seats.prefetch_related("words").order_by("pk")),
        "form": form or ViewsForm(initial=standing),
        "seat_form": seat_form
        or SeatForm(initial={"stands_for": missing, "language": space.language}),
        # Whoever was never asked about a summary keeps nobody waiting.
        "awaited": [seat for seat in seating.open_checks(webinar) if seat.check_asked],
    }
    is_bound = any(each is not None and each.is_bound for each in (form, seat_form))
    status = 422 if is_bound else 200
    return render(request, "webinars/webinar_views.html", context, status=status)


# ── the guest ────────────────────────────────────────────────────────────────


@login_not_required
@never_cache
def seat_detail(request, token):
    """The guest's page: the session and nothing else of the space."""
    seat = _seat(token)
    return _draw_seat(request, seat)


@login_not_required
@require_POST
def seat_answer(request, token):
    """Come, do not come, or withdraw."""
    seat = _seat(token)
    answer = request.POST.get("answer", "")
    if not seat.may_answer:
        raise PermissionDenied(_("This session is over, or your pass has ended."))
    if answer in (Seat.Answer.YES, Seat.Answer.NO, Seat.Answer.WITHDRAWN):
        seating.answer_seat(seat, answer=answer)
    return redirect(seat.path)


@login_not_required
@require_POST
def seat_ask(request, token):
    """Ask the hosts something."""
    seat = _seat(token)
    if seat.revoked is not None:
        raise PermissionDenied(_("Your pass has ended."))
    form = SeatWordForm(request.POST)
    if form.is_valid():
        try:
            seating.write_to_seat(seat, text=form.cleaned_data["text"])
        except ValidationError as fault:
            form.add_error("text", fault)
        else:
            return redirect(seat.path)
    return _draw_seat(request, seat, word_form=form, status=422)


@login_not_required
@require_POST
def seat_join(request, token):
    """The guest's door."""
    seat = _seat(token)
    if not seat.is_open or seat.answer != Seat.Answer.YES:
        raise PermissionDenied(_("The room is for those who said that they come."))
    address, fault = "", ""
    try:
        address = enter_room(seat.webinar, seating.entrant_at(seat))
    except RoomAway as away:
        fault = str(away)
    else:
        seating.note_seat_joined(seat)
    response = _draw_seat(
        request, seat, address=address, fault=fault, status=503 if fault else 200
    )
    return send_on(response, address)


@login_not_required
@require_POST
def seat_check(request, token):
    """The summary is right, or what is not."""
    seat = _seat(token)
    if not seat.is_check_open:
        raise PermissionDenied(_("There is nothing to check, or not any more."))
    form = CheckForm(request.POST)
    objects = "objects" in request.POST
    if form.is_valid() and objects and not form.cleaned_data["objection"].strip():
        form.add_error("objection", _("Say what is not right."))
    if not form.is_valid():
        return _draw_seat(request, seat, check_form=form, status=422)
    objection = form.cleaned_data["objection"].strip() if objects else ""
    seating.check_summary(seat, objection=objection)
    return redirect(seat.path)


def _seat(token):
    seat = Seat.objects.of_token(token)
    if seat is None:
        raise Http404
    return seat


def _draw_seat(
    request, seat, *, word_form=None, check_form=None, address="", fault="", status=200
):
    webinar = seat.webinar
    groups, _stances = seating.views_among(webinar)
    context = {
        "seat": seat,
        "webinar": webinar,
        "space": webinar.space,
        "hosts": webinar.hosts.all(),
        "groups": [group for group in groups if group.number],
        "ways": ways_into(webinar),
        "room": room_of(webinar),
        "words": seat.words.all(),
        "word_form": word_form or SeatWordForm(),
        "check_form": check_form or CheckForm(),
        "address": address,
        "fault": fault,
    }
    if seat.revoked is not None:
        status = 410
    # The guest has no account: the page speaks the language they were written in.
    language = seat.language
    with translation.override(language):
        return render(request, "webinars/seat_detail.html", context, status=status)
