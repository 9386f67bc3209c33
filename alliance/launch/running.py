"""The one run of a home: its lock, and the servers it lends to other commands."""

import contextlib
import fcntl
import json
import os

from alliance.launch.places import alliance_home
from alliance.launch.words import Trouble


def running_instance(home):
    """The ``make run`` that uses this home now.

    Args:
        home: ``$ALLIANCE_HOME``.

    Returns:
        What it wrote about itself (at least "pid" and "address"), or None.
    """
    path = os.path.join(str(home), "run", "lock")
    try:
        with open(path) as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                file.seek(0)
                with contextlib.suppress(ValueError):
                    return json.load(file)
                return {"pid": None, "address": ""}
    except OSError:
        return None
    return None


def already_running(instance):
    """Words for a second ``make run``.

    Args:
        instance: what ``running_instance`` found.

    Returns:
        A line with the address and how to stop it.
    """
    if not instance.get("address"):
        return "Another `make run` is just starting in this checkout."
    return (
        "Alliance already runs in this checkout: {address}\n"
        "Stop it with Ctrl-C in its terminal, or with: kill {pid}".format(**instance)
    )


class Instance:
    """Makes sure that a home is used by one run at a time.

    The lock is the kernel's: it falls with the process, however that ends.

    Args:
        places: the run's folders.
    """

    def __init__(self, places):
        self.path = places.run / "lock"
        self.home = places.home
        self.file = None

    def take(self):
        """Take the lock.

        Raises:
            Trouble: another run holds it.
        """
        number = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        self.file = os.fdopen(number, "r+")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self.file.close()
            raise Trouble(
                already_running(running_instance(self.home) or {"address": ""})
            ) from None
        self.tell(address="", environment={})

    def tell(self, *, address, environment):
        """Write down what other commands want to know of this run.

        Args:
            address: the site's address; empty while it starts.
            environment: the variables that lead to its servers.
        """
        self.file.seek(0)
        self.file.truncate()
        json.dump(
            {"pid": os.getpid(), "address": address, "environment": environment},
            self.file,
        )
        self.file.flush()

    def give_back(self):
        """Forget the run; the lock falls with the file."""
        if self.file is not None and not self.file.closed:
            self.file.seek(0)
            self.file.truncate()
            self.file.close()


def lend(environment):
    """Point a command at the servers of the ``make run`` of this checkout.

    So ``.venv/bin/python manage.py send_due`` in a second terminal works on what the
    person sees in the browser. Does nothing in production, when a database was named,
    or when nothing runs.

    Args:
        environment: ``os.environ``; changed in place.

    Returns:
        Whether a run lent its servers.
    """
    if environment.get("DATABASE_URL") or environment.get("ALLIANCE_PRODUCTION"):
        return False
    instance = running_instance(alliance_home())
    lent = (instance or {}).get("environment") or {}
    for name, text in lent.items():
        environment.setdefault(name, text)
    return bool(lent)
