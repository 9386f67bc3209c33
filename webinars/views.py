"""Pages of webinars."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conversations.drawing import thread_context
from spaces.entry import enter, find
from webinars import calendar, permissions
from webinars.actions import (
    answer_webinar,
    cancel_webinar,
    edit_webinar,
    schedule_webinar,
)
from webinars.forms import AnswerForm, CancelForm, WebinarForm
from webinars.models import Registration, Webinar

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
    webinar = _get(request, space, webinar)
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
        **thread_context(request, webinar.thread),
    }
    return render(request, "webinars/webinar_detail.html", context)


def webinar_create(request, space):
    """Call a webinar."""
    space = enter(request, space, tool="webinars")
    if not permissions.can_schedule_webinar(request.user, space):
        raise PermissionDenied(_("Only members of this space call webinars here."))
    form = WebinarForm(request.POST or None, space=space, user=request.user)
    if request.method == "POST" and form.is_valid():
        webinar = schedule_webinar(
            space,
            by=request.user,
            words=form.words(),
            form_id=form.cleaned_data["form_id"],
        )
        messages.success(request, _("Scheduled. Members are being invited."))
        return redirect(webinar)
    return _draw_form(request, space, form, None)


def webinar_edit(request, space, webinar):
    """Change it; a new time tells everybody."""
    space = enter(request, space, tool="webinars")
    webinar = _get(request, space, webinar)
    if not permissions.can_edit_webinar(request.user, webinar):
        raise PermissionDenied(_("Its hosts and the stewards change a webinar."))
    form = WebinarForm(
        request.POST or None,
        instance=Webinar.objects.get(pk=webinar.pk),
        space=space,
        user=request.user,
    )
    if request.method == "POST" and form.is_valid():
        edit_webinar(webinar, by=request.user, words=form.words())
        messages.success(request, _("Saved."))
        return redirect(webinar)
    return _draw_form(request, space, form, webinar)


def webinar_cancel(request, space, webinar):
    """Call it off, after saying what that does."""
    space = enter(request, space, tool="webinars")
    webinar = _get(request, space, webinar)
    if not permissions.can_cancel_webinar(request.user, webinar):
        raise PermissionDenied(_("Its hosts and the stewards cancel a webinar."))
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cancel_webinar(webinar, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Cancelled. Everybody is being told."))
        return redirect(webinar)
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "webinar": webinar,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "webinars/webinar_cancel.html", context, status=status)


@require_POST
def webinar_answer(request, space, webinar):
    """Say whether one comes."""
    space = enter(request, space, tool="webinars")
    webinar = _get(request, space, webinar)
    if not permissions.can_answer_webinar(request.user, webinar):
        raise PermissionDenied(
            _("Members answer, as long as the webinar is ahead and not cancelled.")
        )
    form = AnswerForm(request.POST)
    if form.is_valid():
        answer = form.cleaned_data["answer"]
        answer_webinar(webinar, by=request.user, answer=answer)
        messages.success(request, ANSWERED[answer]())
    else:
        messages.error(request, _("Choose one of the answers."))
    return redirect(webinar)


@login_not_required
def webinar_calendar(request, space, webinar):
    """The webinar as a file for one's own calendar."""
    space = enter(request, space, tool="webinars")
    webinar = _get(request, space, webinar)
    data = calendar.single(
        webinar, room=permissions.can_see_room(request.user, webinar)
    )
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="webinar.ics"'
    response["Cache-Control"] = "private, no-cache"
    return response


ANSWERED = {
    "yes": lambda: _("You are coming. Everything you need is on its way by mail."),
    "maybe": lambda: _("Noted: perhaps. You will be reminded."),
    "no": lambda: _("Noted. You can still answer below with your view."),
}


def _get(request, space, slug):
    webinar = find(
        request,
        Webinar.objects.select_related("thread", "audience_group"),
        space=space,
        space_id=space.pk,
        slug=slug,
    )
    webinar.thread.space = space
    return webinar


def _draw_form(request, space, form, webinar):
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "form": form,
        "webinar": webinar,
    }
    status = 422 if form.is_bound else 200
    return render(request, "webinars/webinar_edit.html", context, status=status)
