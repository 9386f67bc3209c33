"""What mail servers write about letters of ours: they came back, or were unwelcome.

* RFC 3464: a letter could not be delivered. It counts against its address
  (``accounts.reachability``); after enough of that, mail to it stops and those who tend
  the person's spaces hear of it.
* RFC 5965: somebody pressed "this is spam". Mail to them stops at once.

A report counts only when it names a letter of ours as that letter named itself, with a
proof that only we can make: nobody can stop another person's mail by counting on from
their own letter.
"""

import re
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare

from accounts.reachability import is_hard, is_policy, note_complaint, note_failure
from inbound.bounds import read_message
from inbound.notifications import AddressStopped
from notifications.actions import notify
from notifications.kinds import kind_of
from notifications.models import Delivery
from spaces.models import Membership

_FLAGS = re.MULTILINE | re.IGNORECASE
_ACTION = re.compile(r"^Action:\s*(\w+)", _FLAGS)
_STATUS = re.compile(r"^Status:\s*(\d\.\d+\.\d+)", _FLAGS)
_SAID = re.compile(r"^Diagnostic-Code:\s*(.+(?:\r?\n[ \t].+)*)", _FLAGS)
_FEEDBACK = re.compile(r"^Feedback-Type:\s*([\w-]+)", _FLAGS)
_FAILED = re.compile(r"^X-Failed-Recipients:", _FLAGS)
_CODE = re.compile(r"\b5\d\d[ -](5\.\d+\.\d+)?.{0,200}")
UNWELCOME = {"abuse", "fraud", "opt-out", "opt-out-list"}


@dataclass(frozen=True)
class Report:
    """What a server says about one letter.

    Attributes:
        delivery: id of the ``Delivery``.
        message_id: what the report calls it.
        is_complaint: its reader called it spam; else it did not arrive.
        words: what the server said, its code first.
    """

    delivery: int
    message_id: str
    is_complaint: bool
    words: str


def read(raw):
    """Read a mail as a report about a letter of ours.

    Args:
        raw: its bytes.

    Returns:
        A ``Report``; None when it is none, or only of a delay.
    """
    is_old = b"X-Failed-Recipients:" in raw[:20_000]
    if not (b"delivery-status" in raw or b"feedback-report" in raw or is_old):
        return None
    if not is_old and read_message(raw).get_content_type() != "multipart/report":
        return None
    text = raw.decode("utf-8", "replace")
    ours = re.search(
        rf"<delivery\.([0-9]{{1,18}})\.[0-9]+\.[0-9a-f]+@{re.escape(settings.ALLIANCE_MAIL_DOMAIN)}>",
        text,
    )
    if ours is None:
        return None
    letter = (int(ours[1]), ours[0])
    if feedback := _FEEDBACK.search(text):
        is_unwelcome = feedback[1].lower() in UNWELCOME
        return Report(*letter, True, feedback[1]) if is_unwelcome else None
    words = _words(text)
    return Report(*letter, False, words) if words else None


def _words(text):
    """What the server said of a letter it has given up; "" when it has not."""
    action, status = _ACTION.search(text), _STATUS.search(text)
    if action and status:
        if action[1].lower() != "failed":
            return ""
        said = _SAID.search(text)
        return " ".join(f"{status[1]} {said[1] if said else ''}".split())
    if _FAILED.search(text) and (code := _CODE.search(text)):
        return " ".join(code[0].split())
    return ""


@transaction.atomic
def note(report, now):
    """Act on a report, once for each letter.

    Args:
        report: from ``read``.
        now: the clock.

    Returns:
        Whether it was about a letter of ours.
    """
    delivery = (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("recipient")
        .filter(pk=report.delivery)
        .first()
    )
    if delivery is None or not delivery.to:
        return False
    if not constant_time_compare(delivery.message_id, report.message_id):
        return False
    if report.is_complaint:
        if note_complaint(delivery.to, words=report.words, now=now):
            _tell_stewards(delivery)
        return True
    if delivery.state != Delivery.State.SENT:
        return False
    delivery.state, delivery.error = Delivery.State.FAILED, report.words[:300]
    delivery.save(update_fields=["state", "error"])
    if kind := kind_of(delivery.kind):
        kind.returned([delivery])
    if not is_policy(report.words):
        hard = is_hard(report.words)
        if note_failure(delivery.to, is_hard=hard, words=report.words, now=now):
            _tell_stewards(delivery)
    return True


def _tell_stewards(delivery):
    """Those who tend the person's spaces: somebody has to ask them another way."""
    if delivery.recipient_id is None:
        return
    memberships = Membership.objects.active().of(delivery.recipient)
    for membership in memberships.select_related("space", "person"):
        notify(AddressStopped, membership)
