"""Who wrote what on a page: each paragraph with the versions that made it."""

from dataclasses import dataclass, field

from django.core.cache import cache

from markup.tracing import trace
from wiki.models import Revision

VERSIONS_AT_ONCE = 60
# Of one paragraph; the rest are counted.
MOST_NAMED = 4
DAY_SECONDS = 24 * 60 * 60


@dataclass
class Origin:
    """A paragraph with its versions.

    Attributes:
        text: Markdown.
        first: the ``Revision`` that brought it in; None where that is too long ago.
        later: up to ``MOST_NAMED`` versions that changed it, newest first.
        more: how many more there are.
    """

    text: str
    first: Revision | None
    later: list = field(default_factory=list)
    more: int = 0


def find_origins(page):
    """Who wrote each paragraph of the newest text.

    What a version is made of never changes, so it is kept for a day.

    Args:
        page: a ``Page`` with its newest revision.

    Returns:
        list of ``Origin``.
    """
    key = f"wiki-blame-{page.current_id}"
    traced = cache.get(key)
    if traced is None:
        current = page.current
        traced = [
            (paragraph.text, paragraph.trail, paragraph.is_older)
            for paragraph in trace(current.number, current.body, _older(page))
        ]
        cache.set(key, traced, DAY_SECONDS)
    numbers = {number for _text, trail, _is_older in traced for number in _named(trail)}
    revisions = page.revisions.filter(number__in=numbers)
    known = {it.number: it for it in revisions.with_people().without_text()}
    for revision in known.values():
        revision.page = page
    return [_origin(*each, known) for each in traced]


def _named(trail):
    return [*trail[:MOST_NAMED], *trail[-1:]]


def _origin(text, trail, is_older, known):
    later = trail if is_older else trail[:-1]
    return Origin(
        text=text,
        first=None if is_older else known.get(trail[-1]),
        later=[known[number] for number in later[:MOST_NAMED] if number in known],
        more=max(0, len(later) - MOST_NAMED),
    )


def _older(page):
    """The versions before the newest one, some at a time."""
    number = page.current.number
    while number > 1:
        rows = page.revisions.filter(number__lt=number).order_by("-number")
        found = list(rows.values_list("number", "body")[:VERSIONS_AT_ONCE])
        if not found:
            return
        yield from found
        number = found[-1][0]
