"""A Jitsi Meet server of one's own; each person comes with a token of their own.

The token is a JWT (HS256) as prosody's ``token`` authentication reads it: ``iss`` and
``aud`` are the app id, ``sub`` the domain, ``room`` the room's name in lower case.
A stock server makes every holder of a token a moderator; with the contributed module
``token_affiliation`` it reads ``context.user.affiliation`` (docs/operate.md).
Source: jitsi-meet-tokens and jitsi's handbook, "Authentication (JWT)", July 2026.
"""

from datetime import timedelta
from urllib.parse import quote, urlencode, urlsplit

import jwt
from django.conf import settings
from django.utils import timezone

# Links get handed on: a token dies soon after the session.
AFTERWARDS = timedelta(hours=2)
# Clocks of two machines differ.
SKEW = timedelta(minutes=2)


def is_set_up():
    """Whether the operator has named a server and its secret."""
    return bool(
        settings.ALLIANCE_JITSI_URL
        and settings.ALLIANCE_JITSI_APP_ID
        and settings.ALLIANCE_JITSI_SECRET
    )


def enter(webinar, room, entrant):
    """The room's address with this person's token.

    Args:
        webinar: the ``Webinar``.
        room: its ``Room``.
        entrant: an ``Entrant``.

    Returns:
        the address. No server is asked: a Jitsi room begins when somebody comes.
    """
    address = f"{settings.ALLIANCE_JITSI_URL}/{quote(room.name)}"
    return f"{address}?{urlencode({'jwt': token(webinar, room, entrant)})}"


def token(webinar, room, entrant, now=None):
    """The JWT of one person for one room.

    Args:
        webinar, room, entrant: as for ``enter``.
        now: the clock.

    Returns:
        the token. All of ``context.user`` is text: numbers break the plug-in.
    """
    now = now or timezone.now()
    claims = {
        "iss": settings.ALLIANCE_JITSI_APP_ID,
        "aud": settings.ALLIANCE_JITSI_APP_ID,
        "sub": urlsplit(settings.ALLIANCE_JITSI_URL).hostname,
        "room": room.name,
        "nbf": int((now - SKEW).timestamp()),
        "exp": int((max(webinar.ends, now) + AFTERWARDS).timestamp()),
        "context": {
            "user": {
                "id": entrant.key,
                "name": entrant.name,
                "affiliation": "owner" if entrant.is_moderator else "member",
                "moderator": "true" if entrant.is_moderator else "false",
            },
            "features": {
                "recording": "true"
                if entrant.is_moderator and room.is_recorded
                else "false",
            },
        },
    }
    return jwt.encode(claims, settings.ALLIANCE_JITSI_SECRET, algorithm="HS256")
