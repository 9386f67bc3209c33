"""What every page's head may say: unread lines, and that letters do not arrive."""

from django.db.models import Count, Exists, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import SimpleLazyObject

from accounts.models import Reachability, User
from accounts.prepared import Prepared
from notifications.models import Notice


def inbox(request):
    """``inbox_count``: unread lines; counted only when a template asks for it, and
    not again where a view has counted (``notifications.inbox.mark_seen``).

    ``letters_stopped``: whether this person's letters come back, from the same query.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"inbox_count": 0, "letters_stopped": False}
    glance = SimpleLazyObject(lambda: _glance(user))
    return {
        "inbox_count": SimpleLazyObject(lambda: _counted(request, glance)),
        "letters_stopped": SimpleLazyObject(lambda: glance["stopped"]),
    }


def _counted(request, glance):
    counted = getattr(request, "inbox_count", None)
    return glance["unread"] if counted is None else counted


def _glance(user):
    return _glances(user, addresses=[user.email or ""])[0]


def _asked(user, addresses):
    lines = Notice.objects.visible_to(user).unread().order_by().values("recipient")
    lines = lines.annotate(number=Count("group_key", distinct=True)).values("number")
    stopped = Reachability.objects.of(addresses).stopped()
    return User.objects.filter(pk=user.pk).values(
        unread=Coalesce(Subquery(lines), 0), stopped=Exists(stopped)
    )


_glances = Prepared(_asked)
