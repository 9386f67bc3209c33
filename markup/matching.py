"""difflib with a bound: what differences and merges both stand on."""

from difflib import SequenceMatcher

from markup.limits import Budget


class Matcher(SequenceMatcher):
    """A sequence matcher that counts its work.

    difflib compares every word with all its equals: 12,000 words of a small
    vocabulary took 12 s. Counting first what a step will cost keeps the bound exact.

    Args:
        budget: shared by all matchers of one comparison.
        old, new: sequences of hashable things.

    Raises:
        OverBudget: from any method that compares.
    """

    def __init__(self, budget: Budget, old, new):
        self.budget = budget
        # "Popular" elements must not be ignored: in prose they are all the spaces.
        super().__init__(None, old, new, autojunk=False)

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        """Count the candidates, then look."""
        ahi = len(self.a) if ahi is None else ahi
        bhi = len(self.b) if bhi is None else bhi
        equals = self.b2j
        cost = 10 + sum(
            1 + len(equals.get(self.a[place], ())) for place in range(alo, ahi)
        )
        self.budget.spend(cost)
        return super().find_longest_match(alo, ahi, blo, bhi)


def shared_ends(old, new) -> tuple[int, int]:
    """Return how many elements two sequences share at the start and at the end."""
    shortest = min(len(old), len(new))
    start = 0
    while start < shortest and old[start] == new[start]:
        start += 1
    end = 0
    while end < shortest - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, end


def opcodes(budget: Budget, old, new) -> list[tuple[str, int, int, int, int]]:
    """Return difflib's opcodes, the shared ends taken off before comparing.

    Raises:
        OverBudget: when the sequences are too repetitive to be compared in time.
    """
    start, end = shared_ends(old, new)
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    steps = [("equal", 0, start, 0, start)] if start else []
    if middle_old or middle_new:
        for kind, i1, i2, j1, j2 in Matcher(
            budget, middle_old, middle_new
        ).get_opcodes():
            steps.append((kind, i1 + start, i2 + start, j1 + start, j2 + start))
    if end:
        steps.append(("equal", len(old) - end, len(old), len(new) - end, len(new)))
    return steps
