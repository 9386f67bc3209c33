"""Opening threads, moving who may see them, following them."""

from django.db import transaction
from django.db.models import Q

from conversations.models import Follow, Thread
from conversations.stream import stir
from files.actions import follow_audience

TITLE_LENGTH = Thread._meta.get_field("title").max_length


def open_thread(*, space, origin, title="", path="", audience, audience_group=None):
    """Make the (still empty) talk under a page, a story or a webinar.

    Args:
        space: where.
        origin: one of ``Thread.Origin``.
        title: what the thing above is called; notices name it.
        path: where the thing above is found.
        audience, audience_group: who may see that thing; the talk follows it.

    Returns:
        the ``Thread``.
    """
    return Thread.objects.create(
        space=space,
        origin=origin,
        title=title[:TITLE_LENGTH],
        path=path,
        audience=audience,
        audience_group=audience_group,
    )


def rename_thread(thread, *, title, path=None):
    """Follow the thing above when it is renamed or moved.

    Args:
        thread: the talk under it.
        title: its new title.
        path: its new address, if that changed.
    """
    thread.title = title[:TITLE_LENGTH]
    if path is not None:
        thread.path = path
    thread.save(update_fields=["title", "path"])
    return thread


@transaction.atomic
def set_audience(thread, *, audience, audience_group=None):
    """Change who may see a thread, with every picture in it, at one moment.

    Whether the person may do so is asked before (moving outwards is the author's act).

    Args:
        thread: the ``Thread``.
        audience, audience_group: as on any ``Item``.

    Returns:
        the thread.
    """
    thread.audience = audience
    thread.audience_group = audience_group
    thread.save(update_fields=["audience", "audience_group"])
    # Photos of hidden messages stay out of sight; restoring gives them the new readers.
    photos = thread.messages.shown().filter(photo__isnull=False).values("photo")
    follow_audience(photos, to=thread)
    stir(thread)
    return thread


def set_level(thread, *, by, level):
    """How much this person hears of a thread, whatever their level for the space.

    Args:
        thread: the ``Thread``.
        by: the person.
        level: one of ``Follow.Level``; ``CONCERNED`` goes back to the space's.

    Returns:
        the thread.
    """
    speaks = thread.messages.filter(Q(author=by) | Q(entered_by=by))
    if level == Follow.Level.CONCERNED and not speaks.exists():
        thread.follows.filter(person=by).delete()
    else:
        thread.follows.update_or_create(person=by, defaults={"level": level})
    return thread


def follow_thread(thread, *, by):
    """Tell this person of every new message."""
    return set_level(thread, by=by, level=Follow.Level.EVERYTHING)


def mute_thread(thread, *, by):
    """Tell this person nothing of this thread any more, not even when named."""
    return set_level(thread, by=by, level=Follow.Level.NOTHING)


def unfollow_thread(thread, *, by):
    """Back to what the person's level for the space says."""
    return set_level(thread, by=by, level=Follow.Level.CONCERNED)


def start_following(thread, people):
    """People who speak hear the answers; who has muted the thread stays undisturbed."""
    Follow.objects.bulk_create(
        [
            Follow(thread=thread, person=person)
            for person in people
            if person is not None and person.has_account
        ],
        ignore_conflicts=True,
    )
