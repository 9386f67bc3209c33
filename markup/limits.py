"""How much text is taken, and how hostile text is softened before it is parsed.

Python-Markdown can be kept busy for half a minute by 8 KB of "[[" (measured), and its
recursion can be driven to the end of the stack. Three things stop that: a cap on the
length; *stand-ins*, private-use characters put in place of signs beyond any honest
number, which the parser does not see and which become the same signs again in the
result, so nobody loses a character; and a budget of operations, counted and not
timed, so that the same text is always drawn alike on a fast or a busy machine.
"""

import re

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

MESSAGE_CAP = 5_000
PAGE_CAP = 60_000
STORY_CAP = 60_000
CAPS = {"message": MESSAGE_CAP, "page": PAGE_CAP, "story": STORY_CAP}

# Weighted characters looked at by the parser; honest pages of 60,000 characters
# need under a tenth of it (tests/markup/test_limits.py counts).
BUDGET = 12_000_000

# bleach needs about 0.1 ms for each; a text of more is shown as it was typed.
MOST_ELEMENTS = 10_000

# Signs the parser reacts to, each with a stand-in.
_SIGNS = "!\"#$&'()*+,-./:;<=>?@[\\]^_`{|}~ 0123456789%"
_FIRST = 0xE000
STAND_IN = {ord(sign): chr(_FIRST + place) for place, sign in enumerate(_SIGNS)}
_BACK = {ord(stand_in): chr(sign) for sign, stand_in in STAND_IN.items()}

# How many of each sign a text may use as markup before the rest are plain signs.
_ALLOWED = {
    "[": 3_000, "!": 3_000, "*": 5_000, "_": 5_000, "`": 4_000, "~": 2_000,
    "|": 6_000, "<": 2_000, "#": 3_000, "@": 2_000, "\\": 3_000, ":": 6_000,
    "&": 3_000,
}  # fmt: skip
_LISTED, _DEFINED, _ABBREVIATED, _NOTED, _DEEP = 4_000, 1_000, 50, 300, 8
_INDENT = 40

