"""What changed between two texts: lines first, words only inside changed lines."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest

from markup.letters import tokens, words
from markup.limits import Budget, OverBudget
from markup.matching import opcodes

# Comparisons of one element with another, in all: under half a second.
LINE_BUDGET = 1_500_000
WORD_BUDGET = 2_000_000
# Lines of one changed stretch that are paired by likeness; above, in order.
_MOST_PAIRS = 1_600
# Lines that share less than this are two lines, not one that changed.
_ALIKE = 0.34


@dataclass(frozen=True)
class Piece:
    """A stretch of a line. ``kind``: ``same``, ``added`` or ``removed``."""

    kind: str
    text: str


@dataclass(frozen=True)
class Row:
    """One line, or two that answer each other.

    ``kind``: ``same``, ``added``, ``removed`` or ``changed``. The line numbers count
    from 1 and are None on the side where the line does not exist.
    """

    kind: str
    old: list[Piece] = field(default_factory=list)
    new: list[Piece] = field(default_factory=list)
    old_line: int | None = None
    new_line: int | None = None

    @property
    def old_text(self) -> str:
        """The line before, without marks."""
        return "".join(piece.text for piece in self.old)

    @property
    def new_text(self) -> str:
        """The line after, without marks."""
        return "".join(piece.text for piece in self.new)

    @property
    def inline(self) -> list[Piece]:
        """Both sides in one line: what went, then what came, around what stayed."""
        if self.kind != "changed":
            return self.new or self.old
        gone, came = _between(self.old), _between(self.new)
        stayed = [piece for piece in self.new if piece.kind == "same"]
        merged: list[Piece] = []
        for before, after, same in zip_longest(gone, came, stayed):
            merged += [piece for piece in (before, after, same) if piece]
        return merged


@dataclass(frozen=True)
class Gap:
    """Unchanged lines that are folded away."""

    count: int
    old_line: int
    new_line: int
    kind: str = "gap"


@dataclass(frozen=True)
class Comparison:
    """The difference between two texts, ready to be drawn.

    ``is_coarse`` says that the texts were too repetitive for word marks everywhere.
    """

    rows: list[Row]
    added_words: int
    removed_words: int
    is_same: bool
    is_coarse: bool = False

    def folded(self, context: int = 2) -> list[Row | Gap]:
        """Return the rows with long unchanged stretches folded.

        Args:
            context: unchanged lines kept on either side of a change.
        """
        keep = [False] * len(self.rows)
        for place, row in enumerate(self.rows):
            if row.kind != "same":
                for near in range(max(0, place - context), place + context + 1):
                    if near < len(keep):
                        keep[near] = True
        result: list[Row | Gap] = []
        place = 0
        while place < len(self.rows):
            end = place
            while end < len(keep) and not keep[end]:
                end += 1
            hidden = self.rows[place:end]
            # Folding a single line away saves nothing.
            if len(hidden) > 1:
                result.append(Gap(len(hidden), hidden[0].old_line, hidden[0].new_line))
            else:
                result += hidden
            if end < len(self.rows):
                result.append(self.rows[end])
            place = end + 1
        return result


def compare(old: str, new: str) -> Comparison:
    """Compare two texts.

    Args:
        old, new: texts; Windows line ends count as plain ones.

    Returns:
        Rows whose old sides, joined by line ends, are the old text again, and whose
        new sides are the new text.
    """
    old, new = old.replace("\r\n", "\n"), new.replace("\r\n", "\n")
    old_lines, new_lines = old.split("\n"), new.split("\n")
    work = _Work()
    try:
        steps = opcodes(Budget(LINE_BUDGET), old_lines, new_lines)
    except OverBudget:
        work.is_coarse = True
        steps = [("replace", 0, len(old_lines), 0, len(new_lines))]
    for kind, i1, i2, j1, j2 in steps:
        if kind == "equal":
            for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                same = [Piece("same", old_lines[i])]
                work.rows.append(Row("same", same, same, i + 1, j + 1))
        else:
            work.changed(old_lines[i1:i2], new_lines[j1:j2], i1 + 1, j1 + 1)
    return Comparison(
        rows=work.rows,
        added_words=_count(work.rows, "added"),
        removed_words=_count(work.rows, "removed"),
        is_same=old == new,
        is_coarse=work.is_coarse,
    )


class _Work:
    """Rows in the making, with the budget all changed lines share."""

    def __init__(self):
        self.rows: list[Row] = []
        self.budget = Budget(WORD_BUDGET)
        self.is_coarse = False

    def changed(self, old: list[str], new: list[str], old_line: int, new_line: int):
        """Add the rows of one changed stretch."""
        for i, j in self._pairs(old, new):
            if i is None:
                added = [Piece("added", new[j])]
                self.rows.append(Row("added", new=added, new_line=new_line + j))
            elif j is None:
                removed = [Piece("removed", old[i])]
                self.rows.append(Row("removed", old=removed, old_line=old_line + i))
            else:
                before, after = self._pieces(old[i], new[j])
                numbers = {"old_line": old_line + i, "new_line": new_line + j}
                self.rows.append(Row("changed", before, after, **numbers))

    def _pairs(self, old, new):
        """Say which old line became which new one, keeping the order of both."""
        if len(old) * len(new) > _MOST_PAIRS or not old or not new:
            return _unpaired(0, len(old), 0, len(new))
        bags_old = [Counter(words(line)) for line in old]
        bags_new = [Counter(words(line)) for line in new]
        try:
            likeness = [[self._alike(a, b) for b in bags_new] for a in bags_old]
        except OverBudget:
            self.is_coarse = True
            return _unpaired(0, len(old), 0, len(new))
        best = _best_pairs(likeness)
        pairs, i, j = [], 0, 0
        for pair_old, pair_new in [*best, (len(old), len(new))]:
            pairs += _unpaired(i, pair_old, j, pair_new)
            if pair_old < len(old):
                pairs.append((pair_old, pair_new))
            i, j = pair_old + 1, pair_new + 1
        return pairs

    def _alike(self, a: Counter, b: Counter) -> float:
        self.budget.spend(5 + min(len(a), len(b)))
        shared = sum((a & b).values())
        longest = max(a.total(), b.total())
        likeness = shared / longest if longest else 0.0
        return likeness if likeness >= _ALIKE else 0.0

    def _pieces(self, old: str, new: str) -> tuple[list[Piece], list[Piece]]:
        old_tokens, new_tokens = tokens(old), tokens(new)
        try:
            steps = opcodes(self.budget, old_tokens, new_tokens)
        except OverBudget:
            self.is_coarse = True
            return [Piece("removed", old)], [Piece("added", new)]
        before, after = _Side("removed"), _Side("added")
        for place, (kind, i1, i2, j1, j2) in enumerate(steps):
            gone, came = "".join(old_tokens[i1:i2]), "".join(new_tokens[j1:j2])
            # A lone space between two changed words would chop the change in two.
            is_bridge = (
                kind == "equal" and not gone.strip() and 0 < place < len(steps) - 1
            )
            is_same = kind == "equal" and not is_bridge
            before.add(gone, is_same)
            after.add(came, is_same)
        return before.pieces, after.pieces


class _Side:
    """One side of a changed line."""

    def __init__(self, kind: str):
        self.kind = kind
        self.pieces: list[Piece] = []

    def add(self, text: str, is_same: bool) -> None:
        """Add text; neighbouring changes become one.

        What stayed is never joined: the nth such piece on one side is the nth on the
        other, which ``Row.inline`` relies on.
        """
        kind = "same" if is_same else self.kind
        if not text:
            return
        if not is_same and self.pieces and self.pieces[-1].kind == kind:
            text = self.pieces.pop().text + text
        self.pieces.append(Piece(kind, text))


def _unpaired(i1, i2, j1, j2):
    return [(i, None) for i in range(i1, i2)] + [(None, j) for j in range(j1, j2)]


def _best_pairs(likeness: list[list[float]]) -> list[tuple[int, int]]:
    """Return the pairs, in order on both sides, with the greatest likeness in all."""
    rows, columns = len(likeness), len(likeness[0])
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = likeness[i][j] and likeness[i][j] + best[i + 1][j + 1]
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < rows and j < columns:
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _between(pieces: list[Piece]) -> list[Piece | None]:
    """Return what stands before each ``same`` piece, and after the last."""
    result: list[Piece | None] = [None]
    for piece in pieces:
        if piece.kind == "same":
            result.append(None)
        else:
            result[-1] = piece
    return result


def _count(rows: list[Row], kind: str) -> int:
    return sum(
        len(words(piece.text))
        for row in rows
        for piece in [*row.old, *row.new]
        if piece.kind == kind
    )
