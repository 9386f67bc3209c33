"""The door of a conversation: members by their space, guests by their pass."""

from django.http import Http404

from accounts.access import SignInFirst
from accounts.prepared import Prepared
from conversations.models import Message, Thread
from conversations.permissions import pass_for
from spaces.entry import enter, find, find_prepared
from spaces.models import Membership, Space
from spaces.permissions import can_tend_space

_threads_inside = Prepared(
    # Hidden posts too: whether this reader may see one is asked below.
    lambda user, space, pk: (
        Thread.with_hidden.select_related("audience_group")
        .visible_to(user)
        .filter(space=space, pk=pk)
    )
)


def enter_thread(request, slug, pk):
    """Fetch a thread for somebody who may read it.

    A guest pass opens its thread and nothing else, so the space is not entered: to its
    holder the space may not even exist.

    Args:
        request: the request.
        slug: the space's slug.
        pk: the thread.

    Returns:
        the ``Thread``; its ``space`` knows the reader's membership.

    Raises:
        SignInFirst, Http404, PermissionDenied: as ``spaces.entry.enter``.
    """
    if pk in getattr(request.user, "guest_thread_ids", ()):
        thread = find(request, _threads(), pk=pk, space__slug=slug)
        thread.space.remember_reader(request.user, _own(request.user, thread.space))
    else:
        space = enter(request, slug)
        thread = find_prepared(request, _threads_inside, space=space.pk, pk=pk)
        thread.space = space
    has_tool = thread.space.has_tool(Space.Tool.EXCHANGE)
    if thread.origin == Thread.Origin.EXCHANGE and not has_tool:
        raise Http404
    if thread.hidden is not None and not _may_see_hidden(request.user, thread):
        if not request.user.is_authenticated:
            raise SignInFirst
        raise Http404
    return thread


def enter_message(request, slug, pk):
    """Fetch a message through its thread.

    Returns:
        the ``Message``; its ``thread`` is as ``enter_thread`` returns it. Hidden and
        held ones too: the caller's permission decides.

    Raises:
        SignInFirst, Http404, PermissionDenied: as ``enter_thread``.
    """
    number = (
        Message.objects.filter(pk=pk, thread__space__slug=slug)
        .values_list("thread", flat=True)
        .first()
    )
    thread = enter_thread(request, slug, number or 0)
    message = thread.messages.with_people().get(pk=pk)
    message.thread = thread
    return message


def enters_by_pass(request, thread):
    """Whether it is a pass that lets this visitor in: no space is drawn around it."""
    return (
        thread.space.membership_of(request.user) is None
        and pass_for(request.user, thread) is not None
    )


def _threads():
    # Hidden posts too: whether this reader may see one is asked above.
    return Thread.with_hidden.select_related("space", "audience_group")


def _own(user, space):
    if not user.is_authenticated:
        return None
    return (
        Membership.objects.active()
        .filter(space=space, person=user)
        .select_related("group", "person")
        .first()
    )


def _may_see_hidden(user, thread):
    if can_tend_space(user, thread.space):
        return True
    opening = thread.messages.oldest_first().first()
    return (
        opening is not None
        and user.is_authenticated
        and user.pk in (opening.author_id, opening.entered_by_id)
    )
