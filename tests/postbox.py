"""A real SMTP server for tests, with a hand on what it answers."""

import asyncio
import socket
import threading
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class _Controller(Controller):
    """Listens on a socket that was bound before, so that no port is raced for."""

    def __init__(self, handler):
        self.socket = socket.create_server(("127.0.0.1", 0))
        host, port = self.socket.getsockname()
        # A busy machine may need longer than aiosmtpd's five seconds.
        super().__init__(handler, hostname=host, port=port, ready_timeout=60)

    def _create_server(self):
        return self.loop.create_server(self._factory_invoker, sock=self.socket)


class _Door:
    """What aiosmtpd calls; apart from the sink, all of whose attributes it would read
    anew for each connection."""

    def __init__(self, sink):
        self.sink = sink

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.sink.sessions += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        self.sink.mails += 1
        if answer := self.sink.on_mail(self.sink.mails):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if answer := self.sink.on_rcpt(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = self.sink.on_data(envelope.rcpt_tos[0], envelope.original_content)
        if answer == Sink.STALL:
            await asyncio.sleep(self.sink.stalls_for)
        if answer in (Sink.HANG_UP, Sink.STALL):
            server.transport.abort()
            return "421 Gone"
        if answer == Sink.KEEP_AND_HANG_UP:
            server.transport.abort()
            answer = "250 OK"
        if answer and not answer.startswith("2"):
            return answer
        with self.sink.lock:
            self.sink.kept.append((envelope.rcpt_tos[0], envelope.original_content))
        return answer or "250 OK"


class Sink:
    """Keeps what it accepts; ``on_mail`` and ``on_data`` may answer otherwise.

    Attributes:
        kept: (recipient, bytes) of every accepted mail, in order.
        on_mail: called with the number of MAIL FROMs so far; a string is the answer.
        on_rcpt: called with the address; a string is the answer.
        on_data: called with (recipient, bytes); a string is the answer. ``HANG_UP``
            is none: the connection breaks, and the letter is not kept;
            ``KEEP_AND_HANG_UP`` keeps it; ``STALL`` says nothing for ``stalls_for``
            seconds and then hangs up.
    """

    HANG_UP, KEEP_AND_HANG_UP, STALL = "hang up", "keep", "stall"
    stalls_for = 3

    def __init__(self):
        self.kept = []
        self.mails = 0
        self.sessions = 0
        self.on_mail = self.on_rcpt = self.on_data = lambda *given: None
        self.lock = threading.Lock()
        self.door = _Door(self)
        self.controller = _Controller(self.door)
        self.port = self.controller.port

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *fault):
        self.controller.stop()

    @property
    def addresses(self):
        """Who got something, sorted."""
        return sorted(address for address, _data in self.kept)

    @property
    def messages(self):
        """Parsed mails."""
        return [
            message_from_bytes(data, policy=policy.default) for _to, data in self.kept
        ]
