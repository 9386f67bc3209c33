"""First step of every ``make`` command: is this a Python that will do?

Runs as a file, on the system's Python with nothing installed, and parses on old ones
(even Python 2), so that it can tell them what is missing. All else is in ``ground.py``.
"""

import importlib
import os
import shutil
import sys
import types

OLDEST = (3, 11)
# The embedded Redis has no build for later ones.
NEWEST = (3, 12)
WHICH = getattr(shutil, "which", lambda name: None)
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def missing_python(version, which=WHICH, become=os.execv):
    """Look whether this Python will do; become another one where one is found.

    Args:
        version: this Python's version.
        which: finds a program.
        become: replaces this program by another.

    Returns:
        What to tell the person; empty when all is well.
    """
    if OLDEST <= tuple(version[:2]) <= NEWEST:
        return ""
    for minor in (12, 11):
        other = which("python3." + str(minor))
        if other:
            become(other, [other] + sys.argv)
            return ""
    mine = ".".join(str(part) for part in version[:2])
    return (
        "Alliance needs Python 3.11 or 3.12; this one is " + mine + ".\n"
        "Install one of them and name it: make run PYTHON=python3.11"
    )


def lend_our_name():
    """Let ``alliance.launch`` be imported without ``alliance`` itself.

    That one imports Celery, which is not there before ``.venv`` is.
    """
    package = types.ModuleType("alliance")
    package.__path__ = [os.path.join(ROOT, "alliance")]
    sys.modules["alliance"] = package


if __name__ == "__main__":
    words = missing_python(sys.version_info)
    if words:
        sys.stdout.write("\n" + words + "\n")
        sys.exit(1)
    if sys.platform == "win32":
        sys.stdout.write("\nAlliance runs on Linux (on Windows: inside WSL).\n")
        sys.exit(1)
    lend_our_name()
    sys.exit(importlib.import_module("alliance.launch.ground").main(sys.argv[1:]))
