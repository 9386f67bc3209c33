"""Calendars to subscribe to: a space's for everybody, and one's own by a secret
address, since calendar programs cannot sign in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from spaces.entry import enter
from webinars import calendar
from webinars.actions import calendar_feed_of, renew_calendar_feed
from webinars.models import CalendarFeed, Registration, Webinar

SHOWN = 20


@login_not_required
def space_calendar(request, space):
    """The webinars of a space as anybody with this reader's rights sees them.

    The room is never told here: such addresses are handed on.
    """
    space = enter(request, space, tool="webinars")
    webinars = Webinar.objects.visible_to(request.user).in_space(space).for_calendar()
    data = calendar.feed(
        [_within(webinar, space) for webinar in webinars],
        name=space.name,
        address=settings.ALLIANCE_SITE_URL + request.path,
    )
    return _serve(data)


@login_not_required
def calendar_feed(request, token):
    """A person's webinars in all their spaces, less those they said no to."""
    feed = CalendarFeed.objects.of_token(token)
    if feed is None:
        raise Http404
    person = feed.person
    webinars = (
        Webinar.objects.visible_to(person)
        .in_spaces_of(person)
        .not_declined_by(person)
        .select_related("space", "room")
        .for_calendar()
    )
    answers = dict(
        Registration.objects.filter(person=person).values_list("webinar", "answer")
    )
    with override(person.language):
        name = _("Webinars · %(site)s") % {"site": settings.ALLIANCE_SITE_NAME}
    data = calendar.feed(
        webinars,
        name=name,
        address=settings.ALLIANCE_SITE_URL + request.path,
        answers=answers,
    )
    return _serve(data)


def calendar_home(request):
    """What is coming in all my spaces, and how to have it in my own calendar."""
    mine = Webinar.objects.visible_to(request.user).in_spaces_of(request.user)
    coming = list(mine.coming().with_coming_count().select_related("space")[:SHOWN])
    path = reverse(
        "calendar:calendar_feed",
        kwargs={"token": calendar_feed_of(request.user).token},
    )
    address = settings.ALLIANCE_SITE_URL + path
    context = {
        "coming": coming,
        "address": address,
        # What phones and desktop programs open as a subscription.
        "subscribe_address": "webcal://" + address.partition("://")[2],
    }
    return render(request, "webinars/calendar_home.html", context)


@require_POST
def calendar_renew(request):
    """Make the address anew, for somebody who has shown it to the wrong people."""
    renew_calendar_feed(request.user)
    messages.success(
        request,
        _("Your calendar has a new address. Subscribe again where you used the old."),
    )
    return redirect("calendar:calendar_home")


def _within(webinar, space):
    webinar.space = space
    return webinar


def _serve(data):
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-cache"
    return response
