"""The commands of the Makefile, inside ``.venv``."""

import os
import signal
import sys
import textwrap
from pathlib import Path

from alliance.launch import checks, tools
from alliance.launch.children import STOPPERS, STOPPING, Stopped, stop_left_behind
from alliance.launch.makeside import follow_make
from alliance.launch.places import ROOT, Places, alliance_home
from alliance.launch.running import Instance
from alliance.launch.website import LENT, Website
from alliance.launch.words import Trouble, fault_in_words, say, seconds_since_start


def run(arguments):
    """``make run``: the whole site until Ctrl-C.

    Args:
        arguments: none are taken.

    Returns:
        0.

    Raises:
        Trouble: it cannot run.
    """
    if os.environ.get("ALLIANCE_PRODUCTION", "").lower() in ("1", "true", "yes", "on"):
        raise Trouble(
            "ALLIANCE_PRODUCTION is set, but `make run` is for trying Alliance on one\n"
            "machine. For a real server see docs/operate.md."
        )
    look_at_make = follow_make()
    places = Places(alliance_home())
    instance = Instance(places)
    instance.take()
    stopped = stop_left_behind(places.run)
    if stopped:
        say(f"  · Stopped what a killed run had left: {', '.join(stopped)}")
    website = Website(
        places,
        host=os.environ.get("HOST") or "127.0.0.1",
        port=wished_port(os.environ.get("PORT", "")),
        demo=wished_demo(os.environ.get("ALLIANCE_DEMO", "")),
    )
    try:
        website.start()
        environment = {name: website.environment[name] for name in LENT}
        instance.tell(address=website.address, environment=environment)
        welcome(website)
        website.watch(also=look_at_make)
    except Stopped:
        say("\nStopping …")
    finally:
        STOPPING.deafen()
        website.stop()
        instance.give_back()
    say("Stopped. Everything is kept for the next `make run`.")
    return 0


def welcome(website):
    """Print where everything is.

    Args:
        website: the running Website.
    """
    say()
    say(f"Alliance is ready after {seconds_since_start()} s:  {website.address}")
    for line in sign_in_lines(website.sign_ins):
        say(line)
    say()
    if any(child.name == "mail" for child in website.children):
        say(
            f"  Mail lands in {shown(website.places.mail)}/"
            f" and at {website.address}/dev/mail/"
        )
    say(f"  Data and logs: {shown(website.places.home)}/. Ctrl-C stops everything.")
    say()


def sign_in_lines(text):
    """The demo's people for the terminal: the password once, what they see in columns.

    Args:
        text: what ``load_demo --sign-ins`` printed: address, password and what the
            person sees, with two spaces between them.

    Returns:
        Lines; the text as it is when it is not of that kind.
    """
    rows = [line.split("  ", 2) for line in text.strip().splitlines()]
    passwords = {row[1] for row in rows if len(row) == 3}
    if len(passwords) != 1 or any(len(row) != 3 for row in rows):
        return [f"  {line}" for line in text.strip().splitlines()]
    width = max(len(row[0]) for row in rows) + 2
    lines = ["", f"  Sign in as one of these; the password is:  {passwords.pop()}", ""]
    for address, _, sight in rows:
        first, *more = textwrap.wrap(sight, 84 - width)
        lines.append(f"    {address:<{width}}{first}")
        lines += [" " * (width + 4) + part for part in more]
    return lines


def shown(path):
    """A path as a person in the checkout would write it."""
    path = Path(path)
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def wished_port(text):
    """The web port.

    Args:
        text: ``PORT``; empty for the usual one.

    Returns:
        A number.

    Raises:
        Trouble: it is no port.
    """
    if not text:
        return 8000
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise Trouble(f"PORT={text} is no port: give a number from 1024 to 65535.")
    return int(text)


def wished_demo(text):
    """Whether the demo alliance is wanted.

    Args:
        text: ``ALLIANCE_DEMO``.

    Returns:
        True, False, or None when nothing was said.
    """
    if not text:
        return None
    return text.lower() not in ("0", "false", "no", "off")


COMMANDS = {
    "run": run,
    "test": checks.test,
    "lint": checks.lint,
    "format": checks.format_code,
    "lock": tools.lock,
    "manage": tools.manage,
    "bench": tools.bench,
    "screenshots": tools.screenshots,
}


def main(arguments):
    """Run one command.

    Args:
        arguments: its name and its arguments.

    Returns:
        The exit code.
    """
    command = COMMANDS.get(arguments[0] if arguments else "")
    if command is None:
        say("Commands: " + ", ".join(COMMANDS) + ". See `make help`.")
        return 2
    STOPPING.listen()
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPERS)
        return command(arguments[1:])
    except Trouble as trouble:
        say("\n" + str(trouble))
        return 1
    except Stopped:
        say("\nStopped.")
        return 128 + signal.SIGINT
    except OSError as fault:
        say("\n" + fault_in_words(fault))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
