"""The inbox."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.reachability import stopped_among
from notifications import actions
from notifications.inbox import counts, folded, lines, readable
from notifications.kinds import kind_of
from notifications.models import Notice

LINES = 20


@require_safe
def inbox(request):
    """What I was told, newest first; ``?show=unread`` only what I have not read."""
    only_unread = request.GET.get("show") == "unread"
    number = counts(request.user)
    paginator = Paginator(folded(request.user, unread=only_unread), LINES)
    # Known already: one query counts for the pages and for the page's head.
    paginator.count = number["unread" if only_unread else "lines"]
    page = paginator.get_page(request.GET.get("page"))
    shown, gone = lines(request.user, list(page))
    email = request.user.email
    return render(
        request,
        "notifications/inbox.html",
        {
            "page": page,
            "inbox_count": number["unread"],
            "lines": shown,
            "gone": gone,
            "only_unread": only_unread,
            "has_unread": number["unread"] > 0,
            "stopped": stopped_among([email]).get(email.lower()),
        },
    )


@require_safe
def inbox_count(request):
    """The number beside "Inbox", which a waiting page asks for now and then.

    204 while it is what the page shows already: nothing to draw, nothing to read out.
    """
    unread = counts(request.user)["unread"]
    if request.GET.get("shown") == str(unread):
        return HttpResponse(status=204)
    return render(request, "notifications/inbox_count.html", {"inbox_count": unread})


@require_POST
def notice_open(request, pk):
    """Mark a line read and go where it leads."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    actions.read_notices(by=request.user, group_key=notice.group_key)
    target = readable(request.user, [notice]).get(notice.pk)
    if target is None:
        messages.info(request, _("This is not there any more, or not for you to see."))
        return redirect("notifications:inbox")
    return redirect(kind_of(notice.kind).url(target, notice.about))


@require_POST
def notice_read(request, pk):
    """Mark a line read and stay."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    actions.read_notices(by=request.user, group_key=notice.group_key)
    return redirect("notifications:inbox")


@require_POST
def inbox_read(request):
    """Mark everything read."""
    number = actions.read_notices(by=request.user)
    if number:
        messages.success(request, _("Everything is read."))
    return redirect("notifications:inbox")


@require_POST
def inbox_clear(request):
    """Clear away what can no longer be shown."""
    actions.clear_unseen(by=request.user)
    return redirect("notifications:inbox")
