"""An answer to a digest: which of its numbered items it speaks to, and what it does.

The grammar, one line each, upper and lower case alike::

    3: my words          an answer to item 3; the lines below belong to it, too
    reply 3 my words     the same
    mute 3               tell me nothing of it any more
    +1 3                 I say so too
    weekly               how often the digest comes: daily, weekly, monthly, off
    help                 how all this is written

Several stand in one mail. What a person wrote is never lost: words that belong to no
number come back to them.
"""

import re
from dataclasses import dataclass, field, replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.reachability import resume
from conversations.actions import mute_thread, react
from conversations.marks import Reaction
from conversations.models import Thread
from conversations.notifications import answer_by_letter as answer_thread
from conversations.notifications import thread_title
from conversations.permissions import can_follow_thread, can_react_to_message
from digests.words import MUTE, NOD, REPLY, TO
from notifications.words import MEANINGS, plain, word_for
from spaces.actions.members import change_wishes, turn_down
from spaces.actions.refusals import Refused
from spaces.models import Space
from stories.models import Story
from webinars.models import Webinar
from webinars.notifications import answer_by_letter as answer_webinar_by_letter
from wiki.models import Page

# Nobody answers more items in one mail than a digest has.
MOST_PARTS = 30
LONGEST_COMMAND = 40
OFTEN = ("daily", "weekly", "monthly", "off")
SAY, MUTED, NODDED, HOW_OFTEN, STOPPED, HELPED = (
    "say", "mute", "nod", "digest", "stop", "help",
)  # fmt: skip


def _any_of(words):
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_FLAGS = re.IGNORECASE
_VERBS = rf"(?P<mute>{_any_of(MUTE)})|(?P<nod>{_any_of(NOD)})"
_VERB_FIRST = re.compile(rf"(?:{_VERBS})(?:\s+|\s*#)(\d{{1,3}})\W*", _FLAGS)
_VERB_LAST = re.compile(rf"#?(\d{{1,3}})\s*[:：.)–—-]?\s*(?:{_VERBS})\W*", _FLAGS)
_REPLY = re.compile(
    rf"(?:{_any_of(REPLY)})(?:\s+(?:{_any_of(TO)}))?\s+#?(\d{{1,3}})(?!\d)"
    r"\s*[:：.)–—-]?(?:\s+(.*))?",
    _FLAGS | re.DOTALL,
)
# "3: yes", not "7:30".
_COLON = re.compile(r"#?(\d{1,3})\s*[:：](?!\d)\s*(.*)", re.DOTALL)
# "3. yes", "3) yes": only where no item has begun, for people write lists like that.
_LIST = re.compile(r"#?(\d{1,3})\s?[.)–—-](?!\d)\s*(.*)", re.DOTALL)
_SUBJECT = re.compile(r"(?:[^\W\d]{1,4}\s?[:：]\s*)*#?(\d{1,3})\s*[:：](?!\d)", _FLAGS)


@dataclass(slots=True)
class Part:
    """One thing that a mail says.

    Attributes:
        verb: what to do.
        number: the item it is about; None for what concerns the digest itself.
        words: what is said; for the digest, how often it comes.
    """

    verb: str
    number: int | None = None
    words: str = ""


@dataclass(slots=True)
class Said:
    """A mail, read.

    Attributes:
        parts: list of ``Part``, as they came.
        loose: words that belong to no number.
    """

    parts: list = field(default_factory=list)
    loose: str = ""


def read(text, most, *, number=None):
    """Read an answer to a digest.

    Args:
        text: the writer's own words.
        most: how many items the digest has.
        number: the item whose own address it came to; then all of it is about that.

    Returns:
        ``Said``.
    """
    if number is not None:
        return Said([_about(number, text)])
    said, loose = Said(), []
    open_part, is_list, after_gap = None, False, True
    for line in text.replace("\r\n", "\n").split("\n"):
        bare = line.strip()
        part = None
        if len(said.parts) < MOST_PARTS:
            part = _command(bare, after_gap) or _answer(bare, most, open_part, is_list)
        after_gap = not bare
        if part is None:
            if open_part is not None:
                open_part.words += f"\n{line.rstrip()}"
            else:
                loose.append(line.rstrip())
            continue
        said.parts.append(part)
        open_part = part if part.verb == SAY else None
        is_list = part.verb == SAY and _COLON.fullmatch(bare) is None
    for part in said.parts:
        part.words = part.words.strip()
    said.parts = _joined(said.parts)
    said.loose = "\n".join(loose).strip()
    return said


