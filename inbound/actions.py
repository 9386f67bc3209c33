"""A letter comes in: the same action as on the web, or an answer that says why not."""

import hashlib
import logging
from datetime import timedelta
from enum import Enum

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import LONGEST_ADDRESS, User
from accounts.reachability import heard_from
from inbound import returns
from inbound.authentication import is_forged
from inbound.doors import door_of, door_of_row, token_in
from inbound.letters import UNREADABLE, parse
from inbound.limits import LONGEST, may_answer, may_hold, why_too_many
from inbound.models import ReceivedLetter
from inbound.notifications import LetterHeld, LetterRefused, LetterTaken, LetterWaits
from inbound.taking import Turned, take
from notifications.actions import notify
from notifications.kinds import kind_of

log = logging.getLogger(__name__)

KEPT = timedelta(days=120)


class Outcome(Enum):
    """What became of a letter."""

    TAKEN = "taken"
    HELD = "held"
    REFUSED = "refused"  # its writer is told by mail
    UNKNOWN = "unknown"  # no such address: say so at the door, write to nobody
    IGNORED = "ignored"  # a machine's letter
    BOUNCED = "bounced"  # a server's report about a letter of ours
    DUPLICATE = "duplicate"
    UNREADABLE = "unreadable"  # its own server is told, and tells its writer


def receive(raw, envelope_to, *, envelope_from=None, now=None):
    """Take a letter in.

    Args:
        raw: the mail's bytes.
        envelope_to: the address it came to (RCPT TO).
        envelope_from: MAIL FROM; ``""`` is the null sender, None is unknown.
        now: the clock.

    Returns:
        An ``Outcome``.

    Raises:
        DatabaseError: it could not be taken now; the server that brought it should
            bring it again.
    """
    now = now or timezone.now()
    letter = parse(raw, envelope_from=envelope_from)
    if letter.machine == UNREADABLE:
        return Outcome.UNREADABLE
    if report := returns.read(raw):
        return Outcome.BOUNCED if returns.note(report, now) else Outcome.IGNORED
    if letter.machine:
        log.info("a machine's letter is ignored: %s", letter.machine)
        return Outcome.IGNORED
    door = door_of(envelope_to)
    if door is None and not _may_hear_of_it(letter):
        return Outcome.UNKNOWN
    token = token_in(envelope_to)
    key = hashlib.sha256(f"{letter.message_id}\n{token}".encode()).hexdigest()
    with translation.override(_language(letter.sender, door)):
        doubt = _why_not_theirs(door, letter) if door is not None else ""
        try:
            with transaction.atomic():
                row = ReceivedLetter.objects.create(
                    key=key,
                    message_id=letter.message_id,
                    way=door.way if door else ReceivedLetter.Way.REPLY,
                    delivery=door.delivery if door else None,
                    membership=door.membership if door else None,
                    space=door.space if door else None,
                    part=door.part if door else None,
                    sender=letter.sender[:LONGEST_ADDRESS],
                    subject=letter.subject[:300],
                    verdicts=letter.verdicts,
                    is_doubted=door is None or bool(doubt),
                    received=now,
                )
                outcome = _judge(row, door, letter, raw, now, doubt)
        except IntegrityError:
            if ReceivedLetter.objects.filter(key=key).exists():
                return Outcome.DUPLICATE
            raise
    _forget_old(now)
    return outcome


def _may_hear_of_it(letter):
    """Whether whoever wrote to no address of ours is written back to: people of this
    site, not strangers, nor whoever a forged letter names."""
    people = User.objects.filter(email__iexact=letter.sender, is_active=True)
    return not is_forged(letter.verdicts) and people.exists()


def _judge(row, door, letter, raw, now, doubt):
    """Decide about a letter, inside the transaction that locks its Message-ID and in
    its writer's language."""
    if not doubt:
        heard_from(letter.sender)
    try:
        if door is None:
            raise Turned(_("This address does not exist, or not any more."))
        if too_many := why_too_many(row):
            raise Turned(too_many)
        if doubt:
            return _hold(row, letter, raw, doubt)
        done = take(door, letter, now)
    except Turned as turned:
        return _refuse(row, letter, str(turned))
    if done.made:
        row.made = done.made
        row.save(update_fields=["made"])
    if done.words:
        _answer(LetterTaken, row, done.words, path=done.path)
    return Outcome.TAKEN


