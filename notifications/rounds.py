"""A round: one claim, from its rows to their new states.

However a round ends, each letter of it ends in one of three ways: it is marked as what
became of it, it waits again, or it stays claimed until ``outbox.recover_dead_claims``
takes it over.
"""

import contextlib
import logging
import time
from collections import Counter, defaultdict
from datetime import timedelta

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone

from accounts.reachability import is_hard, is_policy, note_failure
from carriers.mail import Away, Busy, Refused, Unreachable
from notifications.claims import lock, mark_sent, tell_kinds
from notifications.ledger import ClaimLost, Ledger
from notifications.letters import compose
from notifications.models import Delivery
from notifications.pacing import Pace, host_of
from notifications.tellable import tellable

log = logging.getLogger(__name__)

# A worker works on one claim for so long at most.
CLAIM_SECONDS = 120
# What went out is marked after so many letters or seconds: it is what may go out a
# second time, under the same Message-ID, where Redis and the worker die together.
MARK_AFTER, MARK_SECONDS = 250, 5
RETRY_MINUTES = (1, 5, 15, 60, 180, 360, 720, 1440)
MAX_ATTEMPTS = len(RETRY_MINUTES)
# A letter that cannot be written while others of its Kind can is set aside early.
MAX_WRITINGS = 3
GONE = (OperationalError, InterfaceError)


