"""Asking a worker to do something now; without a broker the sweep finds it later."""

import logging
import time

from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

# A broker that was away a moment ago is not asked again at once, whatever for: each
# question would make a page wait.
ASK_AGAIN_AFTER = 15
_away_since = [float("-inf")]


def ask(task, *args):
    """Hand a task to a worker; call it after the commit.

    What the task does must stand in rows that a sweep of its own (``alliance.beat``)
    finds as well: nothing is raised, and nothing is lost, when no broker is there.

    Args:
        task: a Celery task.
        *args: for it; ids.
    """
    if time.monotonic() - _away_since[0] < ASK_AGAIN_AFTER:
        return
    try:
        task.delay(*args)
    except OperationalError:
        _away_since[0] = time.monotonic()
        log.warning("broker unreachable: a sweep will do %s", task.name)
