"""What counts as a letter and as a word, in every script we can meet.

Python's ``\\w`` leaves out combining marks, so a Hindi, Tamil or Arabic word with
vowel signs would break in the middle; here they belong to the word.
"""

import re
import sys
import unicodedata
from itertools import groupby

# Zero-width joiners are part of Persian and Indic words, never their first letter.
JOINERS = "\u200c\u200d"


def _marks() -> str:
    """Return all combining marks as ranges for a character class."""
    codes = [
        code
        for code in range(0x300, min(0x1F000, sys.maxunicode))
        if unicodedata.category(chr(code)) in ("Mn", "Mc")
    ]
    ranges = []
    for _, run in groupby(enumerate(codes), lambda pair: pair[1] - pair[0]):
        run = [code for _, code in run]
        first, last = chr(run[0]), chr(run[-1])
        ranges.append(first if first == last else f"{first}-{last}")
    return "".join(ranges)


MARKS = _marks()
# To be put inside [ ].
IN_WORD = rf"\w{MARKS}{JOINERS}"

# Scripts written without spaces are compared letter by letter: a whole line of Thai
# or Chinese as one "word" would make every difference a whole line.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"

_TOKEN = re.compile(
    rf"[{_UNSPACED}][{MARKS}]*|(?:(?![{_UNSPACED}])[{IN_WORD}])+|\s+|.", re.DOTALL
)
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[{IN_WORD}])+")


def tokens(text: str) -> list[str]:
    """Cut a text into words, spaces and single signs.

    Args:
        text: any text.

    Returns:
        Pieces that, joined, are the text again.
    """
    return _TOKEN.findall(text)


def words(text: str) -> list[str]:
    """Return the words of a text, without spaces and punctuation."""
    return _WORD.findall(text)
