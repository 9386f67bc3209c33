"""From a parsed tree to the finished one: ids, tasks, links filled in, plain text."""

import html
import re
import unicodedata
import xml.etree.ElementTree as etree
from dataclasses import dataclass, field

from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER

from markup.inlines import (
    BARE_NAME,
    FENCE,
    LABEL,
    MENTION,
    PAGE,
    SECTION,
    TAG,
    TYPED,
)
from markup.letters import IN_WORD
from markup.limits import restore
from markup.tags import unique_tags

_HEADING = re.compile(r"^h([1-6])$")
_TASK = re.compile(r"^\s*\[([ xX])\][ \xa0]+")
_NOT_IN_ID = re.compile(rf"[^{IN_WORD}]+")
_BLOCKS = {"p", "div", "pre", "blockquote", "ul", "ol", "dl", "table", "hr", "section",
           "h1", "h2", "h3", "h4", "h5", "h6"}  # fmt: skip
_LINES = {"li", "tr", "dt", "dd"}
# Between whose children white space means nothing.
_HOLDERS = {
    "div",
    "blockquote",
    "ul",
    "ol",
    "dl",
    "table",
    "thead",
    "tbody",
    "tr",
    "section",
}
_SIGNS = {"br": "\n", "hr": "* * *", "sup": "["}
_FIRST = "first"


@dataclass(frozen=True)
class Heading:
    """A heading of a text: its level as drawn, its id, and its words.

    ``is_section`` is False inside a list, a quotation or a box: what stands below such
    a heading is no part of the text that could be edited by itself.
    """

    level: int
    id: str
    text: str
    is_section: bool = True


@dataclass
class Found:
    """What a text speaks of."""

    headings: list[Heading] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def section_id(text: str) -> str:
    """Return the id of a section with this heading (before numbering of doubles)."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "s-" + (_NOT_IN_ID.sub("-", text).strip("-")[:80].strip("-") or "section")


def finish(root, *, profile: str, link, mention, tag_url) -> Found:
    """Complete a parsed tree in place.

    Args:
        root: the tree.
        profile: as in ``render``.
        link, mention, tag_url: as in ``render``.

    Returns:
        The headings, tags, mentions and links found.
    """
    found = Found()
    waiting = []
    for element in root.iter():
        if element.tag == FENCE:
            element.tag = "pre"
        element.text = settled(element.text)
        element.tail = settled(element.tail)
        if element.attrib:
            for name, value in element.items():
                element.set(name, restore(value))
            if not {PAGE, TAG, MENTION}.isdisjoint(element.attrib):
                waiting.append(element)
    if profile == "message":
        _flatten_headings(root)
    else:
        found.headings, _ = name_headings(root)
    _shape(root)
    pages = [element for element in waiting if element.get(PAGE) is not None]
    found.links = list(dict.fromkeys(e.get(PAGE) for e in pages if e.get(PAGE)))
    mentions = _called(root, [element for element in waiting if element.get(MENTION)])
    tags = [element for element in waiting if element.get(TAG)]
    found.tags = unique_tags(element.get(TAG) for element in tags)
    _fill_pages(pages, link(found.links) if link and found.links else {}, link)
    found.mentions = _fill_mentions(mentions, mention)
    for element in tags:
        name = element.attrib.pop(TAG)
        if tag_url:
            element.tag = "a"
            element.set("href", tag_url(name))
    return found


def settled(text: str | None) -> str | None:
    """Return a text of the tree with everything in it that stood for other signs."""
    if not text:
        return text
    text = text.replace(FN_BACKLINK_TEXT, "↩").replace(NBSP_PLACEHOLDER, "\xa0")
    return restore(text)


def _fill_pages(elements, targets, link) -> None:
    for element in elements:
        page, section = element.attrib.pop(PAGE), element.attrib.pop(SECTION)
        label, typed = element.attrib.pop(LABEL), element.attrib.pop(TYPED)
        place = f"#{section_id(section)}" if section else ""
        target = targets.get(page)
        if not page:
            element.tag = "a"
            element.set("href", place)
            element.set("class", "wiki")
        elif target is None:
            if not link:
                element.text = escape_text(typed)
        else:
            element.tag = "a"
            element.set("href", target.url + (place if target.exists else ""))
            element.set("class", "wiki" if target.exists else "wiki missing")
            element.text = escape_text(label or target.label or page)
            if section and not label and target.exists:
                element.text = escape_text(f"{target.label or page} › {section}")


def _called(root, elements) -> list:
    """Whose name calls them: not the names inside a quotation, which stay words."""
    if not elements:
        return []
    quoted = {
        id(element) for quote in root.iter("blockquote") for element in quote.iter()
    }
    for element in elements:
        if id(element) in quoted:
            element.attrib.pop(MENTION)
            element.attrib.pop(BARE_NAME, None)
    return [element for element in elements if id(element) not in quoted]


# A name typed without brackets may go on: "@Ben Tetteh asked".
_NEXT_WORD = re.compile(r"[ \xa0](\w(?:[\w'’.-]*\w)?)")
_MORE_WORDS = 3


def _readings(element) -> list[tuple[str, int]]:
    """The names an element may mean, with how much of the text behind each takes."""
    name = element.attrib.pop(MENTION)
    readings, taken = [(name, 0)], 0
    if element.attrib.pop(BARE_NAME, None):
        for _ in range(_MORE_WORDS):
            word = _NEXT_WORD.match(element.tail or "", taken)
            if word is None:
                break
            name, taken = f"{name} {word[1]}", word.end()
            readings.append((name, taken))
    return readings


def _fill_mentions(elements, mention) -> list[str]:
    """Make links of names; the longest that is somebody's. Returns the names, once."""
    readings = [_readings(element) for element in elements]
    names = list(dict.fromkeys(name for each in readings for name, _ in each))
    targets = mention(names) if mention and names else {}
    meant = []
    for element, possible in zip(elements, readings, strict=True):
        known = [reading for reading in possible if reading[0] in targets]
        if not known:
            meant.append(possible[0][0])
            continue
        name, taken = known[-1]
        meant.append(name)
        target = targets[name]
        element.tag = "a"
        element.set("href", target.url)
        element.set("class", "mention" if target.exists else "mention missing")
        element.text = escape_text(f"@{target.label or name}")
        element.tail = (element.tail or "")[taken:]
    return list(dict.fromkeys(meant))


