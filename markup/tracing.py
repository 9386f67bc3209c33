"""Whose words a text is made of: each paragraph followed back through the versions."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from markup.letters import words
from markup.limits import Budget, OverBudget

# Characters of older versions that are looked at, and words compared with words.
READING_BUDGET = 6_000_000
LIKENESS_BUDGET = 1_000_000
# Paragraphs that share less than this are two, not one that was changed.
_ALIKE = 0.5
_GAP = re.compile(r"\n[ \t]*\n\s*")


@dataclass
class Paragraph:
    """A paragraph of the newest text.

    Attributes:
        text: as it stands.
        trail: numbers of the versions that changed it, newest first; the last one
            brought it in, unless ``is_older``.
        is_older: it was there before the oldest version that was looked at.
    """

    text: str
    trail: list[int] = field(default_factory=list)
    is_older: bool = False


def paragraphs(text: str) -> list[str]:
    """Cut a text at its empty lines."""
    return [part for part in _GAP.split(text.strip("\n")) if part.strip()]


def trace(number: int, text: str, older: Iterable[tuple[int, str]]) -> list[Paragraph]:
    """Follow every paragraph back to the version that brought it in.

    A paragraph that only moved was not changed. Reading stops when every paragraph is
    explained, or when too much has been read.

    Args:
        number: of the newest version.
        text: the newest version.
        older: (number, text) of the versions before it, newest first.

    Returns:
        the paragraphs of the newest text, in order.
    """
    found = [Paragraph(part) for part in paragraphs(text)]
    # What each open paragraph said in the version that is looked at.
    now = {place: paragraph.text for place, paragraph in enumerate(found)}
    newer = Counter(now.values())
    reading, likeness = Budget(READING_BUDGET), Budget(LIKENESS_BUDGET)
    for older_number, older_text in older:
        try:
            reading.spend(200 + len(older_text))
        except OverBudget:
            for place in now:
                found[place].is_older = True
            return found
        parts = Counter(paragraphs(older_text))
        left = dict(parts)
        changed = []
        for place, said in now.items():
            if left.get(said, 0):
                left[said] -= 1
            else:
                changed.append(place)
        if changed:
            gone = list((parts - newer).elements())
            for place in changed:
                found[place].trail.append(number)
                before = _likest(now[place], gone, likeness)
                if before is None:
                    del now[place]
                else:
                    gone.remove(before)
                    now[place] = before
        if not now:
            return found
        number, newer = older_number, parts
    for place in now:
        found[place].trail.append(number)
    return found


def _likest(text: str, others: list[str], budget: Budget) -> str | None:
    """The paragraph that this one was made from; None where it is new."""
    bag = Counter(words(text)) if others else Counter()
    best, most = None, _ALIKE
    try:
        for other in others:
            budget.spend(10 + (len(other) + len(text)) // 5)
            theirs = Counter(words(other))
            longest = max(bag.total(), theirs.total())
            alike = (bag & theirs).total() / longest if longest else 0.0
            if alike >= most:
                best, most = other, alike
    except OverBudget:
        return None
    return best
