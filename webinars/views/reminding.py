"""The host's log of reminders, and a person's own choice."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from spaces.entry import enter
from webinars import permissions
from webinars.actions.reminding import choose_reminders
from webinars.forms.reminding import ReminderForm
from webinars.models import ReminderChoice
from webinars.reminder_log import add_lines, before_words, totals_of
from webinars.views.fetching import get_webinar

PER_PAGE = 50


def webinar_reminders(request, space, webinar):
    """Who was reminded, when and on which road; who was not, and why."""
    space = enter(request, space, tool="webinars")
    webinar = get_webinar(request, space, webinar)
    if not permissions.can_see_reminders(request.user, webinar):
        raise PermissionDenied(_("Its hosts and the stewards read who was reminded."))
    answered = webinar.registrations.select_related("person").order_by("pk")
    page = Paginator(answered, PER_PAGE).get_page(request.GET.get("page"))
    add_lines(webinar, list(page))
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "webinar": webinar,
        "offsets": [
            before_words(offset)
            for offset in sorted(webinar.reminder_offsets, reverse=True)
        ],
        "page": page,
        **totals_of(webinar),
    }
    return render(request, "webinars/webinar_reminders.html", context)


def reminder_edit(request):
    """When I am reminded of webinars I come to."""
    choice = ReminderChoice.objects.filter(person=request.user).first()
    standing = {
        "mode": choice.mode if choice else ReminderChoice.Mode.HOSTS,
        "offsets": choice.offsets if choice else [24 * 60, 60],
    }
    form = ReminderForm(request.POST or None, initial=standing)
    if request.method == "POST" and form.is_valid():
        choose_reminders(by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("calendar:reminder_edit")
    status = 422 if form.is_bound else 200
    return render(request, "webinars/reminder_edit.html", {"form": form}, status=status)
