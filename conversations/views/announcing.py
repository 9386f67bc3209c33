"""Announcements: first who gets it, then a copy to try, then it is sent, once."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from carriers.mail import weigh
from conversations.actions.announcing import announce, try_announcement
from conversations.forms import AnnouncementForm
from conversations.models import Announcement
from conversations.permissions import can_announce, can_see_announcements
from conversations.reaching import Way, counted, languages, reach
from notifications.kinds import kind_of
from notifications.letters import compose
from notifications.models import Delivery
from spaces.entry import enter

PER_PAGE = 20
MOST_NAMES = 60


@require_safe
def announcement_list(request, space):
    """What was announced, and how many of whom it was meant for it has reached."""
    space = enter(request, space)
    if not can_see_announcements(request.user, space):
        raise PermissionDenied(_("Announcements are for the facilitators."))
    found = (
        Announcement.objects.in_space(space)
        .newest_first()
        .select_related("message__thread", "message__author")
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    delivered = Delivery.objects.by_state(
        "conversations.announced", [each.message_id for each in page]
    )
    for each in page:
        each.message.thread.space = space
        each.lines = _lines(each.told, delivered.get(str(each.message_id), {}))
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "page": page,
        "can_announce": can_announce(request.user, space),
    }
    return render(request, "conversations/announcement_list.html", context)


def _lines(told, delivered):
    """(label, number) of each way that anybody was told by; first what has arrived."""
    State = Delivery.State
    sent = delivered.get(State.SENT, 0)
    waits = delivered.get(State.WAITING, 0) + delivered.get(State.CLAIMED, 0)
    lines = [(_("by mail"), sent)]
    if waits:
        lines.append((_("by mail, not yet gone out"), waits))
    if lost := sum(delivered.values()) - sent - waits:
        lines.append((_("letters that did not arrive"), lost))
    for way, label in (
        (Way.DIGEST, _("in their digest")),
        (Way.INBOX, _("in the inbox only")),
        (Way.QUIET, _("want to hear nothing")),
        (Way.UNREACHABLE, _("could not be reached by mail")),
    ):
        if number := told.get(way, 0):
            lines.append((label, number))
    return lines


@require_http_methods(["GET", "HEAD", "POST"])
def announcement_create(request, space):
    """Write it, look at it and at who gets it, try it, send it: one press each."""
    space = enter(request, space)
    if not can_announce(request.user, space):
        raise PermissionDenied(_why_not(request.user, space))
    form = AnnouncementForm(request.POST if request.method == "POST" else None)
    step = request.POST.get("step", "") if form.is_bound else "change"
    if step == "change" or not form.is_valid():
        if form.is_bound and step == "change":
            form = AnnouncementForm(initial=request.POST.dict())
        return _draw(request, space, form)
    words = form.words()
    try:
        if step == "send":
            client_id = form.cleaned_data["client_id"]
            announce(space, by=request.user, client_id=client_id, **words)
            messages.success(
                request, _("It is on its way, and stands in the exchange.")
            )
            return redirect("conversations:announcement_list", space=space.slug)
        if step == "test":
            try_announcement(space, by=request.user, **words)
            messages.success(
                request,
                _("A copy is on its way to %(address)s.")
                % {"address": request.user.email},
            )
        letter = _letter(space, request.user, words)
    except ValidationError as error:
        form.add_error("text", error)
        return _draw(request, space, form)
    return _draw(request, space, form, letter=letter)


def _why_not(user, space):
    if not can_see_announcements(user, space):
        return _("Announcements are for the facilitators.")
    if not space.is_writable:
        return _("This space is archived: it can be read, not written.")
    return _(
        "Announcements are posts of the exchange, so that people can answer them; "
        "here the exchange is switched off (see the settings, under “Tools”)."
    )


def _letter(space, by, words):
    """The letter as the writer would get it: how it reads and what it weighs."""
    kind = kind_of("conversations.announcement_tried")
    row = Delivery(
        recipient=by,
        kind=kind.slug,
        target=str(space.pk),
        about={**words, "is_shown": True},
    )
    return compose(kind, space, row)


def _draw(request, space, form, *, letter=None):
    reached = reach(space, by=request.user)
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "form": form,
        "letter": letter,
        "kilobytes": weigh(letter) / 1000 if letter else None,
        "ways": _ways(reached),
        "languages": languages(reached),
        "asleep": sum(each.sleeps for each in reached),
        "everybody": len(reached),
        "keep": f"announcement-{space.pk}",
    }
    return render(
        request,
        "conversations/announcement_create.html",
        context,
        status=422 if form.is_bound and not form.is_valid() else 200,
    )


def _ways(reached):
    """Each way with its number and the names behind it."""
    numbers = counted(reached)
    ways = []
    for way in Way:
        people = [each for each in reached if each.way == way]
        ways.append(
            {
                "label": way.label,
                "number": numbers[way],
                "people": people[:MOST_NAMES],
                "more": max(0, len(people) - MOST_NAMES),
                "is_open": way == Way.UNREACHABLE,
            }
        )
    return ways
