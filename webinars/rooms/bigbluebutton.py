"""A BigBlueButton server, by its API.

A room of BigBlueButton that nobody uses is gone after minutes: it cannot be made days
ahead. So its name and the callers' PIN (``voiceBridge``) are ours, and each entry first
asks for it to be created, which for the same parameters changes nothing.
Source: BigBlueButton's docs, "API Reference", and bbb-web, read in November 2026.
"""

import base64
import hashlib
from urllib.parse import urlencode
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import quoteattr

import jwt
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from webinars.rooms.asking import RoomAway, ask

# bbb-web takes 2 MB of POST; base64 makes four bytes of three.
LARGEST_SLIDES = 1_400_000


def is_set_up():
    """Whether the operator has named a server and its secret."""
    return bool(settings.ALLIANCE_BBB_URL and settings.ALLIANCE_BBB_SECRET)


def enter(webinar, room, entrant):
    """Create the room unless it stands, and answer with this person's own address.

    Args:
        webinar: the ``Webinar``.
        room: its ``Room``.
        entrant: an ``Entrant``.

    Returns:
        the address; it dies when the room is made anew.

    Raises:
        RoomAway: the server is away, or answers nonsense.
    """
    made = create(webinar, room)
    parameters = {
        "fullName": entrant.name[:60] or entrant.key,
        "meetingID": room.name,
        "role": "MODERATOR" if entrant.is_moderator else "VIEWER",
        "userID": entrant.key,
    }
    if made:
        parameters["createTime"] = made
    return signed("join", parameters)


def create(webinar, room):
    """Make the room, with its slides, or find it standing.

    Args:
        webinar: the ``Webinar``.
        room: its ``Room``.

    Returns:
        its ``createTime`` as text; empty where the server does not say.

    Raises:
        RoomAway: as ``enter``.
    """
    parameters = creation(webinar, room)
    body = None
    if room.slides_id and not is_running(room):
        body = _slides(room.slides)
    answer = call(
        "create",
        parameters,
        body=body,
        # The host changed something while the room stands: then the room stands.
        accepts={"idNotUnique"},
    )
    made = answer.findtext("createTime") or ""
    return made if made.isdecimal() else ""


def creation(webinar, room):
    """The parameters of ``create``: the same each time, or it is another room."""
    parameters = {
        "name": f"{webinar.title[:62]:<2}",
        "meetingID": room.name,
        "record": "true" if room.is_recorded else "false",
        "allowStartStopRecording": "true",
        "muteOnStart": "true",
        "notifyRecordingIsOn": "true",
        "guestPolicy": "ALWAYS_ACCEPT",
        "logoutURL": settings.ALLIANCE_SITE_URL + webinar.get_absolute_url(),
        "meta_endCallbackUrl": _callback("room_ended", room),
    }
    if room.is_recorded:
        parameters["meta_bbb-recording-ready-url"] = _callback("room_recorded", room)
    if room.pin.isdecimal():
        parameters["voiceBridge"] = room.pin
    if room.number:
        parameters["dialNumber"] = room.number
    return parameters


def is_running(room):
    """Whether somebody is in the room now."""
    answer = call("isMeetingRunning", {"meetingID": room.name})
    return answer.findtext("running") == "true"


def recordings(room):
    """What has been recorded in the room and can be seen.

    Args:
        room: the ``Room``.

    Returns:
        list of dicts: ``record_id``, ``address``, ``minutes``.

    Raises:
        RoomAway: as ``enter``.
    """
    answer = call("getRecordings", {"meetingID": room.name}, accepts={"notFound"})
    found = []
    for recording in answer.iterfind("recordings/recording"):
        record_id = recording.findtext("recordID") or ""
        address = (recording.findtext("playback/format/url") or "").strip()
        length = recording.findtext("playback/format/length") or ""
        if record_id and address.startswith(("https://", "http://")):
            found.append(
                {
                    "record_id": record_id[:120],
                    "address": address[:500],
                    "minutes": int(length) if length.isdecimal() else 0,
                }
            )
    return found


def recorded_of(token):
    """What a "recording ready" call says, once its signature holds.

    Args:
        token: the form field ``signed_parameters``, a JWT (HS256) signed with the
            API's shared secret; it has no expiry.

    Returns:
        (room's name, record id), or None where it is not the server's.
    """
    try:
        claims = jwt.decode(
            token,
            settings.ALLIANCE_BBB_SECRET,
            algorithms=["HS256"],
            options={"require": ["meeting_id", "record_id"]},
        )
    except (jwt.InvalidTokenError, ValueError):
        return None
    return str(claims["meeting_id"])[:64], str(claims["record_id"])[:120]


def signed(name, parameters):
    """The address of a call. What is hashed is the query exactly as it is sent.

    Args:
        name: of the call.
        parameters: dict, in the order of sending.
    """
    query = urlencode(parameters)
    checksum = hashlib.sha256(
        f"{name}{query}{settings.ALLIANCE_BBB_SECRET}".encode()
    ).hexdigest()
    base = settings.ALLIANCE_BBB_URL
    joint = "&" if query else ""
    return f"{base}/api/{name}?{query}{joint}checksum={checksum}"


def call(name, parameters, *, body=None, accepts=()):
    """One call of the API.

    Args:
        name, parameters: as for ``signed``.
        body: XML to POST.
        accepts: message keys with which a refusal is no fault.

    Returns:
        the answer's root element.

    Raises:
        RoomAway: no answer, no XML, or a refusal.
    """
    data = ask(signed(name, parameters), body=body, content_type="application/xml")
    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise RoomAway(_("The room’s server talks nonsense.")) from error
    if root.findtext("returncode") != "SUCCESS":
        if root.findtext("messageKey") not in accepts:
            raise RoomAway(_("The room’s server refuses us. Its operator must look."))
    return root


def _callback(name, room):
    path = reverse(f"rooms:{name}", kwargs={"token": room.token})
    return settings.ALLIANCE_SITE_URL + path


def _slides(file):
    with file.original.open("rb") as source:
        data = base64.b64encode(source.read(LARGEST_SLIDES)).decode()
    return (
        '<?xml version="1.0" encoding="UTF-8"?><modules><module name="presentation">'
        f"<document name={quoteattr(file.name)}>{data}</document>"
        "</module></modules>"
    ).encode()
