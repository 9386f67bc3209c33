"""Saying whether one comes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from spaces.entry import enter
from webinars import permissions
from webinars.actions import (
    answer_webinar,
)
from webinars.forms import AnswerForm
from webinars.views.fetching import get_webinar


@require_POST
def webinar_answer(request, space, webinar):
    """Say whether one comes."""
    space = enter(request, space, tool="webinars")
    webinar = get_webinar(request, space, webinar)
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


ANSWERED = {
    "yes": lambda: _("You are coming. Everything you need is on its way by mail."),
    "maybe": lambda: _("Noted: perhaps. You will be reminded."),
    "no": lambda: _("Noted. You can still answer below with your view."),
}
