import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markup.letters import words
from markup.merging import Own, merge, resolve

WORD = st.text("abcdeéع中", min_size=1, max_size=4)
SENTENCE = st.lists(WORD, min_size=1, max_size=5).map(lambda w: " ".join(w) + ".")
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=4).map(" ".join)
TEXT = st.lists(PARAGRAPH, max_size=5).map("\n\n".join)
ANY = st.text("ab .\n", max_size=30)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "text"),
    [
        ("", "", "", ""),
        ("a", "a", "a", "a"),
        ("a", "b", "a", "b"),
        ("a", "a", "b", "b"),
        ("a", "b", "b", "b"),
        ("a", "", "", ""),
        ("One.\n\nTwo.", "Uno.\n\nTwo.", "One.\n\nDue.", "Uno.\n\nDue."),
        ("One. Two.", "Uno. Two.", "One. Due.", "Uno. Due."),
        ("- a\n- b\n- c", "- a!\n- b\n- c", "- a\n- b\n- c!", "- a!\n- b\n- c!"),
        ("One.\r\n\r\nTwo.", "Uno.\n\nTwo.", "One.\n\nDue.", "Uno.\n\nDue."),
        # One change contains the other.
        ("the soil is dry", "the soil is very dry", "the soil is very dry now",
         "the soil is very dry now"),
        # A paragraph moved in front of another's change.
        ("A.\n\nB.\n\nC.", "New.\n\nA.\n\nB.\n\nC.", "A.\n\nB.\n\nC changed.",
         "New.\n\nA.\n\nB.\n\nC changed."),
    ],
)  # fmt: skip
def test_merge_clean(base, mine, theirs, text):
    result = merge(base, mine, theirs)

    assert (result.is_clean, result.text) == (True, text)


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        ("", "mine", "theirs"),
        ("a", "b", "c"),
        ("a", "", "c"),
        # diff-match-patch joins this one into nonsense and reports success.
        ("It helps maize.", "It helps maize in dry spells.", "It does not help maize."),
        ("Plant in May.", "Plant in June.", "Plant in April."),
        ("A.\n\nB.", "A.\n\nX.\n\nB.", "A.\n\nY.\n\nB."),
        ("One. Two.", "", "One. Two and more."),
    ],
)
def test_merge_collides(base, mine, theirs):
    result = merge(base, mine, theirs)

    assert (result.is_clean, result.text) == (False, None)
    choices = ["mine"] * len(result.collisions)
    assert resolve(result.parts, choices) == mine
    choices = {n: "theirs" for n in range(len(result.collisions))}
    assert resolve(result.parts, choices) == theirs


def test_merge_collision_is_no_wider_than_the_sentence():
    base = "Long before. The belt is wide. Long after."

    result = merge(base, base.replace("wide", "10 m"), base.replace("wide", "12 m"))

    assert [(p.kind, p.text, p.base, p.mine, p.theirs) for p in result.parts] == [
        ("same", "Long before. ", *["Long before. "] * 3),
        (
            "collision",
            None,
            "The belt is wide.",
            "The belt is 10 m.",
            "The belt is 12 m.",
        ),
        ("same", " Long after.", *[" Long after."] * 3),
    ]


def test_resolve_choices():
    result = merge("a b.", "x.", "y.")

    choices = ("base", "both", Own("mine"))
    assert [resolve(result.parts, [choice]) for choice in choices] == [
        "a b.",
        "x. y.",
        "mine",
    ]


@pytest.mark.parametrize("choices", [[], {}, ["yes"], {1: "mine"}])
def test_resolve_refuses(choices):
    with pytest.raises(ValueError, match="ollision 0|no choice"):
        resolve(merge("a", "b", "c").parts, choices)


def test_merge_of_repetitive_texts_is_bounded():
    base = "a b " * 6_000

    result = merge(base, base + "c", "d " + base)

    sides = [(part.mine, part.theirs) for part in result.parts]
    assert sides == [(base + "c", "d " + base)]


@settings(deadline=None)
@given(TEXT, TEXT)
def test_merge_identical_edits_are_clean(base, edit):
    assert merge(base, edit, edit).text == edit


@settings(deadline=None)
@given(TEXT, TEXT)
def test_merge_one_sided_edits_are_clean(base, edit):
    assert merge(base, edit, base).text == edit
    assert merge(base, base, edit).text == edit


@settings(deadline=None)
@given(st.data())
def test_merge_edits_of_different_paragraphs_both_survive(data):
    count = data.draw(st.integers(2, 6))
    paragraphs = [f"Paragraph {number} of the page." for number in range(count)]
    first = data.draw(st.integers(0, count - 2))
    second = data.draw(st.integers(first + 1, count - 1))
    new_first, new_second = data.draw(PARAGRAPH), data.draw(PARAGRAPH)
    mine, theirs, both = list(paragraphs), list(paragraphs), list(paragraphs)
    mine[first] = both[first] = new_first
    theirs[second] = both[second] = new_second

    result = merge(*("\n\n".join(text) for text in (paragraphs, mine, theirs)))

    assert result.text == "\n\n".join(both)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.tuples(TEXT, TEXT, TEXT), st.tuples(ANY, ANY, ANY)))
def test_merge_loses_no_word(texts):
    base, mine, theirs = texts

    result = merge(base, mine, theirs)

    kept = Counter()
    for part in result.parts:
        seen = [part.text] if part.text is not None else [part.mine, part.theirs]
        kept += Counter(word for text in seen for word in words(text))
    for side in (mine, theirs):
        inserted = Counter(words(side)) - Counter(words(base))
        assert set(inserted) <= set(kept)
    # The parts hold all three texts in full.
    for name, text in zip(("base", "mine", "theirs"), texts, strict=True):
        assert "".join(getattr(part, name) for part in result.parts) == text


@st.composite
def edits_of_few_words(draw):
    """Return a base and two versions, each with a few words exchanged or dropped."""
    base = draw(TEXT)
    versions = []
    for _ in range(2):
        pieces = re.split(r"(\s+|\.)", base)
        for _ in range(draw(st.integers(0, 3))):
            place = draw(st.integers(0, len(pieces) - 1))
            pieces[place] = draw(st.one_of(st.just(""), WORD, SENTENCE))
        versions.append("".join(pieces))
    return base, *versions


@settings(max_examples=300, deadline=None)
@given(st.one_of(edits_of_few_words(), st.tuples(TEXT, TEXT, TEXT)))
def test_merge_never_joins_two_changes_of_one_sentence(texts):
    base, _, _ = texts
    # Sentences and the spaces between them: one of these at least must lie untouched
    # between a change of mine and a change of theirs.
    units, start = [], 0
    for unit in re.split(r"(\n+|(?<=\.)[ \t]+)", base):
        if unit:
            units.append((start, start + len(unit)))
        start += len(unit)

    place = 0
    last_kind, last_end = None, 0
    for part in merge(*texts).parts:
        if part.kind in ("mine", "theirs"):
            if last_kind not in (None, part.kind):
                assert any(last_end <= a and b <= place for a, b in units)
            last_kind, last_end = part.kind, place + len(part.base)
        elif part.kind == "collision":
            last_kind = None
        place += len(part.base)
