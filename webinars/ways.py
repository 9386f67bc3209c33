"""Every way into a webinar: the room's address, the phone with its PIN."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from ui.addresses import address_of


@dataclass(frozen=True)
class Ways:
    """How one gets in, for page, letter and calendar alike.

    Attributes:
        url: what to open; empty where there is no room on line.
        is_door: the address is our own page, which sends people on.
        phone, pin: for callers.
        words: what the host has typed for callers, as it is.
        is_backup: everybody was sent to the other room.
    """

    url: str = ""
    is_door: bool = False
    phone: str = ""
    pin: str = ""
    words: str = ""
    is_backup: bool = False

    def __bool__(self):
        return bool(self.url or self.phone or self.words)

    @property
    def tel(self):
        """What a phone dials by itself: the number, a pause, the PIN (RFC 3966)."""
        number = re.sub(r"[^\d+]", "", self.phone)
        if not number:
            return ""
        pin = re.sub(r"[^\d*#]", "", self.pin)
        return f"tel:{number},,{pin}#" if pin else f"tel:{number}"

    @property
    def call(self):
        """How to call, in one line."""
        if not self.phone:
            return self.words
        if not self.pin:
            return self.phone
        return _("%(number)s, then the PIN %(pin)s and #") % {
            "number": self.phone,
            "pin": self.pin,
        }


def room_of(webinar):
    """The webinar's ``Room``; None where it meets at its own link."""
    return getattr(webinar, "room", None)


def ways_into(webinar, *, door=""):
    """How people get in now.

    Args:
        webinar: the ``Webinar``, its ``room`` loaded.
        door: the page that lets this person in; the members' when left out.

    Returns:
        ``Ways``.
    """
    room = room_of(webinar)
    if room is None:
        return Ways(url=webinar.join_url, words=webinar.dial_in)
    if room.moved:
        return Ways(
            url=room.backup_url,
            phone=room.backup_phone,
            pin=room.backup_pin,
            is_backup=True,
        )
    if room.kind == room.Kind.PLAIN:
        url, is_door = webinar.join_url, False
    else:
        url, is_door = door or settings.ALLIANCE_SITE_URL + door_of(webinar), True
    return Ways(
        url=url,
        is_door=is_door,
        phone=room.number,
        pin=room.pin,
        words=webinar.dial_in,
    )


def door_of(webinar):
    """Path of the page that lets people in."""
    return address_of(
        "webinars:webinar_join", space=webinar.space.slug, webinar=webinar.slug
    )
