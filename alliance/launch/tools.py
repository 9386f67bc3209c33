"""Commands for a developer: manage, lock, bench, screenshots."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys

from alliance.launch.checks import throwaway_servers
from alliance.launch.children import STOPPING, stop_left_behind
from alliance.launch.ground import quiet_run
from alliance.launch.places import ROOT, Places, alliance_home, private_folder
from alliance.launch.ports import free_port
from alliance.launch.running import Instance, lend
from alliance.launch.website import Website
from alliance.launch.words import Trouble, say, step

LOCKED = ("requirements", "requirements-local", "requirements-dev")


def manage(arguments):
    """``make manage``: a ``manage.py`` command on the data of this checkout.

    Uses the running site's servers; starts them for the command when none runs.

    Args:
        arguments: the command and its arguments.

    Returns:
        Its exit code.
    """
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    environment = dict(os.environ)
    if lend(environment):
        return foreground(command, environment)
    places = Places(alliance_home())
    instance = Instance(places)
    instance.take()
    stop_left_behind(places.run)
    website = Website(places)
    try:
        website.start_servers()
        return foreground(command, website.environment)
    finally:
        STOPPING.deafen()
        website.stop()
        instance.give_back()


def foreground(command, environment):
    """Run a program that talks with the person; their Ctrl-C is the program's.

    Args:
        command: the program.
        environment: its environment.

    Returns:
        Its exit code.
    """
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return subprocess.call(
            command,
            env=environment,
            cwd=ROOT,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
    finally:
        signal.signal(signal.SIGINT, before)


def bench(arguments):
    """``make bench``: measure on servers of its own and print the figures.

    Args:
        arguments: arguments for ``python -m tests.bench``.

    Returns:
        Its exit code.
    """
    with throwaway_servers("bench", durable=True) as environment:
        return foreground(
            [sys.executable, "-m", "tests.bench", *arguments], environment
        )


def screenshots(arguments):
    """``make screenshots``: take the pictures of the manuals from a site of its own.

    Args:
        arguments: arguments for ``docs/screenshots.py``.

    Returns:
        Its exit code.
    """
    with throwaway_website("screenshots") as website:
        return foreground(
            [sys.executable, str(ROOT / "docs" / "screenshots.py"), *arguments],
            {**website.environment, "ALLIANCE_URL": website.address},
        )


@contextlib.contextmanager
def throwaway_website(name):
    """A whole site with demo content, in a folder that is removed afterwards.

    Args:
        name: the folder below ``$ALLIANCE_HOME``.

    Yields:
        The running Website.
    """
    folder = alliance_home() / name
    places = Places(folder)
    instance = Instance(places)
    instance.take()
    stop_left_behind(places.run)
    for old in (places.postgres, places.redis, places.mail):
        shutil.rmtree(old, ignore_errors=True)
    website = Website(places, port=free_port(8900), demo=True)
    try:
        website.start()
        yield website
    finally:
        STOPPING.deafen()
        website.stop()
        instance.give_back()
        website.servers.remove()


def lock(arguments):
    """``make lock``: pin the requirement files anew, with hashes.

    Args:
        arguments: further arguments for ``uv pip compile``, as ``--upgrade``.

    Returns:
        0.

    Raises:
        Trouble: uv cannot be had, or finds no solution.
    """
    uv = shutil.which("uv") or own_uv()
    for name in LOCKED:
        step(f"Locking {name}.txt")
        done = subprocess.run(
            [
                uv,
                "pip",
                "compile",
                "--quiet",
                "--python-version=3.11",
                "--generate-hashes",
                "--no-emit-index-url",
                "--no-emit-find-links",
                "--custom-compile-command=make lock",
                *arguments,
                f"{name}.in",
                f"--output-file={name}.txt",
            ],
            cwd=ROOT,
        )
        if done.returncode:
            raise Trouble(f"{name}.in could not be locked; nothing later was tried.")
    return 0


def own_uv():
    """Install uv in a folder of its own.

    Returns:
        Its program.

    Raises:
        Trouble: it cannot be installed.
    """
    folder = private_folder(alliance_home()) / "uv"
    program = folder / "bin" / "uv"
    if not program.exists():
        say("  · Installing uv (only for this) …")
        quiet_run([sys.executable, "-m", "venv", str(folder)])
        made = quiet_run([str(folder / "bin" / "python"), "-m", "pip", "install", "uv"])
        if made.returncode:
            raise Trouble("uv could not be installed; is the network there?")
    return str(program)
