"""Whether letters reach an address: failures counted, mail stopped, begun again.

``inbound`` reports what mail servers write, the outbox what they say at once; the
outbox asks before it sends. Codes and other letters about an account are not asked
about: they are how a person proves that an address works again.
"""

import re
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Reachability

# One letter to an address that does not exist is enough; a full mailbox is not.
HARD, SOFT = 5, 1
STOPS_AT = 5
# Failures that lie so far apart have nothing to do with each other.
FORGOTTEN_AFTER = timedelta(days=30)
# A mailbox that is full refuses every letter of a busy day; that is one failure.
COUNTED_ONCE_IN = timedelta(days=1)

# Enhanced status codes (RFC 3463): the address is wrong, moved or switched off …
_HARD = re.compile(r"\b5\.(1\.(0|1|2|3|6|10)|2\.1|4\.310)\b")
# … or the server thinks little of *us*, which is no fault of the address.
_POLICY = re.compile(r"\b[45]\.7\.\d+\b")
_SAYS_SO = re.compile(
    r"user unknown|unknown user|no such (user|recipient|mailbox|address|person)"
    r"|(mailbox|account|user|address|recipient) (does not|doesn't|not) exist"
    r"|not an e-mail address|invalid (recipient|mailbox)|recipient not found",
    re.IGNORECASE,
)


def is_policy(words):
    """Whether a server refused the sender, not the address."""
    return bool(_POLICY.search(words))


def is_hard(words):
    """Whether a server's words mean that the address is gone for good.

    Args:
        words: for example ``"550 5.1.1 no such user"``.
    """
    if is_policy(words):
        return False
    return bool(_HARD.search(words) or _SAYS_SO.search(words))


@transaction.atomic
def note_failure(address, *, is_hard, words="", now=None):
    """Count a letter that did not arrive.

    Args:
        address: where it should have gone.
        is_hard: the address is gone, as against a mailbox that is full for now.
        words: what the server said.
        now: the clock.

    Returns:
        Whether mail to this address stopped by it.
    """
    now = now or timezone.now()
    row, is_new = Reachability.objects.select_for_update().get_or_create(
        address=address.lower(), defaults={"last": now}
    )
    if not (is_new or is_hard) and row.score and now - row.last < COUNTED_ONCE_IN:
        return False
    if now - row.last > FORGOTTEN_AFTER:
        row.score = 0
    row.score = min(row.score + (HARD if is_hard else SOFT), 1000)
    row.last, row.words = now, words[:300]
    stops = row.stopped is None and row.score >= STOPS_AT
    if stops:
        row.stopped, row.why = now, Reachability.Why.BOUNCED
    row.save()
    return stops


@transaction.atomic
def note_complaint(address, *, words="", now=None):
    """Somebody pressed "this is spam": no letters any more, until they want them.

    Args:
        address, words, now: as for ``note_failure``.

    Returns:
        Whether mail to this address stopped by it.
    """
    now = now or timezone.now()
    row, _is_new = Reachability.objects.select_for_update().get_or_create(
        address=address.lower()
    )
    stops = row.stopped is None or row.why != Reachability.Why.COMPLAINED
    row.stopped = row.stopped or now
    row.why, row.words, row.last = Reachability.Why.COMPLAINED, words[:300], now
    row.save()
    return stops


def heard_from(address):
    """A letter from this address, or a code that came back from it: it works.

    A complaint stays: who pressed "spam" says themselves when they want mail again.
    """
    Reachability.objects.of([address]).exclude(why=Reachability.Why.COMPLAINED).delete()


def resume(address):
    """The person wants letters at this address again, whatever stopped them.

    Returns:
        Whether they had been stopped.
    """
    rows = Reachability.objects.of([address])
    was_stopped = rows.stopped().exists()
    rows.delete()
    return was_stopped


def stopped_among(addresses):
    """Which of these get no letters for now.

    Args:
        addresses: as they are written.

    Returns:
        dict of lower-case address to ``Reachability``.
    """
    return {row.address: row for row in Reachability.objects.of(addresses).stopped()}
