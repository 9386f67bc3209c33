"""What a change must pass: ``make test``."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

from alliance.launch.children import STOPPING, left_behind, stop_left_behind
from alliance.launch.places import ROOT, Places, alliance_home, private_folder
from alliance.launch.running import Instance
from alliance.launch.servers import Servers
from alliance.launch.words import Trouble, say, step

CHROMIUM = ("/usr/bin/chromium", "chromium", "chromium-browser")
# What Chromium draws text with, on a machine without any font.
CHROMIUM_PACKAGES = ("chromium", "fonts-dejavu-core")


def test(arguments):
    """``make test``: style, architecture, then every test on real servers.

    Args:
        arguments: arguments for pytest; with any, only pytest runs, in one process.

    Returns:
        0 when all passed, else 1 (or pytest's own code).
    """
    failed = [] if arguments else failed_linters()
    browser = ensure_chromium()
    if browser:
        os.environ["CHROMIUM"] = browser
    marks = [] if browser else ["-m", "not browser"]
    arguments = arguments or whole_suite()
    with throwaway_servers() as environment:
        step("Running the tests")
        code = call([sys.executable, "-m", "pytest", *marks, *arguments], environment)
    if code:
        failed.append("pytest")
    if not browser:
        say(
            "\n!!! THE BROWSER TESTS WERE SKIPPED: there is no Chromium on this machine"
            "\n!!! and only root may install it:  sudo apt-get install chromium"
        )
    say("\nFailed: " + ", ".join(failed) if failed else "\nAll checks passed.")
    return code or (1 if failed else 0)


def whole_suite(cores=None):
    """Arguments for pytest where everything runs: a process a core, the slowest named.

    Args:
        cores: how many there are; asked of the system when not given.

    Returns:
        A list. More than four would spend on making their databases what they win.
    """
    processes = min(cores or os.cpu_count() or 1, 4)
    shared = ["-n", str(processes)] if processes > 1 else []
    return [*shared, "--durations=10", "--durations-min=5"]


def lint(arguments):
    """``make lint``: style and architecture only.

    Args:
        arguments: none are taken.

    Returns:
        0 when all passed, else 1.
    """
    failed = failed_linters()
    say("\nFailed: " + ", ".join(failed) if failed else "\nAll checks passed.")
    return 1 if failed else 0


def failed_linters():
    """Run every linter, also after one failed, so that one round shows all.

    Returns:
        The names of those that failed.
    """
    python = [sys.executable, "-m"]
    linters = {
        "ruff check": [*python, "ruff", "check", "."],
        "ruff format": [*python, "ruff", "format", "--check", "."],
        "import-linter": [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as main; main()",
        ],
    }
    if wants_djlint():
        linters["djlint"] = [*python, "djlint", "templates", "--check", "--quiet"]
    failed = []
    for name, command in linters.items():
        step(name)
        if call(command, dict(os.environ)):
            failed.append(name)
    return failed


def wants_djlint():
    """Whether ``pyproject.toml`` asks for templates to be checked as well."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return bool(settings.get("tool", {}).get("alliance", {}).get("check_templates"))


def format_code(arguments):
    """``make format``: put the code into shape.

    Args:
        arguments: none are taken.

    Returns:
        0, or the formatter's code.
    """
    python = [sys.executable, "-m", "ruff"]
    sorted_imports = call([*python, "check", "--select", "I", "--fix", "."], os.environ)
    return call([*python, "format", "."], os.environ) or sorted_imports


def call(command, environment):
    """Run a program on this terminal.

    Args:
        command: the program.
        environment: its environment.

    Returns:
        Its exit code.
    """
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        return process.wait()
    except BaseException:
        # Ctrl-C reached it as well; let it tell how far it came.
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
        process.kill()
        raise


def ensure_chromium():
    """Find Chromium for the browser tests, or install Debian's where we may.

    Returns:
        Its path; empty when it cannot be had.

    Raises:
        Trouble: it cannot be had, and this is CI, where nothing may be skipped.
    """
    found = find_chromium()
    if found:
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        step("Installing Debian's chromium for the browser tests")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        log = private_folder(alliance_home() / "log") / "chromium.log"
        with open(log, "w") as output:
            for command in (
                ["apt-get", "update"],
                [
                    "apt-get",
                    "install",
                    "--yes",
                    "--no-install-recommends",
                    *CHROMIUM_PACKAGES,
                ],
            ):
                subprocess.run(
                    command,
                    env=quiet,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                )
        found = find_chromium()
        if found:
            return found
        say(f"    (apt-get could not install it; see {log})")
    if os.environ.get("CI"):
        raise Trouble(
            "There is no Chromium and it could not be installed. In CI the browser\n"
            "tests must run: apt-get install chromium"
        )
    return ""


def find_chromium():
    """The path of Chromium: ``$CHROMIUM``, Debian's, or one on the PATH; else empty."""
    names = (os.environ.get("CHROMIUM", ""), *CHROMIUM)
    return next((path for path in map(shutil.which, names) if path), "")


@contextlib.contextmanager
def throwaway_servers(name="test", *, durable=False):
    """PostgreSQL and Redis for one round of tests, removed afterwards.

    Several rounds may run side by side in one checkout; each has a folder of its own.

    Args:
        name: the folder of such rounds below ``$ALLIANCE_HOME``.
        durable: whether they write as carefully as a real server does.

    Yields:
        An environment that leads to them.
    """
    above = private_folder(alliance_home() / name)
    remove_old_rounds(above)
    places = Places(above / f"{os.getpid()}-{int(time.time())}")
    instance = Instance(places)
    instance.take()
    servers = Servers(places, durable=durable)
    try:
        servers.start()
        environment = {
            name: text for name, text in os.environ.items() if name[:2] != "PG"
        }
        environment |= servers.environment
        environment["ALLIANCE_HOME"] = str(private_folder(places.home / "home"))
        environment.setdefault("CHROMIUM", find_chromium())
        yield environment
    finally:
        STOPPING.deafen()
        servers.stop()
        instance.give_back()
        servers.remove()


def remove_old_rounds(above):
    """Remove what killed rounds of tests left.

    Args:
        above: the folder of the rounds.
    """
    for folder in Path(above).iterdir():
        if not (folder / "run").is_dir():
            continue
        instance = Instance(Places(folder))
        try:
            instance.take()
        except Trouble:
            continue
        stop_left_behind(folder / "run", grace=5)
        if not left_behind(folder / "run"):
            shutil.rmtree(folder, ignore_errors=True)