# Ours (stand-ins and marks), control characters, and halves of surrogate pairs:
# the last cannot be stored nor sent, the others have no meaning in a text.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000-\ue03f\ufdd0-\ufdef]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_RUN = re.compile(r"([^\w\s]|[ \t\xa0\u2000-\u200b])\1{99,}")
_RULER = re.compile(r"^[-=|: \t]{1,2000}$")
_LINE_RULE = re.compile(r"^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_HEADING = re.compile(r"^#{1,6}[ \t]")
_MARKER = re.compile(r"(?:>|[-*+](?=[ \t])|\d{1,9}\.(?=[ \t])|:(?=[ \t]))[ \t]*")
_LIST_START = re.compile(r"^(?:[-*+]|1[.])[ \t]+\S")
_ABBREVIATION = re.compile(r"^ {0,3}\*\[")


class TextTooLong(ValueError):
    """A text is longer than its kind may be. ``str()`` of it can be shown."""

    def __init__(self, length: int, cap: int):
        self.length, self.cap = length, cap
        super().__init__(
            format_lazy(
                _("This text has {length} characters; {cap} are the most we can take."),
                length=f"{length:,}",
                cap=f"{cap:,}",
            )
        )


class OverBudget(Exception):
    """Parsing would take longer than any honest text needs."""


class Budget:
    """Counts the parser's work.

    Args:
        limit: how many weighted characters may be looked at.
    """

    def __init__(self, limit: int = BUDGET):
        self.limit = limit
        self.spent = 0

    def spend(self, amount: int) -> None:
        """Count some work.

        Raises:
            OverBudget: when the limit is passed.
        """
        self.spent += amount
        if self.spent > self.limit:
            raise OverBudget


def check_length(text: str, profile: str) -> None:
    """Refuse a text over the cap of its profile.

    Raises:
        TextTooLong: with a message for people.
    """
    cap = CAPS[profile]
    if len(text) > cap:
        raise TextTooLong(len(text), cap)


def clean(text: str) -> str:
    """Even out line ends and drop characters that mean nothing in a text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    return _SURROGATE.sub("\ufffd", _UNWANTED.sub("", text))


def restore(text: str) -> str:
    """Turn stand-ins back into the signs they stand for."""
    return text.translate(_BACK)


def hide(text: str) -> str:
    """Turn every sign of a text into its stand-in."""
    return text.translate(STAND_IN)


def soften(text: str) -> str:
    """Take the markup out of whatever exceeds any honest use.

    Args:
        text: cleaned Markdown, fenced code already cut out.

    Returns:
        Text that looks the same when drawn and is quick to parse.
    """
    for sign, allowed in _ALLOWED.items():
        if text.count(sign) > allowed:
            text = _hide_after(text, sign, allowed)
    return "\n".join(_soften_lines(text.split("\n")))


def _hide_after(text: str, sign: str, allowed: int) -> str:
    position = -1
    for _number in range(allowed):
        position = text.index(sign, position + 1)
    head, tail = text[: position + 1], text[position + 1 :]
    return head + tail.replace(sign, STAND_IN[ord(sign)])


def _soften_lines(lines: list[str]) -> list[str]:
    softened: list[str] = []
    listed = defined = abbreviated = noted = 0
    in_list = False
    for line in lines:
        # Two spaces at the end break the line and are all that means something there.
        line = line.rstrip(" \t") + ("  " if line.endswith("  ") else "")
        if not line.strip():
            softened.append("")
            in_list = False
            continue
        if _LIST_START.match(line):
            # People start a list right under its introduction; Markdown would not
            # see it there.
            if (
                not in_list
                and softened
                and softened[-1]
                and softened[-1][0] not in " >|:"
            ):
                softened.append("")
            in_list = True
        if _LINE_RULE.match(line):
            softened += _apart(softened, "---" if "-" not in line else line[:80])
            continue
        if not _RULER.match(line):
            line = _RUN.sub(lambda match: hide(match.group()), line)
        if _HEADING.match(line):
            softened += _apart(softened, line)
            continue
        if _ABBREVIATION.match(line):
            abbreviated += 1
            if abbreviated > _ABBREVIATED:
                line = hide(line)
        noted += line.count("[^")
        if noted > _NOTED:
            line = line.replace("[^", hide("[^"))
        line, markers, definitions = _soften_start(line)
        listed += markers
        defined += definitions
        if listed > _LISTED or defined > _DEFINED:
            line = _without_markers(line)
        softened.append(line)
    return softened


def _apart(before: list[str], line: str) -> list[str]:
    """Give a heading or rule its own block: one huge block of them is quadratic."""
    # "Title\n---" is a heading of the older kind: leave the two together.
    if line.strip("-") == "" and before and before[-1].strip():
        return [line, ""]
    return ["", line, ""] if before and before[-1] else [line, ""]


def _soften_start(line: str) -> tuple[str, int, int]:
    """Bound indentation and nesting; count list and definition markers."""
    body = line.lstrip(" \t")
    indent = line[: len(line) - len(body)].expandtabs(4)
    if len(indent) > _INDENT:
        return indent[:_INDENT] + hide(indent[_INDENT:]) + body, 0, 0
    position = markers = 0
    while marker := _MARKER.match(body, position):
        position = marker.end()
        markers += 1
        if markers > _DEEP:
            return indent + body[:position] + hide(body[position:]), markers, 0
    return indent + body, int(markers > 0), int(body.startswith((":", "!!!", "[^")))


def _without_markers(line: str) -> str:
    body = line.lstrip(" ")
    end = 0
    while marker := _MARKER.match(body, end):
        end = marker.end()
    end = max(end, 3 if body.startswith(("!!!", "[^")) else 0)
    return hide(body[:end]) + body[end:]