def number_in(subject):
    """The item that a subject such as "Re: 3: How deep?" names, or None."""
    found = _SUBJECT.match(subject.strip())
    return int(found[1]) if found else None


def _about(number, text):
    bare = text.strip()
    if (found := _COLON.fullmatch(bare)) and int(found[1]) == number:
        bare = found[2].strip()
    meaning = MEANINGS.get(plain(bare)) if len(bare) <= LONGEST_COMMAND else None
    if meaning == "mute":
        return Part(MUTED, number)
    if bare in NOD:
        return Part(NODDED, number)
    return Part(SAY, number, bare)


def _command(line, after_gap):
    for pattern in (_VERB_FIRST, _VERB_LAST):
        if found := pattern.fullmatch(line):
            number = next(each for each in found.groups() if each and each.isdigit())
            return Part(MUTED if found["mute"] else NODDED, int(number))
    if not after_gap:
        return None
    meaning = MEANINGS.get(plain(line)) if len(line) <= LONGEST_COMMAND else None
    if meaning in (HELPED, STOPPED):
        return Part(meaning)
    if meaning in OFTEN:
        return Part(HOW_OFTEN, words=meaning)
    return None


def _answer(line, most, open_part, is_list):
    if found := _REPLY.fullmatch(line):
        return Part(SAY, int(found[1]), found[2] or "")
    if (found := _COLON.fullmatch(line)) and (
        int(found[1]) <= most or open_part is None
    ):
        return Part(SAY, int(found[1]), found[2])
    if (
        (open_part is None or is_list)
        and (found := _LIST.fullmatch(line))
        and 1 <= int(found[1]) <= most
    ):
        return Part(SAY, int(found[1]), found[2])
    return None


def _joined(parts):
    """Two answers to one item in one mail are one answer."""
    kept = []
    by_number = {}
    for part in parts:
        if part.verb == SAY and part.number in by_number:
            by_number[part.number].words += f"\n\n{part.words}"
            continue
        if part.verb == SAY:
            by_number[part.number] = part
        kept.append(part)
    return kept


def take(issue, letter, *, by, number=None):
    """Do what an answer to a digest says; each part ends in the same action as the web.

    Args:
        issue: the ``Issue`` that was answered, its membership and space loaded.
        letter: an inbound letter.
        by: who wrote it.
        number: the item whose own address it came to.

    Returns:
        What to tell the writer.

    Raises:
        ValidationError: nothing of it could be done; says why, and how it is written.
    """
    said = read(letter.text, len(issue.items), number=number)
    if not said.parts and (named := number_in(letter.subject)):
        said = read(letter.text, len(issue.items), number=named)
    done, failed = [], []
    # Pictures go with the first answer; nobody means them several times.
    bare = replace(letter, attachments=(), trimmed="")
    first = next((part for part in said.parts if part.verb == SAY), None)
    for part in said.parts:
        try:
            with transaction.atomic():
                done.append(_do(part, issue, letter if part is first else bare, by))
        except (PermissionDenied, Refused) as fault:
            failed.append((part, str(fault)))
        except ValidationError as fault:
            failed.append((part, " ".join(fault.messages)))
    if not done:
        reasons = [_failed_words(part, reason) for part, reason in failed]
        raise ValidationError("\n".join([*reasons, how_to_write(issue)]))
    lines = [
        *done,
        *(_failed_words(part, reason, back=True) for part, reason in failed),
    ]
    if said.loose:
        lines.append(
            _("These words had no number and were posted nowhere: “%(words)s”")
            % {"words": said.loose}
        )
    return "\n".join(lines)


