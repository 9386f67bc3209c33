"""Ports of this machine, and what answers there."""

import http.client
import socket
from contextlib import closing

from alliance.launch.words import Trouble


def look_at_port(host, port):
    """Make sure the web port is free.

    Args:
        host: the address to listen on.
        port: the port.

    Raises:
        Trouble: it is in use, or may not be used.
    """
    other = f"Choose another: make run PORT={port + 1 if port < 65535 else 8000}"
    try:
        with socket.create_server((host, port)):
            pass
    except PermissionError:
        raise Trouble(
            f"Only root may use port {port}. Choose one above 1023: make run PORT=8000"
        ) from None
    except OSError as fault:
        if "Address already in use" in str(fault):
            raise Trouble(
                f"Port {port} is in use by another program. {other}"
            ) from None
        raise Trouble(
            f"Cannot listen on {host}, port {port}: {fault}. {other}"
        ) from None


def free_port(wished=0):
    """A free port on the loopback address.

    Args:
        wished: the one to take when it is free.

    Returns:
        A number.
    """
    for port in (wished, 0):
        try:
            with socket.create_server(("127.0.0.1", port)) as found:
                return found.getsockname()[1]
        except OSError:
            continue
    raise Trouble("No free port was found on 127.0.0.1.")


def health(host, port):
    """Ask ``/healthz``.

    Args:
        host: the address the site listens on.
        port: its port.

    Returns:
        (status, body), or None when nothing answers yet.
    """
    where = "127.0.0.1" if host in ("0.0.0.0", "") else host  # noqa: S104 (compared, not bound)
    try:
        with closing(http.client.HTTPConnection(where, port, timeout=5)) as connection:
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace").strip()
    except (OSError, http.client.HTTPException):
        return None
