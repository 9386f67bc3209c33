"""The mailbox of a local run, and the letters that wait for an administrator."""

from functools import wraps

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from inbound import webhooks
from inbound.catcher import kept_letters, open_kept
from inbound.dev_mail import LetterShown, addresses_of, answer_as
from inbound.forms import AnswerForm
from inbound.members import decide
from inbound.models import ReceivedLetter

LETTERS = 30


def local_only(view):
    """404 unless this is a local run: in production there is no such page."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not settings.ALLIANCE_DEV_PAGES:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def _open(name):
    found = open_kept(name)
    if found is None:
        raise Http404
    return LetterShown(name, *found)


@login_not_required
@local_only
@never_cache
@require_safe
def dev_mail_list(request):
    """Every mail of this run, newest first; ``?to=`` one person's."""
    letters = kept_letters()
    to = request.GET.get("to", "")
    shown = [each for each in letters if to in each.to] if to else letters
    return render(
        request,
        "inbound/dev_mail_list.html",
        {
            "page": Paginator(shown, LETTERS).get_page(request.GET.get("page")),
            "addresses": addresses_of(letters),
            "to": to,
        },
    )


@login_not_required
@local_only
@never_cache
def dev_mail_detail(request, name):
    """One mail, and a form that answers it by mail."""
    letter = _open(name)
    form = AnswerForm(request.POST or None) if letter.reply_to else None
    status = 200
    if request.method == "POST" and form is not None:
        if form.is_valid() and answer_as(letter, form.cleaned_data["text"], form):
            messages.success(
                request,
                _("Sent as %(address)s. What comes of it is in the mailbox.")
                % {"address": letter.to},
            )
            return redirect(f"{reverse('inbound:dev_mail_list')}?to={letter.to}")
        status = 422
    context = {"letter": letter, "form": form}
    return render(request, "inbound/dev_mail_detail.html", context, status=status)


@login_not_required
@local_only
@xframe_options_sameorigin
@csp_replace(
    {
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "img-src": ["data:"],
        "frame-ancestors": ["'self'"],
        "form-action": ["'none'"],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    }
)
@require_safe
def dev_mail_html(request, name):
    """The HTML part as a mail program would show it, unable to do anything."""
    return HttpResponse(_open(name).html_page)


@login_not_required
@local_only
@require_safe
def dev_mail_file(request, name, number):
    """An attachment, as a download."""
    files = _open(name).files
    if number >= len(files):
        raise Http404
    response = HttpResponse(files[number].data, content_type="application/octet-stream")
    response["Content-Disposition"] = (
        f'attachment; filename="{files[number].safe_name}"'
    )
    return response


@csrf_exempt
@login_not_required
@require_http_methods(["POST", "HEAD"])
def mail_arrived(request, provider):
    """A letter from a mail provider; its secret and signature are checked there."""
    view = webhooks.view_of(provider)
    if view is None:
        raise Http404
    try:
        return view(request)
    except webhooks.TryAgain:
        return HttpResponse(status=503)


def _for_administrators(request):
    if not request.user.is_staff:
        raise PermissionDenied(_("This is for site administrators."))


@require_safe
def held_list(request):
    """Answers by mail that came from another address than the letter went to."""
    _for_administrators(request)
    letters = (
        ReceivedLetter.objects.visible_to(request.user)
        .held()
        .select_related("delivery__recipient", "membership__person", "space")
        .defer("raw")
    )
    page = Paginator(letters, LETTERS).get_page(request.GET.get("page"))
    return render(request, "inbound/held_list.html", {"page": page})


@require_POST
def held_decide(request, pk):
    """Let a held letter in, or put it away."""
    _for_administrators(request)
    letter = get_object_or_404(
        ReceivedLetter.objects.visible_to(request.user).held(), pk=pk
    )
    messages.success(request, decide(request, letter))
    return redirect("inbound:held_list")
