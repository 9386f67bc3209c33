"""Which item comes first: the one formula, for every section of a digest.

    score = P × E

``P`` is how many different people are behind what is new in an item. ``E`` is how many
equally strong stakeholder groups they amount to: 1 ÷ Σ p², p being each group's share
of those people (the effective number of groups; ``docs/decisions/digest-ranking.md``).
Twelve people of one group count 12; so do six of two groups, three each; twelve of
three groups count 36. A lively talk among the like-minded does not push out one that
crosses groups. People of no group count as people, not as a group.
"""

from collections import Counter


def score(people):
    """How much speaks for an item.

    Args:
        people: dict of each person behind it to their stakeholder group, or None.

    Returns:
        P × E as above; 0.0 for nobody.
    """
    groups = Counter(group for group in people.values() if group is not None)
    return len(people) * effective_number(groups.values())


def effective_number(sizes):
    """How many equal groups these sizes amount to: 1 ÷ Σ p²; 1 where there is none."""
    sizes = list(sizes)
    total = sum(sizes)
    return total * total / sum(size * size for size in sizes) if total else 1.0
