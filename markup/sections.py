"""Sections of a text: a heading and everything below it, up to the next one like it.

Which line of a source becomes a heading is known for certain only by who draws it
(fences, lists and quotations have lines that look like one). So each line that may be
a heading gets a mark, the text is parsed, and the headings that carry a mark are the
sections; their ids are those of the drawn page.
"""

import re
from dataclasses import dataclass

from markup.limits import clean
from markup.rendering import headings_of

# Private-use signs, as in fences.py; people's own are removed by ``clean``.
_START, _END = "\ue03a", "\ue03b"
_MARK = re.compile(f"{_START}(\\d+){_END}")
_HASHES = re.compile(r"^(#{1,6}[ \t]+)(?=\S)")
# The older kind, "Words" over "-----": only where the line could be nothing else.
_WORDS = re.compile(r"^[\w\[(*`\"'“«¿¡](?!\.[ \t]|\)[ \t])(?![*+ \t])")
_RULE = re.compile(r"^(?:=+|-+)[ \t]*$")


@dataclass(frozen=True)
class Section:
    """A part of a text that is edited by itself.

    Attributes:
        id: of its heading on the page.
        title: the heading's words.
        level: of the heading as drawn.
        start, end: its place in the (cleaned) text.
    """

    id: str
    title: str
    level: int
    start: int
    end: int


def find_sections(text: str) -> list[Section]:
    """Find the sections of a text, in order; a section holds the smaller ones below.

    Args:
        text: Markdown, cleaned (``markup.limits.clean``), as revisions are.
    """
    marked, places = _marked(text)
    if not places:
        return []
    found = []
    for heading, words in headings_of(marked, _MARK):
        number = _MARK.search(words)
        if number:
            found.append((heading, places[int(number[1])]))
    sections = []
    for place, (heading, start) in enumerate(found):
        end = next(
            (other for later, other in found[place + 1 :]
             if later.level <= heading.level),
            len(text),
        )  # fmt: skip
        sections.append(Section(heading.id, heading.text, heading.level, start, end))
    return sections


def find_section(text: str, place: str) -> Section | None:
    """Find one section.

    Args:
        text: as for ``find_sections``.
        place: the id of its heading.
    """
    return next((each for each in find_sections(text) if each.id == place), None)


def section_text(text: str, section: Section) -> str:
    """Return the source of a section, without the empty lines at its end."""
    return text[section.start : section.end].rstrip()


def with_section(text: str, section: Section, words: str) -> str:
    """Put other words in the place of a section.

    Args:
        text: as for ``find_sections``.
        section: of this very text.
        words: Markdown; empty takes the section away.

    Returns:
        The whole text. What is not in the section stays to the letter.
    """
    words = clean(words).strip("\n").rstrip()
    old = text[section.start : section.end]
    # As many empty lines as stood there: a difference of them would look like a change.
    gap = old[len(old.rstrip()) :]
    rest = text[section.end :]
    if rest and "\n\n" not in gap:
        gap = "\n\n"
    if not words:
        gap = ""
    return text[: section.start] + words + gap + rest


def _marked(text: str) -> tuple[str, dict[int, int]]:
    """The text with a mark in each line that may be a heading, and where each is."""
    lines = text.split("\n")
    places: dict[int, int] = {}
    start = 0
    for number, line in enumerate(lines):
        hashes = _HASHES.match(line)
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if hashes or (_WORDS.match(line) and _RULE.match(below)):
            opening = hashes[1] if hashes else ""
            mark = f"{_START}{len(places)}{_END}"
            places[len(places)] = start
            lines[number] = opening + mark + line[len(opening) :]
        start += len(line) + 1
    return "\n".join(lines), places
