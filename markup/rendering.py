"""Markdown to safe HTML: the only maker of it in the project.

rendered = render(text, link=pages_by_title, tag_url=space.tag_url)
page.body_html, page.plain = rendered.html, rendered.plain
"""

import logging
import re
import threading
import xml.etree.ElementTree as etree
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.safestring import SafeString
from markdown.serializers import to_html_string

from markup.blocks import build_parser
from markup.fences import cut_fences
from markup.limits import (
    MOST_ELEMENTS,
    PAGE_CAP,
    Budget,
    OverBudget,
    TextTooLong,
    check_length,
    clean,
    soften,
)
from markup.sanitising import sanitise_blocks
from markup.trees import (
    Found,
    Heading,
    escape_text,
    finish,
    name_headings,
    plain,
    settled,
)

logger = logging.getLogger(__name__)

__all__ = [
    "RENDERER_VERSION", "Heading", "Rendered", "Target", "TextTooLong", "excerpt",
    "plain_text", "render",
]  # fmt: skip

# Raised whenever the same text is drawn differently; `manage.py rerender` asks it.
RENDERER_VERSION = 3

_parsers = threading.local()


@dataclass(frozen=True)
class Target:
    """Where a link to a page or a mention leads.

    ``label`` is shown when the writer typed none of their own; a page that does not
    exist yet has the address that starts it.
    """

    url: str
    exists: bool = True
    label: str | None = None


@dataclass(frozen=True)
class Rendered:
    """A text, drawn and read.

    ``tags`` without "#", ``mentions`` and ``links`` (titles) as typed, each once.
    """

    html: SafeString
    plain: str
    headings: list[Heading] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def render(
    text: str,
    *,
    profile: str = "page",
    link: Callable[[list[str]], dict[str, Target]] | None = None,
    mention: Callable[[list[str]], dict[str, Target]] | None = None,
    tag_url: Callable[[str], str] | None = None,
    nofollow: bool = True,
) -> Rendered:
    """Draw a Markdown text as safe HTML.

    Args:
        text: what somebody typed.
        profile: ``message`` (short; line ends break, headings are bold paragraphs,
            no footnotes), ``page`` or ``story``.
        link: gets all titles in ``[[ ]]`` at once, returns targets by title. Without
            it they stay as typed.
        mention: gets all mentioned names at once, returns targets by name. A name
            without a target stays plain text.
        tag_url: returns the address of a tag. Without it a tag is not a link.
        nofollow: tell search engines that links elsewhere are not our advice.

    Returns:
        The HTML, the plain text, and what the text speaks of.

    Raises:
        TextTooLong: when the text is over the cap of its profile.
        KeyError: for a profile that does not exist.
    """
    check_length(text, profile)
    root, found = _parse(text, profile, link, mention, tag_url, nofollow)
    return Rendered(
        html=sanitise_blocks(_draw(root)),
        plain=plain(root),
        headings=found.headings,
        tags=found.tags,
        mentions=found.mentions,
        links=found.links,
    )


def plain_text(text: str, *, words: int | None = None) -> str:
    """Read a Markdown source as plain text, for a mail or an excerpt.

    Args:
        text: Markdown; what lies beyond a page's cap is left out.
        words: cut after so many words.

    Returns:
        The text without markup, links with their address behind them. Never raises.
    """
    root, _ = _parse(text[:PAGE_CAP], "page")
    result = plain(root, addresses=True)
    return result if words is None else _cut(result, words)


def headings_of(text: str, marks: re.Pattern) -> list[tuple[Heading, str]]:
    """Find the headings of a text that carries marks of its own (sections.py).

    Args:
        text: a cleaned text with marks in it.
        marks: what is taken out before a heading is named.

    Returns:
        Each heading as ``render`` would name it, with its words as they came.
    """
    root = _tree(text, "page", True)
    if root is None:
        return []
    for element in root.iter():
        element.text, element.tail = settled(element.text), settled(element.tail)
    return name_headings(root, marks)[1]


_MARKS = re.compile(r"[*_`#\[\]<>|~\\]|^\s*(?:[-+]|\d+\.)\s", re.MULTILINE)


def excerpt(text_or_plain: str, *, words: int = 40) -> str:
    """Return the beginning of a text on one line, cut at a word.

    Args:
        text_or_plain: Markdown or plain text.
        words: how many words to keep.
    """
    # What cannot reach the excerpt need not be parsed.
    text = text_or_plain[: max(words, 1) * 40]
    result = _beginning(text, words)
    if len(text_or_plain) > max(words, 1) * 40 and not result.endswith("…"):
        result = f"{result} …"
    return result


# A list shows the same texts to every reader.
@lru_cache(maxsize=1024)
def _beginning(text: str, words: int) -> str:
    if _MARKS.search(text):
        root, _ = _parse(text, "page")
        text = plain(root)
    return _cut(" ".join(text.split()), words)


def _cut(text: str, words: int) -> str:
    count = 0
    for match in re.finditer(r"\S+", text):
        count += 1
        if count > words:
            return text[: match.start()].rstrip(" \n,;:–—-") + " …"
    return text


def _parse(text, profile, link=None, mention=None, tag_url=None, nofollow=True):
    """Return the finished tree and what was found in it."""
    text = clean(text)
    root = _tree(text, profile, nofollow)
    if root is None:
        return _plain_tree(text), Found()
    found = finish(root, profile=profile, link=link, mention=mention, tag_url=tag_url)
    return root, found


def _tree(text: str, profile: str, nofollow: bool):
    """Parse; None when a text cannot be parsed in the work an honest one takes."""
    kept, fences = cut_fences(text)
    md = _parsers.__dict__.pop(profile, None) or build_parser(profile)
    md.reset()
    md.fences, md.nofollow, md.budget = fences, nofollow, Budget()
    try:
        lines = soften(kept).split("\n")
        for preprocessor in md.preprocessors:
            lines = preprocessor.run(lines)
        root = md.parser.parseDocument(lines).getroot()
        for treeprocessor in md.treeprocessors:
            changed = treeprocessor.run(root)
            root = root if changed is None else changed
    except OverBudget:
        return None
    except Exception as error:  # a text somebody typed must never be an error page
        # Its words may be private, so only the kind of error is told.
        logger.error("A text could not be parsed: %s", type(error).__name__)
        return None
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        return None
    # Only a parser that came through whole is used again: the others may hold anything.
    _parsers.__dict__[profile] = md
    return root


def _plain_tree(text: str):
    """Draw a text as it was typed: paragraphs and line ends, no markup."""
    root = etree.Element("div")
    for block in re.split(r"\n\s*\n", text):
        if not block.strip():
            continue
        paragraph = etree.SubElement(root, "p")
        first, *others = block.strip("\n").split("\n")
        paragraph.text = escape_text(first)
        for line in others:
            etree.SubElement(paragraph, "br").tail = escape_text(line)
    return root


def _draw(root):
    """Write the children of a tree as HTML, one by one."""
    if root.text and root.text.strip():
        yield root.text.strip()
    for child in root:
        yield to_html_string(child)
