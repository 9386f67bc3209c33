"""Titles of pages: what may stand in one, when two are the same, what address they get.

A link is written with the title (``[[Fire belts]]``), so a title must be writable
between the brackets, and two spellings of one title must be known as one page.
"""

import hashlib
import re
import secrets
import unicodedata
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from markup.tags import tag_key

MAX_TITLE = 200
MAX_KEY = 220
# Of a page's own part of its address, as it is sent.
MAX_ADDRESS = 180
# What the syntax of links needs for itself.
FORBIDDEN = "[]|#"
# Words of the wiki's own addresses (wiki/urls.py).
RESERVED = {
    "new", "care", "changes", "export", "import", "patrol", "proposals", "templates",
    "watching",
}  # fmt: skip

# Control characters, and the ones that turn the direction of the text around them: a
# title made of them could pass for another. Joiners stay, words and emoji need them.
_UNWANTED = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)


def tidy_title(title):
    """A title as it is kept: one line, single spaces, nothing invisible.

    Args:
        title: as typed.
    """
    title = re.sub(r"[\t\r\n\x0b\x0c\u2028\u2029]", " ", title)
    return " ".join(_UNWANTED.sub("", title).split())


def check_title(title):
    """Refuse what cannot be a title.

    Args:
        title: from ``tidy_title``.

    Raises:
        ValidationError: with words for the person.
    """
    if not any(unicodedata.category(sign)[0] in "LNPS" for sign in title):
        raise ValidationError(_("Give the page a title."))
    if len(title) > MAX_TITLE:
        raise ValidationError(
            _(
                "The title has %(length)d characters; %(most)d is the most. "
                "The rest can stand in the text."
            )
            % {"length": len(title), "most": MAX_TITLE}
        )
    found = [sign for sign in FORBIDDEN if sign in title]
    if found:
        raise ValidationError(
            _(
                "A title cannot hold %(signs)s, because [[links]] to the page are "
                "written with them."
            )
            % {"signs": " ".join(found)}
        )


def title_key(title):
    """What all spellings of one title share: capitals, width and spaces do not count.

    Args:
        title: as typed, or as written in a link.

    Returns:
        at most ``MAX_KEY`` characters. Folding can make a title eighteen times as
        long, so what would be longer ends in a digest of the whole.
    """
    key = " ".join(tag_key(tidy_title(title)).split())
    if len(key) <= MAX_KEY:
        return key
    digest = hashlib.blake2b(key.encode(), digest_size=10).hexdigest()
    return f"{key[: MAX_KEY - len(digest) - 1]}~{digest}"


def _stem(title):
    """The words of a title as an address, cut where percent signs make it too long:
    each Arabic letter takes six characters there, each Thai one nine."""
    stem = slugify(title, allow_unicode=True)
    length = 0
    for place, sign in enumerate(stem):
        length += len(quote(sign))
        if length > MAX_ADDRESS:
            stem = stem[:place]
            break
    return stem.strip("-_") or "page"


def slugs_for(title, *, is_group=False):
    """Addresses to try for a title, best first.

    Args:
        title: the page's title.
        is_group: the page is for one stakeholder group. Its address then ends in a
            few random letters, so that the number behind somebody else's address
            never tells of a page they may not know.
    """
    stem = _stem(title)
    if is_group:
        while True:
            yield f"{stem}-{secrets.token_hex(3)}"
    if stem not in RESERVED:
        yield stem
    for number in range(2, 30):
        yield f"{stem}-{number}"
    # Hundreds of titles of emoji only: numbers one after the other would take a
    # query each.
    while True:
        yield f"{stem}-{secrets.token_hex(3)}"
