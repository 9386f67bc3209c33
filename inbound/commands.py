"""Short words that do something: "+1", "mute", "weekly", "help" …

A command is all that a mail says, but for a name below it: "Help, the well is dry" is a
message. Which words mean what is said in ``notifications.words``.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.reachability import resume
from conversations.actions import (
    follow_thread,
    mute_thread,
    react,
    take_reaction_back,
)
from conversations.marks import Reaction
from conversations.models import Message
from conversations.permissions import can_follow_thread, can_write_in_thread
from notifications.words import MEANINGS, plain, word_for
from spaces.actions.members import change_wishes, turn_down

# What may stand below a command besides the writer's own name.
CLOSINGS = (
    "thanks thank you regards best kind cheers merci cordialement salutations gracias "
    "saludos obrigado obrigada abraço asante ahsante salamu danke grüße gruß mit "
    "freundlichen viele groet groeten bedankt شكرا تحياتي مع"
)
LONGEST = 400


@dataclass(frozen=True)
class Said:
    """A command found in a mail, and the words beside it."""

    name: str
    rest: str = ""


_CLOSING_WORDS = set(plain(CLOSINGS).split())


def command_in(text, *, name=""):
    """The command a mail consists of.

    Args:
        text: the writer's own words.
        name: what they are called; may stand below.

    Returns:
        ``Said``, or None: then it is a message.
    """
    lines = [line.strip() for line in text[:40_000].split("\n") if line.strip()]
    if not lines:
        return None
    found = MEANINGS.get(plain(lines[0])) if len(lines[0]) <= 40 else None
    if found is None:
        return None
    rest = "\n".join(lines[1:])
    known = _CLOSING_WORDS | set(plain(name).split())
    is_closing = len(rest) <= LONGEST and set(plain(rest).split()) <= known
    if not rest or is_closing:
        return Said(found)
    # Whoever agrees and says more has both: the nod, and the message.
    return Said(found, rest) if found == "agree" else None


def obey(said, *, person, space, target=None):
    """Do what a command says.

    Args:
        said: from ``command_in``.
        person: who wrote.
        space: which space it is about; they are a member.
        target: what was answered (a message, or something with a ``thread``).

    Returns:
        A sentence that says what was done and how to undo it; "" where the command
        means nothing here, and the mail is a message.
    """
    membership = space.membership_of(person)
    if membership is None:
        return ""
    if said.name in ("daily", "weekly", "monthly", "off", "stop"):
        return _set_letters(said.name, membership)
    if said.name == "help":
        return explain(membership)
    thread = getattr(target, "thread", None)
    if thread is None:
        return ""
    if said.name in ("mute", "follow"):
        return _set_thread(said.name, thread, person)
    return _nod(said.name, target, thread, person)


def _set_letters(name, membership):
    words = {"space": membership.space.name}
    if name in ("daily", "weekly", "monthly"):
        # Whoever asks for letters wants them, also after a complaint.
        resume(membership.person.email)
    if name == "stop":
        turn_down(membership, "nothing")
        return _(
            "No letters come from %(space)s any more. You stay a member. For a letter "
            "a week, answer with: %(word)s"
        ) % {**words, "word": word_for("weekly")}
    change_wishes(membership, digest=name)
    others = [each for each in ("daily", "weekly", "monthly", "off") if each != name]
    words["others"] = ", ".join(word_for(each) for each in others)
    return {
        "daily": _(
            "The digest of %(space)s comes every day now. To have it otherwise, answer "
            "with one of: %(others)s"
        ),
        "weekly": _(
            "The digest of %(space)s comes once a week now. To have it otherwise, "
            "answer with one of: %(others)s"
        ),
        "monthly": _(
            "The digest of %(space)s comes once a month now. To have it otherwise, "
            "answer with one of: %(others)s"
        ),
        "off": _(
            "The digest of %(space)s does not come any more; letters about what "
            "concerns you still do. To have it again, answer with one of: %(others)s"
        ),
    }[name] % words


def _set_thread(name, thread, person):
    if not can_follow_thread(person, thread):
        return ""
    words = {"title": thread.title or _("this conversation")}
    if name == "mute":
        mute_thread(thread, by=person)
        words["word"] = word_for("follow")
        return (
            _(
                "You hear nothing of “%(title)s” any more. To hear of it again, "
                "answer with: %(word)s"
            )
            % words
        )
    follow_thread(thread, by=person)
    words["word"] = word_for("mute")
    return (
        _(
            "You hear of everything new in “%(title)s”. To hear nothing of it, "
            "answer with: %(word)s"
        )
        % words
    )


def _nod(name, message, thread, person):
    if not isinstance(message, Message) or not can_write_in_thread(person, thread):
        return ""
    words = {"who": message.author_label}
    if name == "unagree":
        take_reaction_back(message, by=person, kind=Reaction.Kind.SAME)
        return _("Your “same here” to %(who)s has been taken back.") % words
    if name != "agree":
        return ""
    react(message, by=person, kind=Reaction.Kind.SAME)
    return (
        _(
            "Your “same here” stands beside what %(who)s wrote. To take it back, "
            "answer with: -1"
        )
        % words
    )


def explain(membership):
    """What can be done by mail, with the words of the reader's language.

    Args:
        membership: the reader's, in the space whose letter was answered.
    """
    space = membership.space
    lines = [
        ("+1", _("same here, without a message")),
        (word_for("mute"), _("hear nothing more of this conversation")),
        (word_for("follow"), _("hear of everything new in it")),
        (word_for("daily"), _("a digest every day")),
        (word_for("weekly"), _("a digest once a week")),
        (word_for("monthly"), _("a digest once a month")),
        (word_for("off"), _("no digest")),
        (word_for("stop"), _("no letters from %(space)s") % {"space": space.name}),
    ]
    head = _("Answer any letter and your words are posted. One word alone does this:")
    own = []
    if membership.post_address and space.has_tool("exchange"):
        own += ["", _("To begin a conversation, write to:"), membership.post_address]
    if membership.story_address and space.has_tool("stories"):
        own += ["", _("To tell a story, write to:"), membership.story_address]
    meanings = [f"{word}: {meaning}" for word, meaning in lines]
    return "\n".join([head, "", *meanings, *own])