class Round:
    """Hands a claim's letters over.

    Args:
        claim: its name; this session holds its lock.
        rows: its letters, recipients loaded.
        now: the clock.
        postman: a ``carriers.mail.Postman``.
        report: an ``outbox.Report`` that is counted into.
    """

    def __init__(self, claim, rows, now, postman, report):
        self.claim = claim
        self.now = now
        self.postman = postman
        self.report = report
        self.ledger = Ledger(claim)
        self.has_ledger = True
        self.marked = time.monotonic()
        self.sent = []  # accepted and noted in the ledger, not yet in the database
        self.dropped = []
        self.failed = defaultdict(list)
        self.again = defaultdict(list)
        self.refused = []  # (address, what the server said of it)
        self.later = defaultdict(list)  # not now, and no attempt is used up
        self.unwritten = []  # (row, exception)
        self.well = set()  # Kinds of which some letter could be written
        self.rows = rows
        self.untried = {row.pk for row in rows}
        self.pace = Pace(Counter(host_of(row.to) for row in rows))

    def work(self):
        """Hand over what may still be told; write down how each letter fared."""
        try:
            try:
                self._post_all()
            except ClaimLost:
                raise
            except BaseException:
                self._finish()
                raise
            self._finish()
        except ClaimLost:
            log.warning("claim %s was taken over", self.claim)
            return
        self.report.dropped += len(self.dropped)
        if self.has_ledger:
            self.ledger.forget()

    def _post_all(self):
        end = time.monotonic() + CLAIM_SECONDS
        admitted = [row for row in self.rows if self._is_admitted(row)]
        found = tellable(admitted, self.now)
        for row in found.dropped:
            self._tried(row, self.dropped)
        for due, rows in found.later.items():
            for row in rows:
                self._tried(row, self.later[due])
        for row, error in found.failed:
            self._tried(row, self.failed[error])
            self.report.failed += 1
        self.unwritten += found.broken
        for row, kind, target, extra in found.letters:
            if time.monotonic() > end:
                return
            if rest := self.pace.rest_of(host_of(row.to)):
                self._wait(row, rest)
                continue
            self.ledger.take_up(row.pk)
            try:
                letter = compose(kind, target, row, extra)
            except GONE:
                raise
            except Exception as fault:  # noqa: BLE001 (it must not stop the others)
                self.unwritten.append((row, fault))
                continue
            self.well.add(row.kind)
            if not self._post(row, letter):
                return

    def _post(self, row, letter):
        """Hand one letter over; False: no server takes any now."""
        host = host_of(row.to)
        try:
            self.postman.post(letter)
        except Refused as fault:
            self._tried(row, self.failed[str(fault)[:300]])
            self.refused.append((row.to, str(fault)))
            self.report.failed += 1
        except Away as fault:
            log.warning("the mail server is away: %s", fault)
            self.report.is_server_away = True
            return False
        except Unreachable as fault:
            if isinstance(fault, Busy):
                self.pace.refused(host)
            self._try_again(row, str(fault)[:300])
        else:
            self._note(row)
            self.pace.took(host)
        return True

    def _is_admitted(self, row):
        pause = self.pace.admit(host_of(row.to))
        if pause:
            self._wait(row, pause)
        return not pause

    def _wait(self, row, seconds):
        self._tried(row, self.later[self.now + timedelta(seconds=seconds)])

    def _tried(self, row, outcome):
        outcome.append(row)
        self.untried.discard(row.pk)

    def _finish(self):
        for row, fault in self.unwritten:
            log.error("letter %s cannot be written", row.pk, exc_info=fault)
            error = f"could not be written: {type(fault).__name__}; see the log"
            most = MAX_WRITINGS if row.kind in self.well else MAX_ATTEMPTS
            self._try_again(row, error, most=most)
        self._surely(self._settle)

    def _try_again(self, row, error, most=MAX_ATTEMPTS):
        if row.attempts >= most:
            self._tried(row, self.failed[error])
            self.report.failed += 1
        else:
            self._tried(row, self.again[row.attempts, error])
            self.report.retried += 1

    def _note(self, row):
        self._tried(row, self.sent)
        self.report.sent += 1
        if self.has_ledger:
            try:
                self.has_ledger = self.ledger.note(row.pk)
            except ClaimLost:
                self._surely(lambda: _mark_late(row))
                raise
        now = time.monotonic()
        if (
            not self.has_ledger
            or len(self.sent) >= MARK_AFTER
            or now - self.marked > MARK_SECONDS
        ):
            self.marked = now
            rows = self.sent
            self._surely(lambda: mark_sent(rows, self.claim))
            self.sent = []
            self.ledger.forget()

    def _surely(self, write):
        """Write, also when the database hung up: on a new connection, locked anew."""
        for pause in (0.2, 1, 5):
            try:
                with transaction.atomic():
                    write()
            except GONE as fault:
                if connection.in_atomic_block:
                    raise
                log.warning("the database hung up: %s", type(fault).__name__)
                connection.close()
                time.sleep(pause)
                with contextlib.suppress(*GONE):
                    lock(self.claim)
            else:
                return
        with transaction.atomic():
            write()

    def _settle(self):
        for address, words in self.refused:
            if not is_policy(words):
                note_failure(address, is_hard=is_hard(words), words=words)
        mark_sent(self.sent, self.claim)
        self._write(self.dropped, state=Delivery.State.DROPPED)
        for error, rows in self.failed.items():
            self._write(rows, state=Delivery.State.FAILED, error=error)
        for (attempts, error), rows in self.again.items():
            pause = timedelta(minutes=RETRY_MINUTES[attempts - 1])
            self._write(
                rows, state=Delivery.State.WAITING, due=self.now + pause, error=error
            )
        for due, rows in self.later.items():
            self._put_back([row.pk for row in rows], due)
        # Not their fault: time ran out, or the server is away.
        pause = timedelta(minutes=1 if self.report.is_server_away else 0)
        self._put_back(self.untried, self.now + pause)

    def _put_back(self, pks, due):
        if pks:
            Delivery.objects.of_claim(self.claim).filter(pk__in=pks).update(
                state=Delivery.State.WAITING,
                due=due,
                claimed=None,
                attempts=F("attempts") - 1,
            )

    def _write(self, rows, **fields):
        if rows:
            Delivery.objects.of_claim(self.claim).filter(
                pk__in=[row.pk for row in rows]
            ).update(claimed=None, **fields)


def _mark_late(row):
    """Mark what was taken in the moment in which somebody took over the claim.

    It waits again by now; unless another worker is quicker, it goes out only once.
    """
    found = Delivery.objects.filter(pk=row.pk, state=Delivery.State.WAITING)
    if found.update(state=Delivery.State.SENT, sent=timezone.now(), error=""):
        tell_kinds([row])
