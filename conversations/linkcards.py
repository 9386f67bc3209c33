"""What a page elsewhere says of itself, kept on a ``LinkCard``.

The page is asked for by a worker, at a public address only (``fetching.py``), and what
it says is kept as plain words: no picture of it, no frame, no script.
"""

import logging
import re
from datetime import timedelta
from html.parser import HTMLParser

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from conversations.fetching import Refused, Unreachable, fetch_page
from conversations.models import LinkCard
from conversations.stream import stir

log = logging.getLogger(__name__)

# A claim older than this was not answered: the worker died, or the page was away.
PATIENCE = timedelta(minutes=10)
MOST_AT_ONCE = 100


def waiting(now=None):
    """Ids of cards nobody has looked at yet, or not with success.

    Args:
        now: the clock.
    """
    now = now or timezone.now()
    cards = LinkCard.objects.waiting(now - PATIENCE).filter(created__lt=now)
    return list(cards.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])


def fill_card(pk, now=None):
    """Look at one linked page and keep what it says of itself.

    Args:
        pk: of the ``LinkCard``.
        now: the clock.

    Returns:
        the ``LinkCard``, or None when somebody else has it or it has gone.
    """
    now = now or timezone.now()
    claimed = (
        LinkCard.objects.waiting(now - PATIENCE)
        .filter(pk=pk)
        .update(tried=now, tries=F("tries") + 1)
    )
    if not claimed:
        return None
    card = LinkCard.objects.get(pk=pk)
    try:
        page = fetch_page(card.url)
    except Unreachable as error:
        log.info("link card %s: %s", pk, error)
        return card
    except Refused as error:
        log.info("link card %s: %s", pk, error)
        said = Said()
    else:
        said = read_head(page.text)
    card.title, card.description = said.title[:200], said.description[:300]
    card.site = said.site[:100]
    _keep(card)
    return card


@transaction.atomic
def _keep(card):
    """Save what was found; who reads along sees it come."""
    card.fetched = timezone.now()
    card.save(update_fields=["title", "description", "site", "fetched"])
    if card.title:
        for message in card.messages.select_related("thread").order_by("pk"):
            stir(message.thread, message)


class Said(HTMLParser):
    """What a page's head says: ``title``, ``description``, ``site``; plain words."""

    TITLES = ("og:title", "twitter:title")
    DESCRIPTIONS = ("og:description", "twitter:description", "description")

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.metas = {}
        self.words = []
        self.in_title = False

    def handle_starttag(self, tag, attrs):
        """Collect ``meta``; the first of a name counts."""
        if tag == "meta":
            found = dict(attrs)
            name = (found.get("property") or found.get("name") or "").lower()
            self.metas.setdefault(name, found.get("content") or "")
        self.in_title = tag == "title" and not self.words

    def handle_endtag(self, tag):
        """The title has ended."""
        self.in_title = False

    def handle_data(self, data):
        """Words inside the title."""
        if self.in_title:
            self.words.append(data)

    def _first(self, names):
        return next((self.metas[name] for name in names if self.metas.get(name)), "")

    @property
    def title(self):
        return one_line(self._first(self.TITLES) or "".join(self.words))

    @property
    def description(self):
        # A page may ask not to be quoted.
        if "nosnippet" in self.metas.get("robots", "").lower() or not self.title:
            return ""
        return one_line(self._first(self.DESCRIPTIONS))

    @property
    def site(self):
        return one_line(self.metas.get("og:site_name", ""))


_END_OF_HEAD = re.compile(r"</head|<body", re.IGNORECASE)


def read_head(text):
    """Read the head of a page.

    Args:
        text: HTML, perhaps cut off.

    Returns:
        ``Said``.
    """
    said = Said()
    end = _END_OF_HEAD.search(text)
    try:
        said.feed(text[: end.start()] if end else text)
    except (AssertionError, ValueError):
        # What the parser gives up at: "<![x", a sign with a number of 5000 digits.
        # What it had read by then counts.
        pass
    return said


# Signs that turn the direction of what follows, or hide it.
_TRICKS = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069]"
)


def one_line(words):
    """Plain words on one line, without signs that could mislead a reader."""
    return " ".join(_TRICKS.sub(" ", words).split())
