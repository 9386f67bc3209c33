"""A letter does what it does: the same actions as on the web, door by door."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from inbound.commands import command_in, obey
from inbound.limits import LONGEST
from inbound.models import ReceivedLetter
from inbound.plain import text_of
from inbound.posting import go_on, post, tell_story
from inbound.quoting import veiled, without_ours
from inbound.telling import left_out_words
from notifications.kinds import Kind, kind_of
from notifications.letters import compose
from spaces.actions.refusals import Refused

Way = ReceivedLetter.Way


class Turned(Exception):
    """This letter is not taken; the writer hears why."""


@dataclass(frozen=True)
class Done:
    """What a letter did.

    Attributes:
        words: for the writer; "" when no answer is needed.
        made: "message-12" or "story-5", where the letter made something new.
        path: the page that shows it.
    """

    words: str = ""
    made: str = ""
    path: str = ""


def take(door, letter, now):
    """Let a letter do what it does.

    Args:
        door: an ``inbound.doors.Door``.
        letter: an ``inbound.letters.Letter``.
        now: the clock.

    Returns:
        ``Done``.

    Raises:
        Turned: with the reason.
    """
    if door.person is not None and not door.person.is_active:
        raise Turned(_("Your account here has been closed."))
    if letter.is_sealed:
        raise Turned(" ".join(left_out_words(letter)))
    try:
        # A savepoint: what had begun is undone when somebody says no.
        with transaction.atomic():
            done = _take(door, letter, now)
    except (PermissionDenied, Refused) as fault:
        raise Turned(str(fault) or _("This cannot be answered by you.")) from fault
    except ValidationError as fault:
        raise Turned(" ".join(fault.messages)) from fault
    if letter.left_out:
        words = [done.words, *left_out_words(letter)]
        return replace(done, words="\n\n".join(each for each in words if each))
    return done


def _take(door, letter, now):
    if door.earlier is not None and (words := go_on(door, letter)) is not None:
        return Done(words)
    if door.way == Way.REPLY:
        return _answer(door, letter, now)
    if not door.membership.is_active:
        raise Turned(
            _("You are not a member of %(space)s any more.") % {"space": door.space}
        )
    said = command_in(letter.text or letter.subject, name=door.person.get_full_name())
    if said and (words := obey(said, person=door.person, space=door.space)):
        return Done(words)
    _refuse_endless(letter)
    letter = replace(letter, trimmed=_veil(letter.trimmed))
    return Done(*(tell_story if door.way == Way.STORY else post)(door, letter))


def _answer(door, letter, now):
    delivery, kind = door.delivery, kind_of(door.delivery.kind)
    if kind is None or not kind.is_answerable or delivery.reply_revoked:
        raise Turned(_("This letter can no longer be answered by mail."))
    if delivery.reply_expires and delivery.reply_expires < now:
        raise Turned(
            _("This letter is too old for an answer by mail. Please answer on the web.")
        )
    target = kind.load([delivery.target]).get(delivery.target)
    if target is None:
        raise Turned(_("What you answered is not there any more."))
    if not kind.may_see(door.person, target):
        raise Turned(
            _(
                "You cannot answer this any more: you are no longer a member, "
                "or it is no longer for you to see."
            )
        )
    letter = _without_our_words(letter, kind, target, delivery)
    letter = replace(letter, part=door.part)
    has_calendar = any(
        each[2].startswith("text/calendar") for each in letter.attachments
    )
    if not letter.text.strip() and letter.photos:
        letter = replace(letter, text=_("A photo"))
    if not letter.text.strip() and not has_calendar:
        raise Turned(_("Your mail had no words of your own above what it quoted."))
    _refuse_endless(letter)
    words = ""
    if door.person is not None and door.space is not None and not kind.reads_commands:
        said = command_in(letter.text, name=door.person.get_full_name())
        if said:
            words = obey(said, person=door.person, space=door.space, target=target)
        if words and not said.rest:
            return Done(words)
        if words:
            letter = replace(letter, text=said.rest)
    told = kind.answer(target, delivery, letter) or ""
    return Done("\n\n".join(each for each in (words, told) if each))


def _refuse_endless(letter):
    if len(letter.text) > LONGEST:
        raise Turned(
            _("Your mail is too long: %(length)d characters; %(most)d can be taken.")
            % {"length": len(letter.text), "most": LONGEST}
        )


def _without_our_words(letter, kind, target, delivery):
    """Where a program quoted our letter without marks, know it by its words.

    What is left may be an answer that somebody wrote into the quote, or below it.
    """
    if not letter.trimmed:
        return letter
    left = letter.trimmed
    # A digest is made of more than its row: it is not composed again.
    if type(kind).gather is Kind.gather:
        sent = compose(kind, target, delivery)
        left = without_ours(left, [sent.text, text_of(sent.html or "")])
    if not letter.text.strip():
        return replace(letter, text=left, trimmed="")
    return replace(letter, trimmed=_veil(left))


def _veil(text):
    return veiled(text, site=settings.ALLIANCE_SITE_URL)
