"""A member's digest in words: subject, plain text, HTML.

Members who are told the same, in the same language, zone and layout, share one drawing.
"""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone, translation
from django.utils.html import escape

from digests.items import PAGES, QUESTIONS, STORIES, TALK, WEBINARS
from digests.links import item_address, read_path, rest_path
from digests.wording import lines_of, more_words, subject_of, titles
from notifications.letters import Drawn, absolute, draw
from notifications.words import word_for
from spaces.models import Space

# An excerpt has so many words; where the letter would be too large, fewer.
WORDS = (40, 24, 12)
# A letter's HTML, and its text, in bytes; the marks below are put in afterwards.
LARGEST = 29_000
MOST_DRAWINGS = 200
# What one may answer to change how often it comes, as the letter teaches it.
COMMANDS = ("daily", "weekly", "monthly", "off", "help")

# What differs between two members who are told the same; put in place of these marks.
# They are made up anew by each process, so that nobody can write them.
NAME_MARK = f"name{secrets.token_hex(8)}"
QUIET_MARK = f"https://quiet{secrets.token_hex(8)}.invalid/"
READ_MARK = f"https://read{secrets.token_hex(8)}.invalid/"
REST_MARK = f"https://rest{secrets.token_hex(8)}.invalid/"
# As long as the token it stands for.
TOKEN_MARK = secrets.token_hex(16)
OWN_MARK = secrets.token_hex(12)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A digest as several members get it.

    Attributes:
        drawn: its words, with the marks in them.
        selection: what is in it, after it was made to fit.
    """

    drawn: Drawn
    selection: object


class Drawer:
    """Draws the digests of one batch; keeps what can be used again.

    Args:
        kind: the digest's ``Kind``.
    """

    def __init__(self, kind):
        self.kind = kind
        self._drawings = {}

    def draw(self, membership, delivery, selection):
        """Draw one member's digest.

        Args:
            membership: its space and person loaded.
            delivery: its row.
            selection: from ``personalise``.

        Returns:
            (``notifications.letters.Drawn``, the ``Selection`` that is in it).
        """
        person = membership.person
        key = (
            membership.space_id,
            person.language,
            person.time_zone,
            membership.mail_format,
            membership.since_last_delivered,
            bool(delivery.reply_token),
            bool(membership.mail_token),
            selection.key,
        )
        if key not in self._drawings:
            if len(self._drawings) >= MOST_DRAWINGS:
                self._drawings.clear()
            with translation.override(person.language), timezone.override(person.zone):
                self._drawings[key] = self._draw(membership, delivery, selection)
        drawing = self._drawings[key]
        drawn = _filled(
            drawing.drawn,
            name=person.get_full_name(),
            quiet=absolute(self.kind.quiet_url(membership, delivery)),
            read=absolute(read_path(delivery.pk)),
            rest=absolute(rest_path(delivery.pk)),
            token=delivery.reply_token,
            own=membership.mail_token,
        )
        return drawn, drawing.selection

    def sample(self, membership, delivery, selection):
        """Draw a made-up member's digest: its own links lead to the space, its
        addresses to nobody.

        Args:
            membership, delivery: unsaved, as for ``draw``.
            selection: from ``personalise``.

        Returns:
            As ``draw``.
        """
        person = membership.person
        with translation.override(person.language), timezone.override(person.zone):
            drawing = self._draw(membership, delivery, selection)
        nowhere = absolute(membership.space.get_absolute_url())
        drawn = _filled(
            drawing.drawn,
            name=person.get_full_name(),
            quiet=nowhere,
            read=nowhere,
            rest=nowhere,
            token=delivery.reply_token,
            own="0" * 24,
        )
        return drawn, drawing.selection

    def _draw(self, membership, delivery, selection):
        """As much as fits: fewer words of each item first, then fewer items."""
        for words in WORDS:
            drawn = self._draw_with(membership, delivery, selection, words)
            if _fits(drawn):
                return Drawing(drawn, selection)
        while (shorter := selection.shortened()) is not selection:
            selection = shorter
            drawn = self._draw_with(membership, delivery, selection, WORDS[-1])
            if _fits(drawn):
                break
        return Drawing(drawn, selection)

    def _draw_with(self, membership, delivery, selection, words):
        numbers = iter(range(1, len(selection.entries) + 1))
        told = [
            {
                "title": title,
                "entries": [
                    _numbered(entry, next(numbers), words, delivery)
                    for entry in selection.sections.get(section, ())
                ],
                "more": more_words(section, selection.more.get(section, 0)),
                "more_url": f"{REST_MARK}?in={section}",
            }
            for section, title in titles()
            if section in selection.sections or selection.more.get(section)
        ]
        corner = selection.corner
        context = {
            "sections": told,
            "corner": corner and _numbered(corner, next(numbers), words, delivery),
            "example": example_of(selection) if delivery.reply_token else 0,
            "commands": ", ".join(map(word_for, COMMANDS)),
            "subject": subject_of(selection, membership.space),
            "name": NAME_MARK,
            "quiet_url": QUIET_MARK,
            "read_url": READ_MARK,
            "post_address": _post_address(membership),
            "preview": _preview(selection),
            "text_only": membership.mail_format == membership.MailFormat.TEXT,
        }
        scope = self.kind.scope(membership)
        return draw(self.kind, membership, delivery, context, scope)


def _post_address(membership):
    """Where this member begins a conversation by mail; empty where none can be."""
    has_exchange = membership.space.has_tool(Space.Tool.EXCHANGE)
    if not (membership.mail_token and has_exchange):
        return ""
    return f"post+{OWN_MARK}@{settings.ALLIANCE_MAIL_DOMAIN}"


def _filled(drawn, *, name, quiet, read, rest, token, own):
    """Put one member's own words where the marks are."""
    text, html = drawn.text, drawn.html
    for mark, word in (
        (NAME_MARK, name),
        (QUIET_MARK, quiet),
        (READ_MARK, read),
        (REST_MARK, rest),
        (TOKEN_MARK, token),
        (OWN_MARK, own),
    ):
        text = text.replace(mark, word)
        html = html and html.replace(mark, escape(word))
    return Drawn(drawn.subject, text, html, quiet)


def _numbered(entry, number, words, delivery):
    address = item_address(TOKEN_MARK, number) if delivery.reply_token else ""
    return {"number": number, "address": address, **lines_of(entry, words)}


def example_of(selection):
    """The number that the letter uses to show how one answers.

    A question asks for words, a conversation takes them; of these the third, so that
    nobody takes the number for a part of the form.
    """
    numbered = list(enumerate((entry.item for entry in selection.entries), start=1))
    for section in (QUESTIONS, TALK, STORIES, WEBINARS, PAGES):
        numbers = [number for number, item in numbered if item.section == section]
        if numbers:
            return numbers[:3][-1]
    return 0


def _preview(selection):
    """The first thing that a mailbox shows: what comes first, not whom it greets."""
    if not selection.entries:
        return ""
    lines = lines_of(selection.entries[0], WORDS[-1])
    head = lines["title"] or lines["lead"]
    return ": ".join(filter(None, (head, lines["words"])))


def _fits(drawn):
    return max(len(drawn.html.encode()), len(drawn.text.encode())) <= LARGEST
