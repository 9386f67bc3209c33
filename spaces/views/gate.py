"""Who may pass to the site administrator's pages."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from spaces.permissions import can_run_site


def for_site_admins(view):
    """Decorator: site administrators only; everybody else is told why not.

    Guests never come this far (``LoginRequiredMiddleware``).
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not can_run_site(request.user):
            raise PermissionDenied(_("These pages are for site administrators."))
        return view(request, *args, **kwargs)

    return guarded
