"""One message as it is drawn for one reader, with what may be done with it."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conversations.folding import fold
from conversations.models import Message, Reaction
from conversations.permissions import can_react_in_thread, can_write_in_thread
from conversations.wording import cut_headline
from files.drawing import photo as draw_photo
from markup.sanitising import sanitised
from spaces.permissions import can_tend_space
from ui import drawing
from ui.sprite import icon

NOTHING = drawing.EMPTY
ICONS = {
    "question": "question",
    "experience": "talk",
    "resource": "link",
    "offer": "gift",
    "view": "views",
    "thanks": "thanks",
}


@dataclass
class Row:
    """One message, ready to be put on the page; ``body_html`` is markup's own."""

    pk: int
    shape: str
    head: str
    body_html: str
    foot: str

    def item(self, more=""):
        """The message as an item of its list.

        Args:
            more: further classes.
        """
        return format_html(
            '<li id="m{}" class="{}{}">{}<div class="prose prose-small" dir="auto">{}'
            "</div>{}</li>",
            self.pk,
            self.shape,
            more,
            self.head,
            sanitised(self.body_html),
            self.foot,
        )

    def fresh_item(self):
        """The same, of a message that has just come."""
        return self.item(" message-new")


class Drawing:
    """Draws the messages of one page for one reader; rights are asked once, and words
    that stand beside every message are looked up once.

    Args:
        user: the reader.
        thread: the ``Thread``, its ``space`` entered by this reader.
        messages: of ``drawn_for(user)``.
    """

    def __init__(self, user, thread, messages):
        self.user = user
        self.thread = thread
        self.space = thread.space
        self.tends = can_tend_space(user, thread.space)
        self.writes = can_write_in_thread(user, thread)
        self.reacts = can_react_in_thread(user, thread)
        self.names = {message.pk: message.author_label for message in messages}
        self.spare = getattr(user, "low_bandwidth", False)
        slug = thread.space.slug
        self.below = reverse("conversations:message_detail", args=[slug, 0])[:-2]
        self.steps = {verb: self._step(verb, label()) for verb, label in STEPS.items()}

    def _step(self, verb, label):
        """A link of a message, written but for the message's number."""
        if verb in ("answer", "quote"):
            query = "?answers={0}" if verb == "answer" else "?answers={0}&amp;quote=1"
            return f'<a href="{query}#reply">{_braced(label)}</a>'
        return f'<a href="{_braced(self.below)}{{0}}/{verb}/">{_braced(label)}</a>'

    def owns(self, message):
        """Its author, or the one who typed it."""
        return self.user.pk is not None and self.user.pk in (
            message.author_id,
            message.entered_by_id,
        )

    def row(self, message):
        """One answer."""
        if gone := self._gone(message):
            return gone
        shape = "message"
        if message.held or message.hidden:
            shape += " message-quiet"
        return Row(
            pk=message.pk,
            shape=shape,
            head=self._head(message),
            body_html=message.body_html,
            foot=self._foot(message),
        )

    def opening(self, message):
        """(title, row) of the post itself: its first line is the page's title."""
        if gone := self._gone(message):
            return self.thread.title or _("Withdrawn post"), gone
        headline, rest = cut_headline(message.body_html)
        return headline and self.thread.title, Row(
            pk=message.pk,
            shape="message message-opening",
            head=self._head(message, with_talk=False),
            body_html=rest,
            foot=self._foot(message),
        )

    def _gone(self, message):
        """What stands in the place of words that this reader may not see."""
        if message.hidden is None and message.held is None:
            return None
        if message.is_withdrawn:
            words = _("%(who)s has withdrawn this.") % {"who": message.author_label}
        elif self.tends or self.owns(message):
            return None
        elif message.hidden:
            words = _("A steward has hidden this message.")
        else:
            words = _("A message waits here for a steward to look at it.")
        return Row(
            pk=message.pk,
            shape="message message-gone",
            head=format_html("<p>{}</p>", words),
            body_html="",
            foot="",
        )

    def _head(self, message, *, with_talk=True):
        byline = drawing.byline(
            message.author,
            message.author_name or _("former member"),
            message.author_group,
            when=message.created,
            came_by=message.came_by,
            entered_by=message.entered_by,
            href=f"#m{message.pk}",
            extra=self._edited(message) if message.edited else "",
        )
        talk = talk_label(message.talk) if with_talk else NOTHING
        return talk + self._state(message) + byline + self._answered(message)

    def _edited(self, message):
        return format_html(
            '<a href="{}{}/history/">{}</a>', self.below, message.pk, _("edited")
        )

    def _answered(self, message):
        name = self.names.get(message.answers_id)
        if name is None:
            return NOTHING
        return format_html(
            '<p class="message-to">{}<a href="#m{}">{}</a></p>',
            icon("reply"),
            message.answers_id,
            _("to %(name)s") % {"name": name},
        )

    def _state(self, message):
        if message.hidden:
            return format_html(
                '<p class="message-state">{}{} {}</p>',
                icon("eye"),
                _("Hidden by a steward."),
                message.hidden_reason,
            )
        if message.held:
            return format_html(
                '<p class="message-state">{}{}</p>',
                icon("clock"),
                _("Waits for a steward; others do not see it yet."),
            )
        return NOTHING

    def _foot(self, message):
        parts = [fold(message)]
        if message.photo_id is not None:
            file = draw_photo(message.photo, space=self.space, spare=self.spare)
            parts.append(format_html('<p class="message-photo">{}</p>', file))
        if message.card_id is not None:
            parts.append(draw_card(message.card))
        if steps := "".join(self.steps[verb] for verb in self._verbs(message)):
            line = f'<p class="message-links">{steps}</p>'
            parts.append(format_html(line, message.pk))
        parts.append(self.nods(message))
        return drawing.joined(parts)

    def _verbs(self, message):
        if message.hidden:
            if self.tends:
                yield "restore"
            if self.owns(message):
                yield "withdraw"
            return
        if self.writes and message.held is None:
            yield "answer"
            yield "quote"
        if self.owns(message):
            if self.writes:
                yield "edit"
            yield "withdraw"
        if self.tends:
            if message.held:
                yield "release"
            if not self.owns(message):
                yield "hide"

    def nods(self, message):
        """Who nodded how; buttons for who may.

        Args:
            message: the ``Message``, of ``drawn_for``.
        """
        if message.hidden is not None or message.held is not None:
            return NOTHING
        can = self.reacts and self.user.pk != message.author_id
        return draw_nods(message, self.below if can else "")


