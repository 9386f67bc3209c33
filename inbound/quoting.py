"""What a person wrote, without what their mail program quoted below or above it.

The rule where it is unclear: keep more. What is cut on a guess is not thrown away but
kept beside the words (``Words.trimmed``), where people find it behind a fold; only what
is certainly our own letter, or a line that a phone added, is dropped.
"""

import re
from dataclasses import dataclass

from inbound.tongues import (
    ADDED,
    FORWARDED,
    FROM_LINE,
    HEADER_LINE,
    PROGRAMS,
    SEPARATOR,
    WROTE,
)
from notifications.letters import PREVIEW_MARK

# Patterns look at so much of a line; words are never cut.
LONGEST_LINE = 2_000
LONGEST_TRIMMED = 20_000
MOST_LINES = 20_000

# Our letters carry this line above what may be quoted (templates/mail/base.txt).
DELIMITER = re.compile(r"^[>|\s]*~~~ .{1,120} ~~~\s*$")
# What our letters show in a mailbox's list, invisible in the letter itself
# (notifications.letters): programs that quote as text quote it, too.
PREVIEW = re.compile(f"{PREVIEW_MARK}[^{PREVIEW_MARK[0]}]{{0,160}}{PREVIEW_MARK}")
QUOTED = re.compile(r"^\s{0,3}(>|\|\s)")
# "On … wrote:", in any language: ends with a colon and names an address or a moment.
INTRODUCES = re.compile(
    r"(<[^<>\s]+@[^<>\s]+>|\S+@\S+\.\w+|\d{1,2}[:.h]\d{2}|\b20\d\d\b)"
)
ADDRESS = re.compile(r"[^\s<>@\[\]()]+@[^\s<>@\[\]()]+\.\w+")
# Any language, but only where a quote follows at once.
ANY_HEADER = re.compile(r"^[>*\s]{0,4}[^\W\d_][\w .'()-]{0,24}\*?\s?[:：]\*?\s+\S.*$")
RULE = re.compile(r"^\s*(_{5,}|-{5,}|-{2,}\s?[^-]{3,60}\s?-{2,})\s*$")
SIGNATURE = re.compile(r"^-- ?$")
# Marks that say which way to write; they stand around names in Arabic letters.
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True)
class Words:
    """A mail's text, told apart.

    Attributes:
        own: what its writer added; never emptied by a guess.
        trimmed: what was cut and might be theirs all the same.
    """

    own: str
    trimmed: str = ""


