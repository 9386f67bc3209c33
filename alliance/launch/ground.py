"""What must be there before the launcher can run: ``.venv`` and the pinned packages.

Standard library only; it runs on the system's Python (see ``bootstrap.py``).
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import math
import os
import platform
import re
import signal
import subprocess
import sys
import time

from alliance.launch import cleaning
from alliance.launch.places import ROOT, alliance_home, private_folder
from alliance.launch.running import already_running, running_instance
from alliance.launch.words import BEGAN, Trouble, fault_in_words, say, step

RUN_FILES = ("requirements.txt", "requirements-local.txt")
TEST_FILES = (*RUN_FILES, "requirements-dev.txt")
# Commands that need only what a running site needs.
RUN_COMMANDS = ("run", "manage")
STOPPERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
NO_NETWORK = (
    "NewConnectionError",
    "NameResolutionError",
    "name resolution",
    "Network is unreachable",
    "ConnectTimeoutError",
    "Connection refused",
    "Name or service not known",
    "ProxyError",
)
NOT_YOURS = (
    "This user may not write into .venv; perhaps another user made it. Run the\n"
    "command as that user, or remove the folder .venv (it holds packages only)."
)


class Stopped(BaseException):
    """Somebody asked to stop."""


def require_venv_module(find=importlib.util.find_spec):
    """Make sure this Python can make virtual environments.

    Args:
        find: looks for a module.

    Raises:
        Trouble: Debian's ``python3-venv`` is missing.
    """
    if find("venv") is not None and find("ensurepip") is not None:
        return
    raise Trouble(
        "Python's venv module is missing. On Debian and Ubuntu it is a package of its\n"
        "own. As root: apt-get install python3-venv\n"
        f"(python3.{sys.version_info[1]}-venv, if this Python is not the system's own.)"
    )


def stamp(files, root=ROOT):
    """What the installed packages depend on, as one line.

    Args:
        files: names of requirement files.
        root: their folder.

    Returns:
        A digest of their contents, the Python, the machine and the place.
    """
    digest = hashlib.sha256()
    for part in (
        platform.python_version(),
        platform.machine(),
        sys.platform,
        str(root),
    ):
        digest.update(os.fsencode(part) + b"\0")
    for name in files:
        digest.update(name.encode() + b"\0" + (root / name).read_bytes() + b"\0")
    return digest.hexdigest()


def stamp_is_fresh(path, wanted):
    """Whether a stamp file holds the wanted stamp."""
    try:
        with open(path) as file:
            return file.read().strip() == wanted
    except OSError:
        return False


def venv_works(python):
    """Whether the environment's Python starts and is this one's version."""
    try:
        tried = subprocess.run(
            [python, "-c", "import sys, pip; print(sys.version)"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        )
    except OSError:
        return False
    return tried.returncode == 0 and tried.stdout.decode().strip() == sys.version


def ensure_packages(kind, home, root=ROOT):
    """Make ``.venv`` hold what the requirement files pin.

    Args:
        kind: "run", or "test" which needs more.
        home: ``$ALLIANCE_HOME``, where the log goes.
        root: the checkout.

    Returns:
        The environment's Python.

    Raises:
        Trouble: it cannot be made.
    """
    venv = root / ".venv"
    python = venv / "bin" / "python"
    files = {"run": RUN_FILES, "test": TEST_FILES}
    marks = {each: venv / f".installed-{each}" for each in files}

    def fresh():
        # os.path: a link into a folder that is closed to us is no reason to fall over.
        return os.path.exists(python) and stamp_is_fresh(
            marks[kind], stamp(files[kind], root)
        )

    if fresh():
        return python
    with lock_of(root / ".venv.lock"):
        # Another command may have installed them while this one waited.
        if fresh():
            return python
        for mark in marks.values():
            mark.unlink(missing_ok=True)
        if not venv_works(python):
            make_venv(venv)
        install(python, files[kind], home, root)
        # What the tests need holds all that a run needs.
        for each in files if kind == "test" else (kind,):
            marks[each].write_text(stamp(files[each], root))
    return python


@contextlib.contextmanager
def lock_of(path):
    """Hold a lock file; say so when somebody else holds it."""
    with open(path, "a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            step("Waiting for another command that installs packages here")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make_venv(venv):
    """Make the virtual environment anew.

    Args:
        venv: its folder; an old one is replaced (it holds only installed packages).

    Raises:
        Trouble: it cannot be made.
    """
    require_venv_module()
    step("Making .venv")
    made = quiet_run([sys.executable, "-m", "venv", "--clear", venv])
    if made.returncode:
        text = made.stdout.decode("utf-8", "replace")
        if "Permission denied" in text:
            raise Trouble(NOT_YOURS)
        raise Trouble("The folder .venv could not be made:\n" + last_lines(text))


def install(python, files, home, root):
    """Install the pinned packages, and nothing that does not match their hashes.

    Args:
        python: the environment's Python.
        files: names of requirement files.
        home: where the log goes.
        root: the checkout.

    Raises:
        Trouble: they cannot be installed.
    """
    command = [
        python,
        "-m",
        "pip",
        "install",
        "--require-hashes",
        # The files name everything. Asked to look, pip finds a newer coverage[toml]
        # than the coverage that is pinned, and then no hash for it.
        "--no-deps",
        "--only-binary=:all:",
        # Python compiles what is used when it is used; most of it never is.
        "--no-compile",
        "--disable-pip-version-check",
        "--no-input",
        "--progress-bar=off",
    ]
    if "PIP_RETRIES" not in os.environ:
        # pip's own five take most of a minute to say that there is no network.
        command.append("--retries=3")
    if os.geteuid() == 0:
        command.append("--root-user-action=ignore")
    pinned = set()
    for name in files:
        command += ["-r", str(root / name)]
        pinned.update(re.findall(r"^[A-Za-z0-9._-]+", (root / name).read_text(), re.M))
    wanted = len(pinned)
    step("Installing the pinned Python packages (once, about a minute)")
    path = private_folder(home / "log") / "install.log"
    began = told = time.monotonic()
    collected = 0
    with (
        open(path, "w") as log,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=root,
        ) as pip,
    ):
        try:
            for raw in pip.stdout:
                line = raw.decode("utf-8", "replace")
                log.write(line)
                collected += line.startswith("Collecting ")
                if line.startswith("Installing collected"):
                    say("    (all fetched, unpacking)")
                    told = math.inf
                if time.monotonic() - told > 12:
                    told = time.monotonic()
                    say(f"    ({collected} of about {wanted} packages fetched)")
        except BaseException:
            pip.kill()
            raise
    code = pip.returncode
    if code:
        raise Trouble(install_advice(path.read_text(), path))
    say(f"    (done in {time.monotonic() - began:.0f} s)")


def install_advice(text, path):
    """Words for a failed installation.

    Args:
        text: what pip wrote.
        path: where that is kept.

    Returns:
        What is wrong and what to do.
    """
    if "No space left on device" in text or "Disk quota exceeded" in text:
        return "The disk is full. Alliance needs about 500 MB here."
    if "THESE PACKAGES DO NOT MATCH THE HASHES" in text:
        return (
            "A package did not match its pinned hash, so nothing was installed: the\n"
            f"package index gave something else than expected. See {path}"
        )
    # pip says "versions: none" as well when it was told not to try twice.
    nothing_came = "(from versions: none)" in text and "Collecting " not in text
    if nothing_came or any(sign in text for sign in NO_NETWORK):
        return (
            "The Python package index cannot be reached. Alliance needs the network\n"
            "for its first start. Connect (or set your proxy or own index, as for\n"
            f"any pip) and run the command again. Details: {path}"
        )
    if "Permission denied" in text:
        return NOT_YOURS
    if "No matching distribution" in text:
        return (
            f"A pinned package has no ready-made build for {platform.machine()} with"
            f" Python {platform.python_version()}.\nAlliance is tried on Linux,"
            " x86-64, Python 3.11 and 3.12.\n" + last_lines(text)
        )
    return f"The packages could not be installed; see {path}\n{last_lines(text)}"


def last_lines(text, count=6):
    """The last lines of a text, indented."""
    lines = [line for line in text.strip().splitlines() if line.strip()][-count:]
    return "\n".join("    " + line[:300] for line in lines)


def quiet_run(command):
    """Run a program without showing its output."""
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def hear(number, frame):
    """A signal came in."""
    raise Stopped


def environment_for(home):
    """The environment for what runs in ``.venv``.

    Args:
        home: ``$ALLIANCE_HOME``.

    Returns:
        A dict; a stray Python path or settings module of another project is left out.
    """
    left_out = ("PYTHONPATH", "PYTHONHOME", "DJANGO_SETTINGS_MODULE", "VIRTUAL_ENV")
    kept = {name: text for name, text in os.environ.items() if name not in left_out}
    return kept | {
        "ALLIANCE_BEGAN": str(BEGAN),
        "ALLIANCE_HOME": str(home),
        "PYTHONUNBUFFERED": "1",
    }


def prepare(arguments):
    """Prepare, then become the launcher in ``.venv``.

    Args:
        arguments: the command and its arguments.

    Returns:
        An exit code, when there is nothing to become.

    Raises:
        Trouble: something is missing.
    """
    command = arguments[0] if arguments else "help"
    home = alliance_home()
    if command == "clean":
        return cleaning.clean(home)
    if command == "run":
        say("Alliance is starting.")
        instance = running_instance(home)
        if instance is not None:
            raise Trouble(already_running(instance))
    private_folder(home)
    kind = "run" if command in RUN_COMMANDS else "test"
    python = ensure_packages(kind, home)
    # A Ctrl-C while the new program loads waits until that program listens.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPPERS)
    os.chdir(ROOT)
    os.execve(  # noqa: S606 (becomes our own launcher; no shell is wanted)
        python,
        [python, "-m", "alliance.launch", *arguments],
        environment_for(home),
    )


def main(arguments):
    """Run the first step and say what went wrong, if something did.

    Args:
        arguments: the command and its arguments.

    Returns:
        An exit code.
    """
    for number in STOPPERS:
        if signal.getsignal(number) != signal.SIG_IGN or number == signal.SIGINT:
            signal.signal(number, hear)
    try:
        return prepare(arguments)
    except Trouble as trouble:
        say(f"\n{trouble}")
        return 1
    except Stopped:
        say("\nStopped. Nothing is running.")
        return 130
    except OSError as fault:
        say("\n" + fault_in_words(fault))
        return 1
