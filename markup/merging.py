"""Two people changed one text: join what can be joined, show what collides.

Paragraphs first, then sentences inside paragraphs both have touched. Two changes to
one sentence always collide, even where no word is touched twice: "helps" made into
"does not help" and "in dry spells" added at its end would join into a sentence that
nobody wrote. A word-wise join is taken only where one side's change contains the
other's.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from merge3 import Merge3

from markup.letters import tokens
from markup.limits import Budget, OverBudget
from markup.matching import Matcher

MERGE_BUDGET = 2_000_000

_PARAGRAPHS = re.compile(r"(\n(?:[ \t]*\n)+)")
# The space between sentences is a unit of its own, so neighbours have a border.
_SENTENCES = re.compile(r"(\n+|(?<=[.!?…؟।۔])[ \t]+|(?<=[。！？]))")
CHOICES = ("mine", "theirs", "both", "base")


@dataclass(frozen=True)
class Part:
    """A stretch of the merged text.

    ``kind``: ``same`` (nobody changed it), ``mine`` or ``theirs`` (one did), ``both``
    (the same change twice) or ``collision``; then ``text`` is None and a person must
    choose between ``mine`` and ``theirs``, with ``base`` to compare.
    """

    kind: str
    text: str | None
    base: str = ""
    mine: str = ""
    theirs: str = ""


@dataclass(frozen=True)
class Merge:
    """The result: ``text`` is None as long as something collides."""

    parts: list[Part]

    @property
    def is_clean(self) -> bool:
        """Whether nothing collides."""
        return all(part.kind != "collision" for part in self.parts)

    @property
    def text(self) -> str | None:
        """The joined text."""
        if not self.is_clean:
            return None
        return "".join(part.text for part in self.parts)

    @property
    def collisions(self) -> list[Part]:
        """The parts a person must decide."""
        return [part for part in self.parts if part.kind == "collision"]


def merge(base: str, mine: str, theirs: str) -> Merge:
    """Join two changes of one text.

    Args:
        base: the text both started from.
        mine, theirs: what each made of it.

    Returns:
        Parts in order. Every word either side wrote is in them, in the joined text or
        in a collision. Windows line ends become plain ones.
    """
    base, mine, theirs = (text.replace("\r\n", "\n") for text in (base, mine, theirs))
    simple = _simple(base, mine, theirs)
    if simple:
        return Merge([simple] if base or mine or theirs else [])
    try:
        parts = _by_paragraphs(base, mine, theirs, Budget(MERGE_BUDGET))
    except OverBudget:
        # Too repetitive to be compared in time: a person sees both whole.
        parts = [_collision(base, mine, theirs)]
    return Merge(_joined(parts))


class Own(str):
    """A choice for ``resolve``: words that a person put in place of both."""

    __slots__ = ()


def resolve(parts: Sequence[Part], choices: Mapping[int, str] | Sequence[str]) -> str:
    """Make a text of parts and what a person chose for each collision.

    Args:
        parts: of a ``Merge``.
        choices: ``mine``, ``theirs``, ``both`` (mine, then theirs), ``base`` or
            ``Own`` words, by the number of the collision, counted from 0.

    Raises:
        ValueError: when a collision has no choice, or one that does not exist.
    """
    texts, number = [], 0
    for part in parts:
        if part.kind != "collision":
            texts.append(part.text)
            continue
        try:
            choice = choices[number]
        except (KeyError, IndexError):
            raise ValueError(f"Collision {number} is not decided.") from None
        if isinstance(choice, Own):
            texts.append(choice)
        elif choice not in CHOICES:
            raise ValueError(f"{choice!r} is no choice.")
        else:
            texts.append(
                _one_after_other(part) if choice == "both" else getattr(part, choice)
            )
        number += 1
    return "".join(texts)


def _one_after_other(part: Part) -> str:
    if not part.mine or not part.theirs:
        return part.mine or part.theirs
    if part.mine[-1].isspace() or part.theirs[0].isspace():
        return part.mine + part.theirs
    is_long = "\n" in part.mine or "\n" in part.theirs
    return part.mine + ("\n\n" if is_long else " ") + part.theirs


def _simple(base: str, mine: str, theirs: str) -> Part | None:
    """Return the part where at most one side changed anything, else None."""
    if mine == theirs:
        kind = "same" if mine == base else "both"
        return Part(kind, mine, base, mine, theirs)
    if mine == base:
        return Part("theirs", theirs, base, mine, theirs)
    if theirs == base:
        return Part("mine", mine, base, mine, theirs)
    return None


def _collision(base: str, mine: str, theirs: str) -> Part:
    return Part("collision", None, base, mine, theirs)


def _by_paragraphs(base, mine, theirs, budget) -> list[Part]:
    parts = []
    for part in _regions(_PARAGRAPHS.split, base, mine, theirs, budget):
        if part.kind == "collision":
            parts += _by_sentences(part, budget)
        else:
            parts.append(part)
    return parts


def _by_sentences(part: Part, budget) -> list[Part]:
    parts = []
    for smaller in _regions(_cut_sentences, part.base, part.mine, part.theirs, budget):
        if smaller.kind == "collision":
            parts += _by_words(smaller, budget)
        else:
            parts.append(smaller)
    return parts


def _by_words(part: Part, budget) -> list[Part]:
    """Join a sentence both changed only where one change contains the other."""
    parts = _regions(tokens, part.base, part.mine, part.theirs, budget)
    kinds = {smaller.kind for smaller in parts}
    if "collision" in kinds or {"mine", "theirs"} <= kinds:
        return [part]
    return parts


def _cut_sentences(text: str) -> list[str]:
    return [unit for unit in _SENTENCES.split(text) if unit]


def _regions(cut, base: str, mine: str, theirs: str, budget) -> list[Part]:
    """Merge three texts by the units ``cut`` makes of them."""
    bases, mines, others = cut(base), cut(mine), cut(theirs)

    def matcher(_junk, old, new):
        return Matcher(budget, old, new)

    parts = []
    i = j = k = 0
    merger = Merge3(bases, mines, others, sequence_matcher=matcher)
    # Where all three agree; what lies between was changed by one, by both, or collides.
    for i1, i2, j1, j2, k1, k2 in merger.find_sync_regions():
        three = ("".join(bases[i:i1]), "".join(mines[j:j1]), "".join(others[k:k1]))
        if any(three):
            parts.append(_simple(*three) or _collision(*three))
        if i2 > i1:
            text = "".join(bases[i1:i2])
            parts.append(Part("same", text, text, text, text))
        i, j, k = i2, j2, k2
    return parts


def _joined(parts: list[Part]) -> list[Part]:
    """Put neighbours of one kind together; collisions stay apart."""
    joined: list[Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and last.kind == part.kind and part.kind != "collision":
            joined[-1] = Part(
                part.kind,
                last.text + part.text,
                last.base + part.base,
                last.mine + part.mine,
                last.theirs + part.theirs,
            )
        else:
            joined.append(part)
    return joined
