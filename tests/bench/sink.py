"""A real SMTP server that throws everything away: ``python -m tests.bench.sink``.

Prints its port, then keeps counting; the last mail stands in the file it is given.
"""

import asyncio
import sys
from pathlib import Path


class Sink(asyncio.Protocol):
    """Just enough SMTP for a polite client; made to cost as little as possible."""

    last = None

    def connection_made(self, transport):
        """Greet."""
        self.transport = transport
        self.rest = b""
        self.is_data = False
        transport.write(b"220 sink\r\n")

    def data_received(self, data):
        """Answer every line, swallow every mail."""
        self.rest += data
        while True:
            if self.is_data:
                mail, end, rest = self.rest.partition(b"\r\n.\r\n")
                if not end:
                    return
                if self.last is not None:
                    self.last.write_bytes(mail)
                    Sink.last = None
                self.rest, self.is_data = rest, False
                self.transport.write(b"250 taken\r\n")
                continue
            line, end, rest = self.rest.partition(b"\r\n")
            if not end:
                return
            self.rest = rest
            self.answer(line[:4].upper())

    def answer(self, word):
        """One command."""
        if word == b"DATA":
            self.is_data = True
            self.transport.write(b"354 go on\r\n")
        elif word == b"QUIT":
            self.transport.write(b"221 bye\r\n")
            self.transport.close()
        elif word == b"EHLO":
            self.transport.write(b"250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n")
        else:
            self.transport.write(b"250 well\r\n")


async def serve(path):
    """Listen on a free port until killed."""
    Sink.last = path
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
