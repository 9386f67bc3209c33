"""Where a webinar meets: one small interface, three services behind it.

Each module here has ``is_set_up()`` (has the operator named a server?) and
``enter(webinar, room, entrant)``, which answers with the address to send a person to or
raises ``RoomAway``. Secrets are in the environment only (docs/operate.md).
"""

from django.conf import settings

from webinars.rooms import bigbluebutton, jitsi, plain
from webinars.rooms.asking import RoomAway
from webinars.rooms.entrant import Entrant

SERVICES = {"plain": plain, "jitsi": jitsi, "bigbluebutton": bigbluebutton}

__all__ = ["Entrant", "RoomAway", "SERVICES", "default_service", "set_up_services"]


def set_up_services():
    """Names of the services that this site can offer; a plain link always."""
    return [name for name, service in SERVICES.items() if service.is_set_up()]


def default_service():
    """What a new webinar without a link of its own gets."""
    name = settings.ALLIANCE_ROOMS
    return name if name in set_up_services() else "plain"
