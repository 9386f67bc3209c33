"""Fault pages, and the page that shows every component."""

import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseForbidden, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template
from django.views.decorators.http import require_safe

from ui.faults import DatabaseGone
from ui.samples import sample_context


@login_not_required
@require_safe
def component_list(request):
    """Every component in every state (source: templates/ui/component_list.html)."""
    if not settings.ALLIANCE_DEV_PAGES:
        raise Http404
    return render(request, "ui/component_list.html", sample_context(request))


def bad_request(request, exception=None):
    """400: the request could not be understood."""
    return render(request, "400.html", status=400)


def forbidden(request, exception=None):
    """403, with the reason that the view gave to ``PermissionDenied``."""
    match = getattr(request, "resolver_match", None)
    context = {
        "reason": str(exception) if exception else "",
        # The next step for somebody outside a space is its card.
        "space_slug": match.kwargs.get("space", "") if match else "",
    }
    return render(request, "403.html", context, status=403)


def csrf_failure(request, reason=""):
    """403 for a form that waited too long or came from another site."""
    page = get_template("403_csrf.html").render({}, request)
    return HttpResponseForbidden(page)


def not_found(request, exception=None):
    """404: not here, or not for this person; the two must look the same."""
    return render(request, "404.html", status=404)


def too_many(request, exception=None):
    """429: somebody, or something, asked too often."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "60"
    return response


def server_error(request):
    """500: standalone, since the database may be what failed.

    Sessions are loaded in middleware, whose faults ``process_exception`` never sees.
    """
    if gone := DatabaseGone.answer_to(sys.exc_info()[1]):
        return gone
    return HttpResponseServerError(get_template("500.html").render())
