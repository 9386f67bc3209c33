"""Following GNU make, which runs us, to its end.

A Ctrl-C in a terminal reaches make and us alike. But somebody may signal only make's
process: then make waits for us and we would never hear of it.
"""

import os
import signal
import sys
from pathlib import Path

from alliance.launch.children import LIBC, PR_SET_PDEATHSIG, STOPPERS, Stopped


def follow_make():
    """Tie this process to the make that started it.

    Returns:
        A function to call now and then; it raises Stopped when make was told to stop.
    """
    parent = os.getppid()
    if sys.platform != "linux" or program_of(parent) not in ("make", "gmake"):
        return lambda: None
    # Should make be killed outright, the kernel tells us.
    LIBC.prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))
    listened = caught_signals(parent)

    def look():
        # After its first SIGINT or SIGHUP make lets go of that signal and waits for
        # its child: the only outside sign that it was told to stop.
        if listened & ~caught_signals(parent):
            raise Stopped

    return look


def program_of(pid):
    """The name of a process's program; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def caught_signals(pid):
    """Which of the stopping signals a process handles, as a bit mask."""
    wanted = sum(1 << (number - 1) for number in STOPPERS)
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("SigCgt:"):
                return int(line.split()[1], 16) & wanted
    except OSError:
        pass
    return 0
