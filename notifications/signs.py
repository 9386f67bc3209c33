"""Signs of life: what ``/healthz`` reads, written by those who live.

The worker's is written when it carries out the heartbeat that beat sends it; beat's by
its own scheduler, so that a dead beat and a dead worker can be told apart.
"""

import time

from celery.beat import PersistentScheduler
from django.core.cache import cache

KEPT = 24 * 60 * 60


def give(who):
    """Say "I live" for a part of the site.

    Args:
        who: ``"worker"`` or ``"beat"``.
    """
    cache.set(f"sign-of-life:{who}", time.time(), KEPT)


def age(who):
    """How long ago a part last said so.

    Args:
        who: ``"worker"`` or ``"beat"``.

    Returns:
        Seconds, or None when it never did.
    """
    then = cache.get(f"sign-of-life:{who}")
    return None if then is None else max(0.0, time.time() - then)


class Scheduler(PersistentScheduler):
    """Celery's own, which also says that it lives (``CELERY_BEAT_SCHEDULER``)."""

    SIGN_EVERY = 10
    _last_sign = 0.0

    def tick(self, *args, **kwargs):
        """As Celery's; see ``celery.beat.Scheduler.tick``."""
        if time.monotonic() - self._last_sign >= self.SIGN_EVERY:
            self._last_sign = time.monotonic()
            give("beat")
        return min(super().tick(*args, **kwargs), self.SIGN_EVERY)
