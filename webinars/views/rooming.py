"""The door of a webinar, and the host's page about its room."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from spaces.entry import enter
from webinars import permissions
from webinars.actions.rooming import (
    edit_room,
    end_room,
    enter_room,
    entrant_of,
    move_room,
    note_joined,
    note_recording,
    show_recording,
)
from webinars.forms.rooming import RoomForm
from webinars.models import Recording, Room
from webinars.rooms import RoomAway, bigbluebutton
from webinars.views.fetching import get_webinar
from webinars.ways import room_of, ways_into


@never_cache
def webinar_join(request, space, webinar):
    """The door: for those who come. A room that is away says so, with the other way."""
    space = enter(request, space, tool="webinars")
    webinar = get_webinar(request, space, webinar)
    if not permissions.can_join_webinar(request.user, webinar):
        raise PermissionDenied(_("The room is for those who said that they come."))
    address, fault = "", ""
    if request.method == "POST":
        entrant = entrant_of(
            request.user,
            is_moderator=permissions.can_edit_webinar(request.user, webinar),
        )
        try:
            address = enter_room(webinar, entrant)
        except RoomAway as away:
            fault = str(away)
        else:
            note_joined(webinar, request.user)
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "webinar": webinar,
        "ways": ways_into(webinar),
        "room": room_of(webinar),
        "address": address,
        "fault": fault,
        "can_edit": permissions.can_edit_webinar(request.user, webinar),
    }
    response = render(
        request, "webinars/webinar_join.html", context, status=503 if fault else 200
    )
    return send_on(response, address)


def send_on(response, address):
    """Let the browser go on to the room by itself.

    Not by a redirect: what a form is answered with may lead only to ourselves
    (CSP ``form-action``), and where this fails the page has the link.
    """
    if address:
        response["Refresh"] = f"0; url={address}"
        response["Referrer-Policy"] = "no-referrer"
    return response


def webinar_room(request, space, webinar):
    """Where it meets and the other room, for the host."""
    space = enter(request, space, tool="webinars")
    webinar = _for_host(request, space, webinar)
    room = room_of(webinar) or Room(webinar=webinar)
    form = RoomForm(request.POST or None, instance=room)
    if request.method == "POST" and form.is_valid():
        edit_room(webinar, by=request.user, words=form.words())
        messages.success(request, _("Saved."))
        return redirect("webinars:webinar_room", space=space.slug, webinar=webinar.slug)
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "webinar": webinar,
        "room": Room.objects.filter(webinar=webinar).first(),
        "recordings": Recording.objects.filter(room__webinar=webinar).exclude(
            address=""
        ),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "webinars/webinar_room.html", context, status=status)


@require_POST
def webinar_move(request, space, webinar):
    """One press: everybody goes to the other room, or back."""
    space = enter(request, space, tool="webinars")
    webinar = _for_host(request, space, webinar)
    back = "back" in request.POST
    if move_room(webinar, by=request.user, back=back) is None:
        messages.error(request, _("Say first where the other room is."))
    elif back:
        messages.success(request, _("Back in the first room. Everybody is being told."))
    else:
        messages.success(request, _("Moved. Everybody is being told."))
    return redirect("webinars:webinar_room", space=space.slug, webinar=webinar.slug)


@require_POST
def recording_show(request, space, webinar, pk):
    """Show a recording on the webinar's page, or take it away again."""
    space = enter(request, space, tool="webinars")
    webinar = _for_host(request, space, webinar)
    recording = get_object_or_404(Recording, pk=pk, room__webinar=webinar)
    show_recording(recording, by=request.user, is_shown="hide" not in request.POST)
    messages.success(request, _("Saved."))
    return redirect("webinars:webinar_room", space=space.slug, webinar=webinar.slug)


@login_not_required
@require_GET
def room_ended(request, token):
    """BigBlueButton says that a session is over. It signs nothing: the address is the
    secret."""
    room = Room.objects.of_token(token)
    if room is None:
        raise Http404
    end_room(room)
    return HttpResponse(status=204)


@csrf_exempt
@login_not_required
@require_POST
def room_recorded(request, token):
    """BigBlueButton says that a recording is ready, signed with the API's secret."""
    room = Room.objects.of_token(token)
    said = bigbluebutton.recorded_of(request.POST.get("signed_parameters", ""))
    if room is None or said is None or said[0] != room.name:
        raise Http404
    note_recording(room, record_id=said[1])
    return HttpResponse(status=204)


def _for_host(request, space, slug):
    webinar = get_webinar(request, space, slug)
    if not permissions.can_edit_webinar(request.user, webinar):
        raise PermissionDenied(_("Its hosts and the stewards look after the room."))
    return webinar
