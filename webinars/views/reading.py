"""Reading webinars: lists, one of them, its file."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from conversations.drawing import thread_context
from spaces.entry import enter
from webinars import calendar, permissions
from webinars.models import (
    Recording,
    Registration,
    SaidStance,
    Webinar,
)
from webinars.views.fetching import get_webinar
from webinars.ways import ways_into

PER_PAGE = 10


@login_not_required
def webinar_list(request, space):
    """What is coming, and what has been."""
    space = enter(request, space, tool="webinars")
    webinars = (
        Webinar.objects.visible_to(request.user).in_space(space).with_coming_count()
    )
    page = Paginator(webinars.past(), PER_PAGE).get_page(request.GET.get("page"))
    coming = list(webinars.coming()[:50])
    for webinar in [*coming, *page]:
        webinar.space = space
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "coming": coming,
        "page": page,
        "can_schedule": permissions.can_schedule_webinar(request.user, space),
    }
    return render(request, "webinars/webinar_list.html", context)


@login_not_required
def webinar_detail(request, space, webinar):
    """When it is for you, who comes, and the talk under it."""
    space = enter(request, space, tool="webinars")
    webinar = get_webinar(request, space, webinar)
    registrations = list(
        webinar.registrations.exclude(answer="no").select_related("person")
    )
    mine = (
        webinar.registrations.filter(person=request.user).first()
        if request.user.is_authenticated
        else None
    )
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "webinar": webinar,
        "hosts": webinar.hosts.all(),
        "registrations": registrations,
        "coming_count": sum(each.answer == "yes" for each in registrations),
        "mine": mine,
        "answers": Registration.Answer.choices,
        "can_answer": permissions.can_answer_webinar(request.user, webinar),
        "can_edit": permissions.can_edit_webinar(request.user, webinar),
        "can_cancel": permissions.can_cancel_webinar(request.user, webinar),
        "can_see_room": permissions.can_see_room(request.user, webinar),
        "ways": ways_into(webinar),
        "can_host": permissions.can_see_reminders(request.user, webinar),
        **stance_context(webinar, mine),
        "recordings": shown_recordings(webinar),
        **thread_context(request, webinar.thread),
    }
    return render(request, "webinars/webinar_detail.html", context)


@login_not_required
def webinar_calendar(request, space, webinar):
    """The webinar as a file for one's own calendar."""
    space = enter(request, space, tool="webinars")
    webinar = get_webinar(request, space, webinar)
    data = calendar.single(
        webinar, room=permissions.can_see_room(request.user, webinar)
    )
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="webinar.ics"'
    response["Cache-Control"] = "private, no-cache"
    return response


def shown_recordings(webinar):
    """What the host shows; asked for only where it can be: after the beginning."""
    if not webinar.is_over:
        return []
    shown = Recording.objects.filter(room__webinar=webinar, shown__isnull=False)
    return list(shown.order_by("found", "pk"))


def stance_context(webinar, mine):
    """The question people differ on, as somebody who comes is asked it."""
    question = getattr(webinar, "stance_question", None)
    stances = list(question.stances.all()) if question and mine else []
    said = SaidStance.objects.filter(registration=mine) if stances else ()
    return {
        "question": question,
        "stances": stances,
        "my_stance": said[0].stance_id if said else None,
    }
