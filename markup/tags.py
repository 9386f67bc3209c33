"""Hashtags: how they are recognised, and how two spellings are known to be one."""

import re
import unicodedata

from markup.fences import without_code
from markup.letters import IN_WORD

# Not after a letter, an "&" (entities) or a "/" (addresses); "##" is no tag either.
# A tag needs a sign that is no digit: "#1" and "#2026" are numbers. The look behind
# stands behind the "#", so that a search leaps from one "#" to the next.
HASHTAG = re.compile(
    rf"#(?<![{IN_WORD}&/#\\]#)(?=[\d_-]*[^\W\d_])(\w[{IN_WORD}-]{{0,63}})(?<!-)"
)

_INLINE_CODE = re.compile(r"(?<!`)(`{1,8})(?!`)(.{1,2000}?)(?<!`)\1(?!`)", re.DOTALL)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>]{1,2000}", re.IGNORECASE)
_LINK_TARGET = re.compile(r"\]\([^()\s]{1,2000}")


def hashtags(text: str) -> list[str]:
    """Find the hashtags of a Markdown source.

    Args:
        text: Markdown as typed.

    Returns:
        The tags as typed, without the ``#``, in order, each once (two spellings of
        one tag count as one). Code, addresses and plain numbers are left out.
    """
    text = without_code(text)
    for pattern in (_INLINE_CODE, _LINK_TARGET, _ADDRESS):
        text = pattern.sub(" ", text)
    return unique_tags(match.group(1) for match in HASHTAG.finditer(text))


def unique_tags(names) -> list[str]:
    """Keep the first spelling of each tag, in order."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(tag_key(name), name)
    return list(first.values())


def tag_key(name: str) -> str:
    """Return what all spellings of one tag share.

    ``İstanbul`` folds to "i" and a lone combining dot, which the database and the
    browser each treat in their own way (a trap that made django-taggit answer 500),
    so the dot goes.
    """
    folded = unicodedata.normalize("NFKC", name).casefold().replace("\u0307", "")
    return unicodedata.normalize("NFKC", folded).casefold().replace("\u0307", "")
