"""Reads the texts of the demo, which are written to be pleasant to write.

A script is one text. A line that begins with a mark opens a part::

    == 12.5 yaa question via=voice typed=abena
    -- 3h kofi
    ++ 40.0 hanna why the page was changed

``==`` begins a thing (days ago, who, kind of talk, flags), ``--`` is an answer (how
long after the line above), ``++`` a later version of a page. ``new 0.4`` instead of a
number of days is that share of the time since the last digest.
"""

import re
from dataclasses import dataclass, field

TALKS = {"question", "experience", "resource", "offer", "view", "thanks"}
_HEADER = re.compile(
    r"^(?P<mark>==|--|\+\+) (?P<when>new [\d.]+|[\d.]+[hd]?) (?P<who>\w+)(?P<rest>.*)$"
)
_KEEPS_ITS_LINE = re.compile(r"^(\||#|> |- |\d+\. )")
_FIELD = re.compile(r"^(title|place|happened): (.*)$")
_SECTION = re.compile(r"^@(\w+)$")


@dataclass
class Part:
    """One part of a script.

    Attributes:
        mark: ``==``, ``--`` or ``++``.
        when, who, talk, flags: from the header; ``note`` is the rest of a ``++`` line.
        fields: title, place, happened.
        sections: (name, text) in order; the text before the first ``@`` is ``""``.
        answers, versions: the ``--`` and ``++`` parts that follow a ``==``.
    """

    mark: str
    when: str
    who: str
    talk: str = ""
    note: str = ""
    flags: dict = field(default_factory=dict)
    fields: dict = field(default_factory=dict)
    sections: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    versions: list = field(default_factory=list)

    @property
    def words(self):
        """The text of a part that has no sections."""
        return dict(self.sections).get("", "")


def read(script):
    """Read a script.

    Args:
        script: the text.

    Returns:
        list of its ``==`` parts, each with its answers and versions.
    """
    things = []
    for header, lines in _split(script):
        part = _part(header, lines)
        if part.mark == "==":
            things.append(part)
        elif part.mark == "--":
            things[-1].answers.append(part)
        else:
            things[-1].versions.append(part)
    return things


def _split(script):
    header, lines = None, []
    for line in script.strip().splitlines():
        found = _HEADER.match(line)
        if found:
            if header:
                yield header, lines
            header, lines = found, []
        else:
            lines.append(line)
    if header:
        yield header, lines


def _part(header, lines):
    part = Part(header["mark"], header["when"], header["who"])
    words = header["rest"].split()
    if part.mark == "++":
        part.note = " ".join(words)
    else:
        part.talk = next((word for word in words if word in TALKS), "")
        part.flags = dict(
            word.partition("=")[::2] for word in words if word not in TALKS
        )
    name, held = "", []
    for line in lines:
        if found := _FIELD.match(line):
            part.fields[found[1]] = found[2]
        elif found := _SECTION.match(line):
            part.sections.append((name, held))
            name, held = found[1], []
        else:
            held.append(line)
    part.sections.append((name, held))
    part.sections = [(name, flow(held)) for name, held in part.sections]
    return part


def flow(lines):
    """Join the lines of each paragraph; tables, lists and headings keep theirs.

    Args:
        lines: as they stand in the script.

    Returns:
        Markdown. A blank first line stays, as ``@end`` needs to know of it.
    """
    out = []
    for line in lines:
        text = line.strip()
        joins = out and out[-1] and not out[-1].startswith(("#", "|"))
        if text and joins and not _KEEPS_ITS_LINE.match(text):
            out[-1] += f" {text}"
        else:
            out.append(text)
    return "\n".join(out).rstrip()


def amend(text, sections):
    """The next version of a page.

    Args:
        text: the version before.
        sections: of a ``++`` part: ``find`` and ``with`` in pairs, or ``end``.

    Returns:
        the new text.

    Raises:
        ValueError: what is to be replaced does not stand there, or more than once.
    """
    wanted = ""
    for name, words in sections:
        if name == "end":
            text = f"{text}\n{words}"
        elif name == "find":
            wanted = words
            if text.count(wanted) != 1:
                raise ValueError(f"stands {text.count(wanted)} times: {wanted!r}")
        elif name == "with":
            text = text.replace(wanted, words)
    return text
