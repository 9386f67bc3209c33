"""Asks a room's server, which may be away, slow, huge or talk nonsense.

The operator has named the server, so that it may stand at a private address.
"""

import socket
import threading
from http.client import HTTPException
from urllib.parse import urlsplit

import certifi
from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

MOST_SECONDS = 5
MOST_BYTES = 1_000_000


class RoomAway(Exception):
    """The room cannot be entered now; says so in words for people."""


def ask(url, *, body=None, content_type=None):
    """One question, answered within seconds and bytes or not at all.

    Args:
        url: http or https, as it shall be sent.
        body: bytes to POST; GET without.
        content_type: of the body.

    Returns:
        the answer's bytes.

    Raises:
        RoomAway: no answer in time, too much of it, or not 200.
    """
    parts = urlsplit(url)
    connection = _connection(parts)
    late = None
    try:
        connection.connect()
        # A server that drips one byte at a time never trips a socket's own timeout.
        late = threading.Timer(MOST_SECONDS, _hang_up, [connection.sock])
        late.daemon = True
        late.start()
        headers = {"Accept-Encoding": "identity", "Connection": "close"}
        if body is not None:
            headers["Content-Type"] = content_type
        connection.request(
            "GET" if body is None else "POST",
            f"{parts.path}?{parts.query}" if parts.query else parts.path or "/",
            body=body,
            headers=headers,
            preload_content=False,
            decode_content=False,
        )
        return _read(connection.getresponse())
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        raise RoomAway(_("The room’s server does not answer.")) from error
    finally:
        if late is not None:
            late.cancel()
        connection.close()


def _connection(parts):
    if parts.scheme == "https":
        return HTTPSConnection(
            parts.hostname,
            parts.port or 443,
            timeout=MOST_SECONDS,
            cert_reqs="CERT_REQUIRED",
            ca_certs=certifi.where(),
        )
    return HTTPConnection(parts.hostname, parts.port or 80, timeout=MOST_SECONDS)


def _hang_up(sock):
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it has gone already


def _read(response):
    if response.status != 200:
        raise RoomAway(_("The room’s server answers with a fault."))
    taken = bytearray()
    while piece := response.read1(65_536):
        taken += piece
        if len(taken) > MOST_BYTES:
            raise RoomAway(_("The room’s server answers with far too much."))
    return bytes(taken)
