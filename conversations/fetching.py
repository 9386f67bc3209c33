"""Fetches one page of the open web, so that nobody can use us to look inside.

An address is asked for only at public IP addresses. The name is looked up once, every
answer is judged, and the connection goes to that very answer: a name that answers
differently a moment later changes nothing. Each redirect begins anew. What comes is
bounded in bytes and in seconds, and only HTML is read.
"""

import ipaddress
import re
import socket
import threading
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import certifi
from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from conversations.charsets import decoded

PORTS = {"http": 80, "https": 443}
MOST_REDIRECTS = 4
MOST_BYTES = 400_000
MOST_SECONDS = 8
# For one answer of the network: to connect, to go on reading.
WAIT = 3
# What stands in an address as it is; letters of other scripts are written in bytes.
KEPT = "/%:@!$&'()*+,;=~-._?"
TEXTS = {"text/html", "application/xhtml+xml"}
# What a host that speaks only IPv6 hears of one that speaks only IPv4.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Refused(Exception):
    """We do not go there, or there is nothing to read. Asking again is no use."""


class Unreachable(Exception):
    """It did not answer; it may later."""


@dataclass(frozen=True)
class Page:
    """Where it was found in the end, and the text."""

    url: str
    text: str


def fetch_page(url):
    """Fetch a page.

    Args:
        url: http or https.

    Returns:
        ``Page``.

    Raises:
        Refused: a private address, a strange scheme or port, no HTML, an error of
            the asker's kind (4xx), too many redirects.
        Unreachable: no connection, too slow, an error of the server's kind (5xx).
    """
    for _ in range(MOST_REDIRECTS + 1):
        answer = _ask(url)
        if isinstance(answer, Page):
            return answer
        url = answer
    raise Refused("too many redirects")


def _ask(url):
    """One question: the ``Page``, or the address it redirects to."""
    parts, host, port = _judge_url(url)
    connection = _connection(parts.scheme, host, port, public_address(host, port))
    late = None
    try:
        connection.connect()
        # A server that drips one byte at a time never trips a socket's own timeout.
        late = threading.Timer(MOST_SECONDS, _hang_up, [connection.sock])
        late.daemon = True
        late.start()
        connection.request(
            "GET",
            urlunsplit(
                (
                    "",
                    "",
                    quote(parts.path, safe=KEPT) or "/",
                    quote(parts.query, safe=KEPT),
                    "",
                )
            ),
            headers={
                "Host": parts.netloc,
                "User-Agent": user_agent(),
                "Accept": "text/html,application/xhtml+xml;q=0.9",
                "Accept-Encoding": "identity",
                "Connection": "close",
            },
            preload_content=False,
            decode_content=False,
        )
        return _read(url, connection.getresponse())
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        raise Unreachable(type(error).__name__) from error
    finally:
        if late is not None:
            late.cancel()
        connection.close()


def _hang_up(sock):
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it has gone already


def user_agent():
    """Who asks, and where to complain."""
    return (
        f"AllianceLinkCard/{settings.ALLIANCE_VERSION} (+{settings.ALLIANCE_SITE_URL})"
    )


def _judge_url(url):
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme)
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise Refused("no address") from error
    if parts.scheme not in PORTS or not host:
        raise Refused("neither http nor https")
    if parts.username is not None or parts.password is not None:
        raise Refused("a password in the address")
    if port not in PORTS.values() and not _is_allowed(host, port):
        raise Refused("a port that no website has")
    netloc = f"[{host}]" if ":" in host else host
    if parts.port and parts.port != PORTS[parts.scheme]:
        netloc = f"{netloc}:{parts.port}"
    return parts._replace(netloc=netloc), host, port


def public_address(host, port):
    """Look a name up and judge every answer.

    Args:
        host: a name or an address.
        port: where.

    Returns:
        The IP address to connect to.

    Raises:
        Refused: any of its addresses is not of the open internet.
        Unreachable: the name is not known (now).
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable("name not found") from error
    addresses = [entry[4][0] for entry in found]
    if not addresses:
        raise Unreachable("name not found")
    for address in addresses:
        if not is_public(address) and not _is_allowed(address, port):
            raise Refused("a private address")
    return addresses[0]


def is_public(address):
    """Whether an IP address belongs to the open internet.

    Args:
        address: as text, perhaps with a zone (``fe80::1%eth0``).
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    judged = [found]
    if found in _NAT64:
        judged = [ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)]
    elif found.version == 6:
        judged += [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
    return all(
        each.is_global
        and not each.is_multicast
        and not each.is_reserved
        and not getattr(each, "is_site_local", False)
        for each in judged
        if each is not None
    )


def _is_allowed(host, port):
    # Empty outside tests, whose server stands on the loopback.
    return f"{host}:{port}" in settings.ALLIANCE_LINK_CARD_SERVERS


def _connection(scheme, host, port, address):
    if scheme == "http":
        return HTTPConnection(address, port, timeout=WAIT)
    return HTTPSConnection(
        address,
        port,
        timeout=WAIT,
        server_hostname=host,
        assert_hostname=host,
        cert_reqs="CERT_REQUIRED",
        ca_certs=certifi.where(),
    )


def _read(url, response):
    if response.status in (301, 302, 303, 307, 308):
        place = response.headers.get("Location", "")
        if not place:
            raise Refused("a redirect to nowhere")
        return urljoin(url, place)
    if response.status >= 500 or response.status in (408, 425, 429):
        raise Unreachable(f"answered {response.status}")
    if response.status != 200:
        raise Refused(f"answered {response.status}")
    kind = response.headers.get("Content-Type", "").lower()
    if kind.partition(";")[0].strip() not in TEXTS:
        raise Refused("no HTML")
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Refused("packed")
    taken = bytearray()
    while len(taken) < MOST_BYTES:
        piece = response.read1(16_384)
        if not piece:
            break
        taken += piece
    return Page(url=url, text=_decode(bytes(taken[:MOST_BYTES]), kind))


_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)


def _decode(raw, kind):
    named = _CHARSET.search(kind) or _CHARSET.search(
        raw[:2048].decode("ascii", "replace")
    )
    # A character cut in two by our limit must not cost the whole page.
    whole = len(raw) < MOST_BYTES
    for charset in [named[1] if named else "utf-8", "utf-8"]:
        try:
            return decoded(raw, charset, "strict" if whole else "ignore")
        except (LookupError, ValueError):
            continue
    return raw.decode("cp1252", "replace")