def escape_text(text: str) -> str:
    """Write "&" as the tree holds it: its texts may carry entities people typed."""
    return text.replace("&", "&amp;")


def _flatten_headings(root) -> None:
    """A message has no chapters: its headings are bold paragraphs."""
    for element in list(root.iter()):
        if _HEADING.match(element.tag):
            element.tag = "p"
            element.set("class", "heading")
            strong = etree.Element("strong")
            strong.text, element.text = element.text, None
            for child in list(element):
                element.remove(child)
                strong.append(child)
            element.append(strong)


def name_headings(root, marks: re.Pattern | None = None) -> tuple[list, list]:
    """Give headings ids and the right level: the page's title is the only ``h1``.

    Args:
        root: a parsed tree.
        marks: what in their words is no part of their name (sections.py).

    Returns:
        The headings; and each with its words, marks and all.
    """
    elements = [element for element in root.iter() if _HEADING.match(element.tag)]
    step = 1 if any(element.tag == "h1" for element in elements) else 0
    whole = {id(element) for element in root}
    headings, marked = [], []
    seen: dict[str, int] = {}
    for element in elements:
        level = min(int(element.tag[1]) + step, 6)
        element.tag = f"h{level}"
        words = plain(element)
        text = " ".join((marks.sub("", words) if marks else words).split())
        place = section_id(text)
        number = seen.get(place, 0) + 1
        # "a", "a", "a-2" must not meet either.
        while number > 1 and f"{place}-{number}" in seen:
            number += 1
        seen[place] = number
        if number > 1:
            place = f"{place}-{number}"
            seen[place] = 1
        element.set("id", place)
        heading = Heading(level, place, text, id(element) in whole)
        headings.append(heading)
        marked.append((heading, words))
    return headings, marked


