"""First steps that the pages about people share."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from accounts.access import SignInFirst
from spaces.entry import enter
from spaces.permissions import can_tend_space


def enter_as_member(request, slug):
    """The space, for its members only: who belongs is nobody else's business.

    An open space shows its content to everybody, but not its directory.

    Returns:
        (space, the reader's membership).

    Raises:
        SignInFirst, Http404, PermissionDenied: as ``enter``, and for non-members.
    """
    space = enter(request, slug)
    membership = space.membership_of(request.user)
    if membership is None:
        if not request.user.is_authenticated:
            raise SignInFirst
        raise PermissionDenied(_("Only members see who belongs to this space."))
    return space, membership


def enter_as_steward(request, slug):
    """The space, for those who tend it.

    Returns, Raises: as ``enter_as_member``; members hear that it is not theirs.
    """
    space, membership = enter_as_member(request, slug)
    if not can_tend_space(request.user, space):
        raise PermissionDenied(_("Stewards and facilitators do this."))
    return space, membership


def page_of(request, rows, size):
    """One page of a list; a nonsensical number gives the nearest there is."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def sent(request):
    """What a form was sent; None when it is only drawn (an empty POST is false)."""
    return request.POST if request.method == "POST" else None


def pressed(request, kept):
    """What a form was sent: now, or by the guest who then had to sign in first.

    Args:
        request: the request.
        kept: what that guest's press carried (a dict, maybe empty), or None.

    Returns:
        The values for the form; None when it is only drawn.
    """
    if request.method == "POST":
        return request.POST
    comes_back = request.method == "GET" and request.user.is_authenticated
    return kept if comes_back else None
