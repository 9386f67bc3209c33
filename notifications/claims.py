"""Claims: which worker holds which letters, and who may take over from the dead."""

import logging
from collections import defaultdict

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from notifications.kinds import Kind, kind_of
from notifications.ledger import ClaimLost
from notifications.models import Delivery

log = logging.getLogger(__name__)


def lock(claim):
    """Whether this database session now holds the claim's lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [claim])
        return cursor.fetchone()[0]


def unlock(claim):
    """Give the claim's lock back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [claim])


def mark_sent(rows, claim):
    """Mark letters that are out, and tell their Kinds; inside a transaction.

    Args:
        rows: of this claim; all were accepted by the mail server.
        claim: its name.

    Raises:
        ClaimLost: the claim holds none of them any more; whoever took it over has
            marked them.
    """
    if not rows:
        return
    held = Delivery.objects.of_claim(claim).filter(pk__in=[row.pk for row in rows])
    if not held.update(
        state=Delivery.State.SENT, sent=timezone.now(), claimed=None, error=""
    ):
        raise ClaimLost
    tell_kinds(rows)


def tell_kinds(rows):
    """Tell each Kind which of its letters are out; inside a transaction.

    A Kind that breaks here is logged and passed over: the letters are out, and were
    they not marked they would go out again and again.
    """
    by_kind = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    for slug, letters in by_kind.items():
        kind = kind_of(slug)
        if kind is None or type(kind).delivered is Kind.delivered:
            continue
        try:
            with transaction.atomic():
                kind.delivered(letters)
        except OperationalError:
            raise
        except Exception:  # noqa: BLE001 (whatever a Kind does wrong)
            log.exception("%s failed at what was delivered", slug)
