"""What a member may mean while typing."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conversations.suggesting import suggestions
from spaces.entry import enter


@require_safe
def suggestion_list(request, space):
    """Members after "@", hashtags after "#", as a list to choose from."""
    space = enter(request, space)
    if space.membership_of(request.user) is None:
        raise PermissionDenied(_("Only members find each other by name."))
    typed = request.GET.get("q", "").replace("\x00", "")
    response = render(
        request,
        "conversations/suggestion_list.html",
        {"suggestions": suggestions(space, request.user, typed)},
    )
    response["Cache-Control"] = "private, max-age=30"
    return response
