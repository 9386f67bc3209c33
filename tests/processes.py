"""Other processes on the database of a test."""

import os
import random
import socket
import subprocess
import sys
import time
from pathlib import Path

from celery import Celery
from django.conf import settings
from django.db import connection

from alliance.brokers import broker_of

ROOT = Path(settings.BASE_DIR)
MANAGE = ROOT / "manage.py"


def environment(home, **more):
    """Variables that lead another process to the database of this test.

    Args:
        home: its ``ALLIANCE_HOME``.
        **more: further variables.
    """
    test = connection.settings_dict
    host = test["HOST"] or test["OPTIONS"].get("host") or "/var/run/postgresql"
    who = test["USER"] or "postgres"
    if test["PASSWORD"]:
        who += f":{test['PASSWORD']}"
    address = (
        f"postgres://{who}@/{test['NAME']}?host={host}&port={test['PORT'] or 5432}"
    )
    return {
        **{name: text for name, text in os.environ.items() if name != "EMAIL_URL"},
        "DATABASE_URL": address,
        "REDIS_URL": settings.REDIS_URL,
        "ALLIANCE_HOME": str(home),
        "PYTHONUNBUFFERED": "1",
        **more,
    }


def free_port():
    """A port for a program that must be told its number.

    Below the range from which the system serves itself, so that no connection of
    another test takes it before the program does.
    """
    while True:
        with socket.socket() as probe:
            number = random.SystemRandom().randrange(20_000, 32_000)
            if probe.connect_ex(("127.0.0.1", number)) != 0:
                return number


class Running:
    """A process of its own group, so that a kill takes its children along.

    It ends with the block that it is used in, also where the test fails.

    Args:
        command: what to run.
        variables: from ``environment``.
        log: a file for what it says.
    """

    def __init__(self, command, variables, log):
        self.log = log
        with log.open("wb") as file:
            self.child = subprocess.Popen(
                command,
                env=variables,
                cwd=ROOT,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def __enter__(self):
        return self

    def __exit__(self, *fault):
        self.kill()

    def kill(self):
        """``kill -9``, the whole group, in the middle of whatever it does."""
        try:
            os.killpg(self.child.pid, 9)
        except ProcessLookupError:
            pass
        self.child.wait()

    def wait_for(self, is_so, seconds=150):
        """Wait until something is so.

        Args:
            is_so: asked again and again.
            seconds: at most.

        Raises:
            AssertionError: it never was; says what the process said.
        """
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if is_so():
                return
            if self.child.poll() not in (None, 0, -9):
                break
            time.sleep(0.05)
        raise AssertionError(self.log.read_text(errors="replace")[-3000:])


def worker(variables, log, concurrency=1):
    """A real Celery worker."""
    return Running(
        [
            sys.executable, "-m", "celery", "-A", "alliance", "worker",
            f"--concurrency={concurrency}", "--loglevel=INFO", "--without-gossip",
            "--without-mingle", "--without-heartbeat",
        ],
        variables,
        log,
    )  # fmt: skip


def manage(variables, *arguments):
    """Run a command to its end.

    Returns:
        What it printed.
    """
    done = subprocess.run(
        [sys.executable, MANAGE, *arguments],
        env=variables,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def call_task(variables, name):
    """Put a task into the queue, as beat does."""
    with Celery(broker=broker_of(variables["REDIS_URL"]), set_as_current=False) as app:
        app.send_task(name)
