"""Names of spaces and the words they are known by in an address."""

import secrets
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from spaces.models import Space

# Words that would read as an address of the site, not as somebody's space.
RESERVED = frozenset(
    "accounts admin api create dev edit help inbox join login logout media new "
    "people s search settings signup space spaces static tags".split()
)
LONGEST = 50


def tidy_name(name):
    """One line, single blanks, nothing invisible.

    Args:
        name: as typed.

    Returns:
        the name as it is kept.

    Raises:
        ValidationError: nothing in it can be said aloud.
    """
    # Format and control characters (zero width, direction marks) can make two
    # names look alike or turn the text around them; the two joiners that real
    # scripts and emoji need stay.
    kept = "".join(
        " " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign
        for sign in unicodedata.normalize("NFC", name)
        if unicodedata.category(sign) != "Cf" or sign in "\u200c\u200d"
    )
    kept = " ".join(kept.split())
    if not any(sign.isalnum() for sign in kept):
        raise ValidationError(
            _(
                "A name needs at least one letter or number, so that it can be said "
                "aloud and found again."
            ),
            code="unspeakable",
        )
    return kept


def free_slug(name):
    """A word for the address that no other space has yet.

    Args:
        name: the space's name, in any script.

    Returns:
        str; readable where the name allows it. Two people may be given the same word
        at once; the unique column decides, and ``create_space`` asks again.
    """
    stem = slugify(name, allow_unicode=True)[:LONGEST].strip("-_")
    if not stem:
        return f"space-{secrets.token_hex(3)}"
    if stem in RESERVED:
        stem = f"{stem}-space"
    taken = set(
        Space.objects.filter(slug__startswith=stem).values_list("slug", flat=True)
    )
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
