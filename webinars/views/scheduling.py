"""Calling a webinar, changing it, calling it off."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from spaces.entry import enter
from webinars import permissions
from webinars.actions import (
    cancel_webinar,
    edit_webinar,
    schedule_webinar,
)
from webinars.forms import CancelForm, WebinarForm
from webinars.models import Webinar
from webinars.views.fetching import get_webinar


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
    webinar = get_webinar(request, space, webinar)
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
    webinar = get_webinar(request, space, webinar)
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


def _draw_form(request, space, form, webinar):
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "form": form,
        "webinar": webinar,
    }
    status = 422 if form.is_bound else 200
    return render(request, "webinars/webinar_edit.html", context, status=status)
