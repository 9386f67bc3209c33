"""The outbox worker: claim, ask again, render, hand over, mark (DESIGN §5.3).

Nobody gets two, nobody gets none, whatever dies in between:

* a claim is committed before the first letter is handed over, and holds an advisory
  lock of its worker's database connection, so that a dead worker shows at once;
* after every accepted letter its id goes into the claim's ledger (``ledger.py``);
* whoever finds a dead claim first marks what the ledger holds and only then lets the
  rest wait again;
* what the server took in the very moment of death, before it could be noted, goes out
  again under the same Message-ID: mail programs know it for the same letter.
"""

import contextlib
import logging
import secrets
import time
from dataclasses import dataclass
from datetime import timedelta

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from carriers.mail import Postman
from notifications.claims import lock, mark_sent, unlock
from notifications.ledger import Ledger
from notifications.models import Delivery
from notifications.rounds import RETRY_MINUTES, Round

log = logging.getLogger(__name__)

BATCH = 500
# A worker takes new claims for so long.
RUN_SECONDS = 300
# A claim whose worker is gone is taken over after this long …
GRACE = timedelta(seconds=30)
# … and one whose worker merely seems alive (a host that vanished) after this long.
CERTAINLY_DEAD = timedelta(minutes=20)
# A letter in whose hands so many workers died is set aside.
MAX_DEATHS = 3


@dataclass
class Report:
    """What one run did, in numbers."""

    sent: int = 0
    missed: int = 0
    dropped: int = 0
    failed: int = 0
    retried: int = 0
    recovered: int = 0
    is_server_away: bool = False
    is_unfinished: bool = False


def send_waiting(now=None):
    """Send every letter that is due, for a few minutes at most.

    Args:
        now: the clock; decides what is due, too late, and tried again when.

    Returns:
        A ``Report``; ``is_unfinished`` says that more is due than there was time for.
    """
    report = Report()
    clock = now or timezone.now()
    end = time.monotonic() + RUN_SECONDS
    with Postman() as postman:
        for pause in (1, 5, 0):
            try:
                recover_dead_claims(clock, report)
                report.missed += miss_late(clock)
                while not report.is_server_away and not report.is_unfinished:
                    if not _send_claim(clock, postman, report):
                        break
                    report.is_unfinished = time.monotonic() > end
            except (OperationalError, InterfaceError) as fault:
                if connection.in_atomic_block or not pause:
                    raise
                # What was claimed and could not be settled is taken over later.
                log.warning("the database hung up: %s", type(fault).__name__)
                connection.close()
                time.sleep(pause)
            else:
                break
    return report


def _send_claim(clock, postman, report):
    claim = secrets.token_hex(8)
    rows = _claim(claim, clock)
    if rows:
        try:
            Round(claim, rows, clock, postman, report).work()
        finally:
            # A connection that is gone has given its locks back.
            with contextlib.suppress(OperationalError, InterfaceError):
                unlock(claim)
    return bool(rows)


def miss_late(now):
    """Mark letters whose time has passed before they could leave."""
    return (
        Delivery.objects.waiting()
        .filter(state=Delivery.State.WAITING, expires__lte=now)
        .update(state=Delivery.State.MISSED)
    )


def recover_dead_claims(now=None, report=None):
    """Take over what dead workers left behind.

    Args:
        now: the clock.
        report: counts what was recovered.

    Returns:
        The number of letters that wait again or were found to have gone out.
    """
    now = now or timezone.now()
    report = report or Report()
    claims = (
        Delivery.objects.filter(
            state=Delivery.State.CLAIMED, claimed__lte=max(now, timezone.now()) - GRACE
        )
        .values_list("claimed_by", "claimed")
        .distinct()
    )
    for claim, claimed in list(claims):
        is_free = lock(claim)
        if is_free or claimed < timezone.now() - CERTAINLY_DEAD:
            try:
                report.recovered += _recover(claim, now)
            finally:
                if is_free:
                    unlock(claim)
    return report.recovered


def _recover(claim, now):
    ledger = Ledger(claim)
    notes = ledger.revoke()
    if notes is None:
        # Without the ledger nobody knows who has their letter; it comes back.
        log.warning("claim %s waits for its ledger", claim)
        return 0
    taken, in_hand = notes
    with transaction.atomic():
        held = Delivery.objects.of_claim(claim)
        rows = list(held.select_for_update(of=("self",)).select_related("recipient"))
        mark_sent([row for row in rows if row.pk in taken], claim)
        left = [row for row in rows if row.pk not in taken]
        if len(rows) == 1 and in_hand is None:
            in_hand = rows[0].pk
        if suspect := next((row for row in left if row.pk == in_hand), None):
            _blame(suspect, now)
        # The others wait again as if nobody had tried.
        held.update(
            state=Delivery.State.WAITING,
            claimed=None,
            claimed_by="",
            attempts=Greatest(F("attempts") - 1, 0),
        )
    ledger.forget()
    return len(rows)


def _blame(row, now):
    """Put a letter off that may kill workers; after a few of them, set it aside."""
    row.deaths += 1
    row.claimed, row.claimed_by = None, ""
    if row.deaths >= MAX_DEATHS:
        row.state = Delivery.State.FAILED
        row.error = "set aside: its worker ended each time it was in hand"
    else:
        row.state = Delivery.State.WAITING
        if row.deaths > 1:
            # Once is bad luck; now it must not keep the others waiting again.
            row.due = now + timedelta(minutes=RETRY_MINUTES[row.deaths - 2])
        row.error = "its worker ended while it was in hand"
    row.save(update_fields=["deaths", "claimed", "claimed_by", "state", "due", "error"])


def _claim(claim, now):
    with transaction.atomic():
        rows = list(
            Delivery.objects.due(now)
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("recipient")[:BATCH]
        )
        if not rows:
            return rows
        lock(claim)
        Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=Delivery.State.CLAIMED,
            # The wall clock, never ``now``: a claim belongs to a process.
            claimed=timezone.now(),
            claimed_by=claim,
            attempts=F("attempts") + 1,
        )
    for row in rows:
        row.attempts += 1
    return rows
