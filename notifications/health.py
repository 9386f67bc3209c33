"""``/healthz``: is every part alive, and does mail leave in time?"""

import logging
import time

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.checks import run_checks
from django.db import DatabaseError, InterfaceError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from notifications import ledger, signs
from notifications.models import Delivery

log = logging.getLogger(__name__)

# Beat asks the worker every thirty seconds.
SILENT_AFTER = 100
# A letter that has waited so long says that nobody sends.
LATE_AFTER = 15 * 60


@login_not_required
@never_cache
@require_safe
def healthz(request):
    """200 when all parts live, else 503; says which and never raises."""
    parts = {
        "database": _database(),
        "redis": _redis(),
        "worker": _sign("worker"),
        "beat": _sign("beat"),
        "outbox": _outbox(),
    }
    is_well = all(part["ok"] for part in parts.values())
    return JsonResponse(
        {
            "ok": is_well,
            **parts,
            # What works less well than it could: no reason to wake anybody.
            "notes": [note.msg for note in run_checks(tags=["media"])],
            "version": settings.ALLIANCE_VERSION,
        },
        status=200 if is_well else 503,
    )


def _database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except (DatabaseError, InterfaceError) as fault:
        log.error("database unreachable: %s", type(fault).__name__)
        return {"ok": False}
    return {"ok": True}


def _redis():
    # The site's cache forgives; here the truth is asked for.
    try:
        ledger.client().ping()
    except (RedisError, OSError) as fault:
        log.error("redis unreachable: %s", type(fault).__name__)
        return {"ok": False}
    return {"ok": True}


def _sign(who):
    age = signs.age(who)
    return {
        "ok": age is not None and age < SILENT_AFTER,
        "seconds_since_last_sign": None if age is None else round(age),
    }


def _outbox():
    try:
        oldest = Delivery.objects.due().values_list("due", flat=True).first()
    except (DatabaseError, InterfaceError):
        return {"ok": False, "oldest_waiting_seconds": None}
    if oldest is None:
        return {"ok": True, "oldest_waiting_seconds": 0}
    lag = max(0, time.time() - oldest.timestamp())
    return {"ok": lag < LATE_AFTER, "oldest_waiting_seconds": round(lag)}