def _shape(root) -> None:
    """Task lists, tables that may scroll, footnote links without English titles."""
    for parent in list(root.iter()):
        for place, child in enumerate(list(parent)):
            if child.tag == "table":
                # Reached by keys as well: a wide table scrolls on a phone.
                wrap = etree.Element("div", {"class": "table-wrap", "tabindex": "0"})
                wrap.tail, child.tail = child.tail, None
                parent.remove(child)
                wrap.append(child)
                parent.insert(place, wrap)
            elif child.tag == "pre" and len(child):
                child[0].text = (child[0].text or "").rstrip("\n") + "\n"
            elif child.tag == "th":
                child.set("scope", "col")
            elif child.tag == "li" and _make_task(child):
                parent.set("class", "task-list")
            elif child.get("class") == "footnote-backref":
                child.attrib.pop("title", None)


def _make_task(item) -> bool:
    """Turn "[x] text" into a disabled checkbox labelled by its own text."""
    holder = item
    if not (item.text or "").strip() and len(item) and item[0].tag == "p":
        holder = item[0]
    match = _TASK.match(holder.text or "")
    if not match:
        return False
    label = etree.Element("label")
    box = etree.SubElement(label, "input", {"type": "checkbox", "disabled": "disabled"})
    if match[1] != " ":
        box.set("checked", "checked")
    box.tail = " " + holder.text[match.end() :]
    holder.text = None
    for child in list(holder):
        if child.tag in _BLOCKS:
            break
        holder.remove(child)
        label.append(child)
    holder.insert(0, label)
    item.set("class", "task")
    return True


def plain(root, *, addresses: bool = False) -> str:
    """Read a finished tree as plain text.

    Args:
        root: the tree or a part of it.
        addresses: write out where links lead, as a mail needs.
    """
    reader = _Reader(addresses)
    reader.read(root)
    # A typed or escaped "&lt;" stands in the tree as an entity.
    text = html.unescape("".join(reader.pieces))
    text = re.sub(r"[ \t]+\n", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n ")


class _Reader:
    """Walks a tree and writes it down as text."""

    def __init__(self, addresses: bool):
        self.addresses = addresses
        self.pieces: list[str] = []

    def read(self, element, marker: str = "", depth: int = 0) -> None:
        """Write one element; ``marker`` stands before a list item's first word."""
        tag = element.tag
        holds_blocks = tag in _HOLDERS
        opens_item = marker == _FIRST
        if tag in _BLOCKS and not opens_item:
            self.pieces.append("" if tag in ("ul", "ol") and depth else "\n\n")
        elif tag in _LINES:
            self.pieces.append("\n" + "  " * (depth - 1) + marker)
        elif tag in _SIGNS:
            self.pieces.append(_SIGNS[tag])
        elif tag == "img":
            self.pieces.append(html.escape(element.get("alt") or ""))
        elif tag == "math":
            self.pieces.append(html.escape(element.get("alttext") or ""))
            return
        elif tag == "input":
            self.pieces.append("[x]" if element.get("checked") else "[ ]")
        if element.text and element.get("class") != "footnote-backref":
            self.pieces.append(element.text.strip() if holds_blocks else element.text)
        self._read_children(element, depth + (tag in ("ul", "ol")))
        if tag == "sup":
            self.pieces.append("]")
        elif tag == "a" and self.addresses:
            self._read_address(element)
        elif tag in _BLOCKS and not (tag in ("ul", "ol") and depth):
            self.pieces.append("\n\n")

    def _read_children(self, element, depth) -> None:
        number = _start(element)
        for place, child in enumerate(element):
            marker = ""
            if child.tag == "li":
                marker = f"{number + place}. " if element.tag == "ol" else "- "
            elif element.tag in ("li", "dd") and not place:
                # A paragraph that opens an item stays on the item's line.
                marker = "" if (element.text or "").strip() else _FIRST
            self.read(child, marker, depth)
            if child.tag in ("td", "th") and place + 1 < len(element):
                self.pieces.append(" | ")
            if child.tail and (child.tail.strip() or element.tag not in _HOLDERS):
                self.pieces.append(child.tail)

    def _read_address(self, link) -> None:
        address, shown = link.get("href", ""), "".join(link.itertext())
        if not address.startswith("#") and shown not in (address, address[7:]):
            self.pieces.append(f" ({address})")


def _start(element) -> int:
    start = element.get("start", "1")
    return int(start) if start.isdigit() and len(start) < 7 else 1
