"""``make clean``: removes what was built; asks before it removes data.

Runs on the system's Python, since it may remove ``.venv``.
"""

import os
import shutil
import sys

from alliance.launch.places import ROOT
from alliance.launch.running import already_running, running_instance
from alliance.launch.words import Trouble, say

CACHES = (".pytest_cache", ".ruff_cache", ".import_linter_cache", ".hypothesis")


def clean(home):
    """Clean up.

    Args:
        home: ``$ALLIANCE_HOME``.

    Returns:
        The exit code.

    Raises:
        Trouble: the site is running.
    """
    instance = running_instance(home)
    if instance is not None:
        raise Trouble(already_running(instance))
    for name in (".venv", *CACHES):
        shutil.rmtree(ROOT / name, ignore_errors=True)
    for folder, names, _ in os.walk(ROOT):
        for name in [name for name in names if name == "__pycache__"]:
            shutil.rmtree(os.path.join(folder, name), ignore_errors=True)
    say("Removed: .venv and the tools' caches.")
    if not home.is_dir():
        return 0
    say(f"The data of `make run` is still there: {home}")
    say("(database, uploaded files, mail). Removing it cannot be undone.")
    if not sys.stdin.isatty():
        say("Kept, since nobody can be asked here.")
        return 0
    try:
        answer = input("Type the word remove to remove it: ")
    except EOFError:
        answer = ""
    if answer.strip() == "remove":
        shutil.rmtree(home)
        say("Removed.")
    else:
        say("Kept.")
    return 0
