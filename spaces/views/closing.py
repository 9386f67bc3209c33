"""The page on which a person closes their account. It is here and not in ``accounts``
because only ``spaces`` knows what would be left without a facilitator."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spaces.actions.closing import leave_site, report_closing
from spaces.actions.refusals import Refused
from spaces.forms.closing import CloseAccountForm


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def account_close(request):
    """Say what happens, ask once more, then do it."""
    form = CloseAccountForm(request.POST or None, person=request.user)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            leave_site(request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            logout(request)
            messages.success(
                request, _("Your account is closed. Thank you for what you gave here.")
            )
            return redirect("discover:home")
    if form.errors:
        status = 422
    return render(
        request,
        "spaces/account_close.html",
        {"form": form, "report": report_closing(request.user)},
        status=status,
    )
