"""Addresses of pages, each made once.

Django needs 20 to 50 µs to write one, and a page that looks across links to dozens.
"""

from functools import lru_cache

from django.urls import get_script_prefix, reverse


def address_of(name, **words):
    """``reverse``, remembered.

    Args:
        name: of the view, with its namespace.
        **words: what stands in the address.

    Raises:
        NoReverseMatch: there is no such page.
    """
    return _address(name, get_script_prefix(), tuple(words.items()))


# The prefix is part of what reverse() answers; it does not change while a site runs.
@lru_cache(maxsize=16_384)
def _address(name, prefix, words):
    return reverse(name, kwargs=dict(words))
