"""How a message came to say what it says."""

from dataclasses import dataclass
from datetime import datetime

from conversations.models import Message
from markup.diffing import compare
from ui.diffs import draw_inline


@dataclass(frozen=True)
class Change:
    """One edit, drawn; the first words of all have nothing to be compared with.

    Attributes:
        writer: who wrote it so, or None when the account has gone.
        written: when.
        talk: the kind of talk it became, in words; "" where that stayed.
        diff: safe HTML, or "" for the first words.
        first: the first words, as typed.
    """

    writer: object
    written: datetime
    talk: str = ""
    diff: str = ""
    first: str = ""


def changes_of(message):
    """Every change of a message, the newest first and its first words last.

    Args:
        message: the ``Message``.

    Returns:
        list of ``Change``; one query more than the message itself.
    """
    stages = [
        (wording.writer, wording.written, wording.body, wording.talk)
        for wording in message.wordings.select_related("writer").order_by(
            "written", "pk"
        )
    ]
    last = message.edited_by or message.entered_by or message.author
    stages.append((last, message.edited or message.created, message.body, message.talk))
    writer, written, before, talk_before = stages[0]
    changes = [Change(writer, written, first=before)]
    for writer, written, body, talk in stages[1:]:
        changes.append(
            Change(
                writer,
                written,
                talk=_talk(talk) if talk != talk_before else "",
                diff=draw_inline(compare(before, body).folded()),
            )
        )
        before, talk_before = body, talk
    return changes[::-1]


def _talk(talk):
    return dict(Message.Talk.choices).get(talk, "–")
