"""What comes first: the formula as a table. No database."""

import pytest

from digests.ranking import effective_number, score

F, O, C = 1, 2, 3  # noqa: E741 (farmers, officers, companies)


def people(*groups):
    """One person per entry, who speaks for that group (or for none)."""
    return dict(enumerate(groups))


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([], 0),
        ([F], 1),
        ([None], 1),
        ([F, F], 2),
        ([F, O], 4),
        ([None, None, None], 3),
        # a person of no group is a person, not a group
        ([F, None], 2),
        ([F, O, None], 6),
        ([F] * 12, 12),
        ([F] * 3 + [O] * 3, 12),
        ([F, O, C] * 4, 36),
        # one voice from elsewhere counts, a half-and-half talk counts more
        ([F] * 5 + [O], 6 * 36 / 26),
        ([F] * 10 + [O, C], 12 * 144 / 102),
    ],
)
def test_score_is_people_times_equal_groups(groups, expected):
    assert score(people(*groups)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ([F, O], [F, F, F]),
        ([F, O, C], [F] * 8),
        ([F, F, O, O], [F, F, F, O]),
        ([F] * 10, [F, O, C]),  # number counts too
    ],
)
def test_a_talk_across_groups_passes_a_larger_one_among_the_like(better, worse):
    assert score(people(*better)) > score(people(*worse))


@pytest.mark.parametrize(
    ("sizes", "expected"), [([], 1), ([7], 1), ([2, 2], 2), ([1, 1, 1, 1], 4)]
)
def test_effective_number_of_groups(sizes, expected):
    assert effective_number(sizes) == expected
