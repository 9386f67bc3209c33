"""A link that the host has typed: any service, and no promise of ours."""

from django.utils.translation import gettext as _

from webinars.rooms.asking import RoomAway


def is_set_up():
    """Always: it needs no server of ours."""
    return True


def enter(webinar, room, entrant):
    """The typed link, the same for everybody.

    Args:
        webinar: the ``Webinar``.
        room: its ``Room``, or None.
        entrant: an ``Entrant``.

    Returns:
        the address.

    Raises:
        RoomAway: the host has typed none.
    """
    if not webinar.join_url:
        raise RoomAway(_("This webinar has no link to a room yet."))
    return webinar.join_url