STEPS = {
    "answer": lambda: _("Answer"),
    "quote": lambda: _("Quote"),
    "edit": lambda: _("Edit"),
    "withdraw": lambda: _("Withdraw"),
    "release": lambda: _("Let through"),
    "hide": lambda: _("Hide"),
    "restore": lambda: _("Restore"),
}


def _braced(words):
    return escape(words).replace("{", "{{").replace("}", "}}")


def draw_card(card):
    """The page a message links to, in its own words: no picture, nothing is fetched."""
    if not card.title:
        return NOTHING
    return format_html(
        '<div class="notice small">{}<p dir="auto"><a href="{}" '
        'rel="nofollow ugc noopener">{}</a> <span class="soft">{}</span>{}</p></div>',
        icon("link"),
        card.url,
        card.title,
        card.site or urlsplit(card.url).hostname or "",
        format_html('<br><span class="soft">{}</span>', card.description)
        if card.description
        else NOTHING,
    )


def draw_nods(message, below=""):
    """The reactions to a message, each with its number.

    Args:
        message: has ``nods``.
        below: where the addresses of messages begin; "" draws no buttons.
    """
    counts = {nod["kind"]: nod for nod in message.nods}
    if not below:
        if not counts:
            return NOTHING
        words = [
            _nod_words(kind, counts[kind]["number"], symbol)
            for kind, symbol in NOD_ICONS.items()
            if kind in counts
        ]
        return format_html(
            '<div class="nods soft small" id="n{}">{}</div>',
            message.pk,
            drawing.joined(words),
        )
    given = "".join(
        _nod_button(kind, get_language(), counts[kind]["own"], counts[kind]["number"])
        for kind in NOD_ICONS
        if kind in counts
    )
    others = tuple(kind for kind in NOD_ICONS if kind not in counts)
    template = f'<div class="nods" id="n{{pk}}">{given}{_more(others, get_language())}'
    return format_html(f"{template}</div>", pk=message.pk, below=below)


NOD_ICONS = {"thanks": "thanks", "same": "people", "tried": "seed", "helps": "leaf"}


def _nod_words(kind, number, symbol):
    return format_html(
        "<span>{} {} {}</span> ", icon(symbol), Reaction.Kind(kind).label, number
    )


# Drawn once in each language, but for the message's number and address: a page of
# talk has more of these buttons than of anything else.
@lru_cache(maxsize=256)
def _more(kinds, language):
    """The fold with the kinds that nobody has used on a message yet."""
    if not kinds:
        return ""
    buttons = "".join(_nod_button(kind, language) for kind in kinds)
    return (
        f'<details class="menu" data-menu><summary>{icon("plus")}{_braced(_("React"))}'
        f"</summary><div>{buttons}</div></details>"
    )


@lru_cache(maxsize=1024)
def _nod_button(kind, language, own=False, number=0):
    count = f" <b>{number}</b>" if number else ""
    return (
        '<button class="nod" form="react" formaction="{below}{pk}/react/" name="kind" '
        f'value="{kind}" id="n{{pk}}-{kind}" aria-pressed="{str(bool(own)).lower()}">'
        f"{icon(NOD_ICONS[kind])}{_braced(Reaction.Kind(kind).label)}{count}</button>"
    )


def talk_label(talk, after=""):
    """The kind of talk in small letters: clay asks, leaf tells.

    Args:
        talk: one of ``Message.Talk``, or "".
        after: more words behind it.

    Returns:
        Safe HTML, or nothing.
    """
    return _talk_label(talk, after, get_language()) if talk in ICONS else NOTHING


@lru_cache(maxsize=512)
def _talk_label(talk, after, language):
    return format_html(
        '<p class="eyebrow{}">{}<span>{}{}</span></p>',
        " eyebrow-clay" if talk in ("question", "view") else "",
        icon(ICONS[talk]),
        Message.Talk(talk).label,
        format_html(" · {}", after) if after else NOTHING,
    )
