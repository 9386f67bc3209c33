"""What the launcher says on the terminal."""

import errno
import os
import sys
import time

# The first step hands its time down: what counts is the person's wait.
BEGAN = float(os.environ.get("ALLIANCE_BEGAN") or time.monotonic())


class Trouble(Exception):
    """Something a person can act on; its text is all they are shown.

    Args:
        text: one or more plain lines: what is wrong, and what to do about it.
    """


def say(text=""):
    """Print one line at once; a terminal that has gone away is no reason to stop.

    Args:
        text: the line.
    """
    try:
        print(text, flush=True)
    except (OSError, ValueError):
        # The reader closed the pipe or the terminal: the site goes on without one.
        sys.stdout = None


def step(text):
    """Tell what is being done now.

    Args:
        text: a few plain words, without a full stop.
    """
    say(f"  · {text} …")


def seconds_since_start():
    """How long the person has been waiting.

    Returns:
        Whole seconds, at least 1.
    """
    return max(1, round(time.monotonic() - BEGAN))


def fault_in_words(fault):
    """Words for an operating-system error that no other place expected.

    Args:
        fault: the OSError.

    Returns:
        A line that says what to do.
    """
    where = fault.filename or "a file"
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            f"The disk is full: {where} could not be written.\n"
            "Free some space (about 500 MB is comfortable) and run the command again."
        )
    if fault.errno in (errno.EACCES, errno.EPERM):
        return (
            f"This user may not write or read {where}.\n"
            "Run the command as the user who owns the checkout, or choose another\n"
            "folder for the data: make run ALLIANCE_HOME=/a/folder/of/yours"
        )
    if fault.errno == errno.EROFS:
        return (
            f"{where} lies on a disk that can only be read. Clone Alliance elsewhere."
        )
    return f"The system refused: {fault.strerror or fault} ({where})."
