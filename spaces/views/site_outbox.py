"""The site administrator's page about the outbox."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.standing import standing
from spaces.actions.letters import retry_letters
from spaces.views.gate import for_site_admins


@for_site_admins
def outbox(request):
    """Whether mail leaves, what does not and why; lets it be tried again."""
    if request.method == "POST":
        number = retry_letters(by=request.user, **_chosen(request.POST))
        if number:
            words = ngettext(
                "%d letter is tried again.", "%d letters are tried again.", number
            )
            messages.success(request, words % number)
        else:
            messages.warning(
                request,
                _("Nothing was there to try again: it left meanwhile, or is too late."),
            )
        return redirect("site_admin:outbox")
    context = {"section": "outbox", **standing()}
    return render(request, "spaces/site_outbox.html", context)


def _chosen(posted):
    pk = posted.get("pk", "")
    if pk:
        # Ten digits are more letters than there will ever be.
        return {"pk": int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 11 else 0}
    return {"kind": posted.get("kind", "")[:60], "why": posted.get("why", "")[:300]}