def _why_not_theirs(door, letter):
    """Why somebody has to look whether this letter is really its sender's, or ""."""
    if not door.is_for(letter.sender):
        return _(
            "It came from an address that is not the one our letter went to. "
            "Somebody looks at it first; write from your own address and it counts at "
            "once."
        )
    if is_forged(letter.verdicts):
        return _(
            "Our mail server cannot be sure that it comes from you (%(verdicts)s). "
            "Somebody looks at it first."
        ) % {"verdicts": letter.verdicts}
    return ""


def _language(sender, door):
    if door is not None:
        return door.language
    person = User.objects.filter(email__iexact=sender).first()
    return person.language if person else settings.LANGUAGE_CODE


def _hold(row, letter, raw, reason):
    if not may_hold(row, raw):
        raise Turned(
            _(
                "Other mails from this address wait already, or this one is too large "
                "to wait. Write from the address our letters go to."
            )
        )
    row.state = ReceivedLetter.State.HELD
    row.raw = raw
    row.text = letter.text[:LONGEST]
    row.reason = reason[:500]
    row.save(update_fields=["state", "raw", "text", "reason"])
    _answer(LetterHeld, row, row.reason)
    if row.space is not None:
        notify(LetterWaits, row)
    return Outcome.HELD


def _refuse(row, letter, reason):
    row.state = ReceivedLetter.State.REFUSED
    row.reason = reason[:500]
    row.text = (letter.text or letter.whole_text)[:LONGEST]
    row.save(update_fields=["state", "reason", "text"])
    _answer(LetterRefused, row, reason)
    return Outcome.REFUSED


def _answer(kind, row, reason, *, path=""):
    """Write back to whoever wrote, unless they were written to too often lately."""
    if not may_answer(row):
        log.warning("letter %s is not answered: too many from its address", row.pk)
        return
    about = {"reason": reason, "language": translation.get_language()}
    if not path and row.delivery and (target_kind := kind_of(row.delivery.kind)):
        found = target_kind.load([row.delivery.target]).get(row.delivery.target)
        if found and target_kind.may_see(row.delivery.recipient, found):
            path = target_kind.url(found, row.delivery.about)
    if path:
        about["path"] = path
    notify(kind, row, to=[], addresses=[row.sender], about=about)


def release_letter(row, *, by):
    """Let a held letter in after all: somebody has looked at it.

    Args:
        row: a held ``ReceivedLetter``.
        by: the steward or administrator who looked.

    Returns:
        An ``Outcome``: taken, or refused with an answer to its writer.
    """
    letter = parse(bytes(row.raw))
    with transaction.atomic():
        row = ReceivedLetter.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if row.state != ReceivedLetter.State.HELD:
            return Outcome.DUPLICATE
        log.info("letter %s released by %s", row.pk, by.pk)
        door = door_of_row(row)
        with translation.override(_language(row.sender, door)):
            try:
                if door is None:
                    raise Turned(_("This address does not exist, or not any more."))
                done = take(door, letter, row.received)
            except Turned as turned:
                row.raw = b""
                row.save(update_fields=["raw"])
                return _refuse(row, letter, str(turned))
        row.state, row.text, row.raw = ReceivedLetter.State.TAKEN, "", b""
        row.made = done.made
        row.save(update_fields=["state", "text", "raw", "made"])
    return Outcome.TAKEN


def discard_letter(row, *, by):
    """Put a held letter away; its writer was told that it waits, no more.

    Args:
        row: a held ``ReceivedLetter``.
        by: the steward or administrator who looked.
    """
    changed = ReceivedLetter.objects.held().filter(pk=row.pk)
    changed.update(state=ReceivedLetter.State.DISCARDED, text="", raw=b"")
    log.info("letter %s discarded by %s", row.pk, by.pk)


def _forget_old(now):
    """A letter's second copy comes within days; people's words are not kept longer."""
    ReceivedLetter.objects.filter(received__lt=now - KEPT).exclude(
        state=ReceivedLetter.State.HELD
    ).delete()