def split(text, *, domain=""):
    """Tell a writer's own words from the rest.

    Args:
        text: the plain text of the mail.
        domain: our mail domain; lines that introduce a quote of our letter name it.

    Returns:
        ``Words``.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    lines = PREVIEW.sub("", text).split("\n")
    over = lines[MOST_LINES:]
    lines = lines[:MOST_LINES]
    begin = _begin_of_quote(lines, domain)
    top, signature = _unsigned(lines[:begin])
    quote = lines[begin:]
    below, left = _own_below(quote)
    own = [part for part in ("\n".join(top).strip(), below) if part]
    if not own and not any(_is(QUOTED, line) for line in quote):
        own, signature = ["\n".join(signature).strip()], []
    cut = [*signature, *_doubtful(left, quote, domain), *over]
    return Words("\n\n".join(own).strip(), _tidy(cut))


def without_ours(text, sent):
    """Lines that do not stand in our own letter.

    Args:
        text: what a mail quoted without marks.
        sent: our letter, as its programs show it (several texts).

    Returns:
        What is left: perhaps answers that somebody wrote into the quote.
    """
    ours = " ".join(_words_of(each) for each in sent)
    whole = {_words_of(line) for each in sent for line in each.split("\n")}
    kept = []
    for line in text.split("\n"):
        words = _words_of(line)
        is_long = len(words) >= 15
        if words in whole or (is_long and f" {words} " in f" {ours} "):
            continue
        if _is(HEADER_LINE, line) or _is(DELIMITER, line) or _is(ADDED, line):
            continue
        kept.append(line)
    return _tidy(kept)


def veiled(text, *, site=""):
    """Text without addresses and without links of ours, which may hold secrets.

    Args:
        text: what was cut from a mail.
        site: our address.
    """
    if site:
        text = re.sub(rf"{re.escape(site)}/\S*", f"{site}/…", text)
    return ADDRESS.sub("…", text)[:LONGEST_TRIMMED]


def _words_of(text):
    return " ".join(re.findall(r"\w+", text.casefold()))


def _is(pattern, line):
    return pattern.match(_UNSEEN.sub("", line[:LONGEST_LINE]))


def _tidy(lines):
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _begin_of_quote(lines, domain):
    """Number of the first line that is quoted, or that introduces a quote."""
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        if _is(DELIMITER, line) or _is(QUOTED, line):
            return len(_without_introduction(lines[:number], domain))
        if _is(FORWARDED, line):
            return next(
                (n for n, each in enumerate(lines) if _is(DELIMITER, each)), len(lines)
            )
        if _is(SEPARATOR, line):
            return number
        if _is(FROM_LINE, line) and _heads(lines[number : number + 8]):
            return _without_rule(lines, number)
        if number and _is(RULE, line) and _heads(lines[number + 1 : number + 9]):
            return number
        if length := _introduction(lines[number : number + 4], domain):
            following = next((each for each in lines[number + length :] if each), "")
            if not following.strip() or WROTE.search(
                _UNSEEN.sub("", " ".join(lines[number : number + length]))
            ):
                return number
    return len(lines)


def _heads(lines):
    """Whether these begin with the headers of another mail: From, Sent, To …"""
    lines = [line for line in lines if line.strip()]
    block = 0
    for line in lines[:6]:
        if not _is(HEADER_LINE, line):
            break
        block += 1
    if block < 3:
        return False
    head = " ".join(lines[:block])
    return bool(INTRODUCES.search(_UNSEEN.sub("", head)))


def _without_rule(lines, number):
    while number and not lines[number - 1].strip():
        number -= 1
    return number - 1 if number and _is(RULE, lines[number - 1]) else number


def _introduction(lines, domain):
    """How many of these lines say "On …, X <address> wrote:"; 0: they do not."""
    joined = ""
    for length, line in enumerate(lines, start=1):
        if not line.strip() or len(line) > 300:
            return 0
        joined = f"{joined} {line.strip()}".strip()
        bare = _UNSEEN.sub("", joined).rstrip()
        if bare.endswith((":", "：")):
            names = domain and domain in bare
            spoken = ADDRESS.search(bare) and WROTE.search(bare)
            return length if (names and INTRODUCES.search(bare)) or spoken else 0
    return 0


def _unsigned(lines):
    """(lines without a signature, the signature); what phones add goes altogether."""
    signature = []
    for number, line in enumerate(lines):
        if _is(SIGNATURE, line) and any(each.strip() for each in lines[:number]):
            lines, signature = lines[:number], lines[number + 1 :]
            break
    return _without_added(lines), _without_added(signature)


def _without_added(lines):
    lines = list(lines)
    while lines:
        last = lines[-1].strip()
        if last and not _is_added(last):
            break
        lines.pop()
    return lines


def _is_added(line):
    bare = _UNSEEN.sub("", line[:200]).strip()
    return bool(ADDED.match(bare) and PROGRAMS.search(bare))


def _own_below(lines):
    """(own lines between or below quoted ones, each with the quote it answers;
    lines that were left).

    Only lines marked with ``>`` count as quoted here: where a program quotes without
    marks, nobody can tell whose a line is, and all of it is left.
    """
    first = next((n for n, line in enumerate(lines) if _is(QUOTED, line)), None)
    if first is None:
        return "", lines
    quote, kept, own, left, runs = [], [], [], lines[:first], []
    for number, line in enumerate(lines[first:], start=first):
        if _is(QUOTED, line):
            kept, own = kept + own, []
            quote.append(line)
        elif _is(SIGNATURE, line):
            left = left + lines[number + 1 :]
            break
        elif line.strip():
            if quote:
                runs.append(quote)
                kept += ["", *_last_of(quote)]
                left = left + quote
                quote = []
            own.append(line)
        elif own:
            own.append(line)
    kept += own
    left = left + quote
    if len(runs) == 1 and not quote and _is_whole(runs[0]):
        # Written below the letter as it came: it answers all of it, not its last line.
        kept = [line for line in kept if not _is(QUOTED, line)]
    words = [line for line in kept if line.strip() and not _is(QUOTED, line)]
    if not words or _is_wrapped_quote(lines[first:], words):
        return "", lines
    kept = _without_added("\n".join(kept).strip().split("\n"))
    if all(_is(QUOTED, line) or not line.strip() for line in kept):
        return "", lines
    return "\n".join(kept), left


def _last_of(quote):
    """The last lines of a quote that say something: what is being answered."""
    spoken = [line for line in quote if line.strip(" >|")]
    return [line for line in spoken if not _is(DELIMITER, line)][-2:]


def _is_whole(quote):
    """Whether nobody shortened this quote to what they answer."""
    return len([line for line in quote if line.strip(" >|")]) > 3


def _is_wrapped_quote(lines, words):
    """Whether these words are ends of quoted lines that a program broke.

    A wrapped line follows a long quoted one at once, without a blank line.
    """
    words = set(words)
    for before, line in zip(lines, lines[1:], strict=False):
        if line in words and not (_is(QUOTED, before) and len(before) > 60):
            return False
    return True


def _doubtful(left, quote, domain):
    """Of what was cut, the lines that might not be our own letter."""
    is_ours = any(_is(DELIMITER, line) for line in quote) or any(
        domain and domain in line for line in quote[:6]
    )
    lines = [
        line
        for line in left
        if not (_is(DELIMITER, line) or _is(SEPARATOR, line) or _is_added(line.strip()))
        and not (is_ours and _is(QUOTED, line))
    ]
    while lines and (
        not lines[0].strip() or _is(HEADER_LINE, lines[0]) or _is(RULE, lines[0])
    ):
        lines.pop(0)
    if length := _introduction(lines[:4], domain):
        return lines[length:]
    for length in (1, 2, 3, 4) if is_ours else ():
        line = _UNSEEN.sub("", " ".join(each.strip() for each in lines[:length]))
        if line.endswith((":", "：")) and len(line) < 300:
            return lines[length:] if WROTE.search(line) else lines
    return lines


def _without_introduction(lines, domain):
    """Lines without "On … wrote:" or a block of From/Sent/To/Subject at their end."""
    lines = list(lines)
    while lines and not lines[-1].strip():
        lines.pop()
    block = 0
    while block < len(lines) and block < 8 and _is(ANY_HEADER, lines[-1 - block]):
        block += 1
    head = "\n".join(lines[len(lines) - block :])
    # A person's own list of three prices above the quote is none.
    if block >= 3 and ADDRESS.search(head[:LONGEST_LINE]):
        lines = lines[: len(lines) - block]
        while lines and not lines[-1].strip():
            lines.pop()
        if lines and _is(RULE, lines[-1]):
            lines.pop()
        return lines
    for length in (1, 2, 3, 4):
        if length > len(lines):
            break
        if any(len(line) > LONGEST_LINE for line in lines[-length:]):
            break
        end = _UNSEEN.sub("", " ".join(line.strip(" >") for line in lines[-length:]))
        if not end.rstrip().endswith((":", "：")):
            break
        names_us = domain and domain in end
        if INTRODUCES.search(end) and (names_us or len(end) < 300):
            longer = lines[:-length]
            # A long introduction begins on the line before: "On Monday, …⏎ wrote:".
            if length < 4 and longer and longer[-1].strip() and _begins(longer[-1]):
                continue
            return longer
    if lines and _is(RULE, lines[-1]):
        lines.pop()
    return lines


def _begins(line):
    return len(line) < 200 and bool(re.match(r"^\s*[^\W\d_]{1,4}\b.*\d", line))
