"""Who has a page open for writing: a courtesy nothing hangs on, so it lives in the
cache and is forgotten when Redis is."""

import time

from django.core.cache import cache
from django.utils.translation import ngettext

# Seconds after which somebody who typed nothing counts as gone.
OPEN_FOR = 300


def note_open(page, person):
    """Remember that somebody has the form of a page open.

    Args:
        page: the ``Page``.
        person: who has it open.

    Returns:
        how many others have it open.
    """
    key = f"wiki-open-{page.pk}"
    now = time.time()
    known = cache.get(key) or {}
    known = {who: at for who, at in known.items() if now - at < OPEN_FOR}
    known[person.pk] = now
    cache.set(key, known, OPEN_FOR)
    return len(known) - 1


def note_closed(page, person):
    """Forget it, once they have saved.

    Args:
        page: the ``Page``.
        person: who had it open.
    """
    key = f"wiki-open-{page.pk}"
    known = cache.get(key) or {}
    if known.pop(person.pk, None) is not None:
        cache.set(key, known, OPEN_FOR)


def open_words(number):
    """What a writer is told of the others.

    Args:
        number: how many they are.
    """
    if not number:
        return ""
    return ngettext(
        "%(number)d other person has this page open. Save early: texts are joined.",
        "%(number)d other people have this page open. Save early: texts are joined.",
        number,
    ) % {"number": number}
