"""The doors of a space: how every view gets its space and its objects.

Guests who may not see something are asked to sign in, whether or not it exists.
Signed-in people get 404 for what they cannot see, and 403 with a reason where they
see the card of a space but are not inside.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.access import SignInFirst
from accounts.prepared import Prepared
from spaces.models import Membership, Space

_cards = Prepared(
    lambda user, slug: (
        Space.objects.with_member_count().visible_to(user).filter(slug=slug)
    )
)
_own_memberships = Prepared(
    lambda user, space: (
        Membership.objects.active()
        .filter(space=space, person=user)
        .select_related("group")
    )
)


def find(request, queryset, *, space=None, **lookup):
    """Fetch one object through the right to see it.

    Args:
        request: the request; its user is the one who looks.
        queryset: anything with ``visible_to(user)``.
        space: the entered space, put on the object so that it is not fetched again.
        **lookup: as for ``get``.

    Raises:
        SignInFirst: a guest asks for what is not open (or does not exist).
        Http404: a signed-in person cannot see it (or it does not exist).
    """
    found = queryset.visible_to(request.user).filter(**lookup).first()
    if found is None:
        refuse(request)
    if space is not None:
        found.space = space
    return found


def find_prepared(request, prepared, **values):
    """``find``, where the query is asked so often that its SQL is kept.

    Args:
        request: the request; its user is the one who looks.
        prepared: a ``Prepared`` that goes through ``visible_to``.
        **values: for it.

    Raises:
        SignInFirst, Http404: as ``find``.
    """
    found = prepared(request.user, **values)
    if not found:
        refuse(request)
    return found[0]


def refuse(request):
    """Answer for what cannot be seen or does not exist, without telling which.

    Raises:
        SignInFirst: to a guest.
        Http404: to a signed-in person.
    """
    if not request.user.is_authenticated:
        raise SignInFirst
    raise Http404


def approach(request, slug):
    """The space as seen from outside: its card. Remembers the reader's membership.

    Raises:
        SignInFirst, Http404: as ``find``.
    """
    space, membership = find_prepared(request, _cards, slug=slug), None
    if request.user.is_authenticated:
        own = _own_memberships(request.user, space=space.pk)
        membership = own[0] if own else None
    if membership is not None:
        membership.person = request.user
    space.remember_reader(request.user, membership)
    return space


def enter(request, slug, *, tool=None):
    """The space from inside: its content may be read by this person.

    Args:
        slug: the space's slug.
        tool: one of ``Space.Tool``; 404 where the space has it switched off.

    Raises:
        SignInFirst, Http404: as ``find``.
        PermissionDenied: the card can be seen, the inside cannot; says how to join.
    """
    space = approach(request, slug)
    if not is_inside(request.user, space):
        if not request.user.is_authenticated:
            raise SignInFirst
        raise PermissionDenied(
            _(
                "This is for members of %(space)s. "
                "On its front page you can see how to join."
            )
            % {"space": space.name}
        )
    if tool is not None and not space.has_tool(tool):
        raise Http404
    return space


def is_inside(user, space):
    """Whether this person may read the content; the same rule as ``readable_by``."""
    return space.is_open or space.membership_of(user) is not None