def how_to_write(issue):
    """The grammar, in a few lines that can be copied."""
    number = min(3, len(issue.items)) or 1
    return _(
        "Put the number of the item in front of your words, on a line of its own: "
        "“%(number)d: your words”. “%(mute)s %(number)d” keeps quiet about it, "
        "“+1 %(number)d” says “me too”. How often the digest comes is one word: "
        "%(often)s."
    ) % {
        "number": number,
        "mute": word_for("mute"),
        "often": ", ".join(map(word_for, OFTEN)),
    }


def _failed_words(part, reason, *, back=False):
    if part.number is None:
        return reason
    words = _("Number %(number)d: %(reason)s") % {
        "number": part.number,
        "reason": reason,
    }
    if back and part.words:
        words += " " + _("You wrote: “%(words)s”") % {"words": part.words}
    return words


def _do(part, issue, letter, by):
    membership = issue.membership
    if part.verb == HELPED:
        return how_to_write(issue)
    if part.verb == STOPPED:
        turn_down(membership, "nothing")
        return _("No more letters from %(space)s.") % {"space": membership.space.name}
    if part.verb == HOW_OFTEN:
        if part.words != Space.Frequency.OFF:
            # Whoever asks for letters wants them, also after a complaint.
            resume(by.email)
        change_wishes(membership, digest=part.words)
        return _("The digest of %(space)s: %(often)s.") % {
            "space": membership.space.name,
            "often": Space.Frequency(part.words).label,
        }
    return _DOES[part.verb](part, _found(issue, part.number, by), letter, by)


def _found(issue, number, by):
    """What stood under a number, as far as its reader may see it still."""
    named = issue.item(number)
    if named is None:
        raise ValidationError(_("there is no such number in that digest."))
    kind, pk = named
    found = (
        _MODELS[kind]
        .objects.visible_to(by)
        .filter(pk=pk, space=issue.membership.space_id)
        .select_related("space")
        .first()
    )
    if found is None:
        raise PermissionDenied(_("it is not there any more, or no longer for you."))
    return found


_MODELS = {"thread": Thread, "story": Story, "page": Page, "webinar": Webinar}


def _thread_of(found):
    if isinstance(found, Thread):
        return found
    if found.thread is None:
        raise PermissionDenied(_("nobody can write under it."))
    # The page's space has been fetched, and the reader's membership is kept on it.
    found.thread.space = found.space
    return found.thread


def _say(part, found, letter, by):
    if not part.words:
        raise ValidationError(_("there were no words behind the number."))
    # One mail may answer several items: each answer has an id made from the mail's.
    own = replace(
        letter,
        text=part.words,
        message_id=f"{letter.message_id}#{part.number}" if letter.message_id else "",
    )
    if isinstance(found, Webinar):
        told = answer_webinar_by_letter(found, by, own)
    else:
        told = answer_thread(_thread_of(found), own, by=by)
    return told or _("Number %(number)d, “%(title)s”: your answer is there.") % {
        "number": part.number,
        "title": _title(found),
    }


def _mute(part, found, letter, by):
    thread = _thread_of(found)
    if not can_follow_thread(by, thread):
        raise PermissionDenied(_("only members are told of it."))
    mute_thread(thread, by=by)
    return _("Number %(number)d, “%(title)s”: you will hear no more of it.") % {
        "number": part.number,
        "title": _title(found),
    }


def _nod(part, found, letter, by):
    if isinstance(found, Webinar):
        return _say(replace(part, words="+1"), found, letter, by)
    thread = _thread_of(found)
    opening = thread.messages.shown().oldest_first().first()
    if opening is None or not can_react_to_message(by, opening):
        raise PermissionDenied(_("there is nothing to say “+1” to."))
    react(opening, by=by, kind=Reaction.Kind.SAME)
    return _("Number %(number)d, “%(title)s”: your “+1” is there.") % {
        "number": part.number,
        "title": _title(found),
    }


_DOES = {SAY: _say, MUTED: _mute, NODDED: _nod}


def _title(found):
    return thread_title(found) if isinstance(found, Thread) else found.title
