"""A small load generator: some kept connections, each sending the next request at once.

Bytes in, bytes out: a client that parses nothing leaves the cores to the server. Its
own processor time is never counted.
"""

import socket
import threading
import time
from dataclasses import dataclass, field

CONNECTIONS = 4


@dataclass
class Visit:
    """One request, as a browser would send it.

    Attributes:
        path: with its query.
        headers: further headers.
        expect: the status that counts as well.
        data: the body of a POST, form-encoded.
    """

    path: str
    headers: dict = field(default_factory=dict)
    expect: int = 200
    data: bytes = b""

    def bytes(self):
        """The request on the wire."""
        method = "POST" if self.data else "GET"
        lines = [
            f"{method} {self.path} HTTP/1.1",
            "Host: localhost",
            "Accept: text/html",
            "Accept-Language: en",
            "Accept-Encoding: gzip",
            *(f"{name}: {text}" for name, text in self.headers.items()),
        ]
        if self.data:
            lines += [
                f"Content-Length: {len(self.data)}",
                "Content-Type: application/x-www-form-urlencoded",
            ]
        return "\r\n".join([*lines, "", ""]).encode() + self.data


@dataclass
class Answer:
    """What came back: status, head and body as bytes."""

    status: int
    head: bytes
    body: bytes

    def header(self, name):
        """One header's text, or ""."""
        for line in self.head.split(b"\r\n")[1:]:
            key, _, text = line.partition(b":")
            if key.strip().lower() == name.lower().encode():
                return text.strip().decode()
        return ""


class Connection:
    """One kept connection.

    Args:
        port: of the server on this machine.
    """

    def __init__(self, port):
        self.port = port
        self.socket = None
        self.rest = b""

    def ask(self, visit):
        """Send a ``Visit``; connects again where the server has hung up.

        Returns:
            The ``Answer``.
        """
        for attempt in (1, 2):
            try:
                if self.socket is None:
                    self.socket = socket.create_connection(("127.0.0.1", self.port), 60)
                    self.rest = b""
                self.socket.sendall(visit.bytes())
                return self._read()
            except (ConnectionError, EOFError):
                self.close()
                if attempt == 2:
                    raise
        raise AssertionError("not reached")

    def _read(self):
        data = self.rest
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head, body = data[:end], data[end + 4 :]
        answer = Answer(int(head[9:12]), head, b"")
        length = int(answer.header("content-length") or 0)
        if answer.status in (204, 304):
            length = 0
        while len(body) < length:
            body += self._more()
        answer.body, self.rest = body[:length], body[length:]
        if answer.header("connection").lower() == "close":
            self.close()
        return answer

    def _more(self):
        more = self.socket.recv(65536)
        if not more:
            raise EOFError
        return more

    def close(self):
        """Hang up."""
        if self.socket is not None:
            self.socket.close()
        self.socket = None


def burst(port, work, seconds):
    """Keep asking from several connections at once.

    Args:
        port: of the server.
        work: callable of (connection, its number): does one unit of work.
        seconds: for how long.

    Returns:
        (units done, seconds taken).

    Raises:
        Exception: what the work raised first.
    """
    done = [0] * CONNECTIONS
    faults = []
    end = time.monotonic() + seconds

    def keep_asking(number):
        connection = Connection(port)
        try:
            while time.monotonic() < end and not faults:
                work(connection, number)
                done[number] += 1
        except Exception as fault:  # noqa: BLE001 (handed on to the caller)
            faults.append(fault)
        finally:
            connection.close()

    began = time.monotonic()
    threads = [
        threading.Thread(target=keep_asking, args=(number,), daemon=True)
        for number in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return sum(done), time.monotonic() - began
