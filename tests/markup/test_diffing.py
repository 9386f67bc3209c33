from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markup.diffing import Gap, Piece, compare

LINE = st.text("ab cé中ع.", max_size=14)
TEXT = st.one_of(
    st.lists(LINE, max_size=8).map("\n".join), st.text("ab \n", max_size=40), st.text()
)


def kinds(comparison):
    return [row.kind for row in comparison.rows]


@pytest.mark.parametrize(
    ("old", "new", "expected", "added", "removed"),
    [
        ("", "", ["same"], 0, 0),
        ("a", "a", ["same"], 0, 0),
        ("a\nb", "a\nc\nb", ["same", "added", "same"], 1, 0),
        ("a\nx\nb", "a\nb", ["same", "removed", "same"], 0, 1),
        ("the soil is dry", "the soil is wet", ["changed"], 1, 1),
        ("apples", "a wholly other line", ["removed", "added"], 4, 1),
        ("a\r\nb", "a\nb", ["same", "same"], 0, 0),
    ],
)
def test_compare_rows(old, new, expected, added, removed):
    result = compare(old, new)

    assert (kinds(result), result.added_words, result.removed_words) == (
        expected,
        added,
        removed,
    )


def test_compare_marks_words():
    (row,) = compare("The soil is very dry.", "The soil was wet.").rows

    assert row.old == [
        Piece("same", "The soil "),
        Piece("removed", "is very dry"),
        Piece("same", "."),
    ]
    assert row.new == [
        Piece("same", "The soil "),
        Piece("added", "was wet"),
        Piece("same", "."),
    ]
    assert row.inline == [
        Piece("same", "The soil "),
        Piece("removed", "is very dry"),
        Piece("added", "was wet"),
        Piece("same", "."),
    ]


def test_compare_pairs_the_lines_that_are_alike():
    old = "first line of all\nsecond line here\nthird"
    new = "a quite new one\nsecond line there\nthird"

    result = compare(old, new)

    assert [(row.kind, row.old_line, row.new_line) for row in result.rows] == [
        ("removed", 1, None),
        ("added", None, 1),
        ("changed", 2, 2),
        ("same", 3, 3),
    ]


def test_compare_keeps_arabic_and_hindi_words_whole():
    (row,) = compare("هذا كِتَاب جديد", "هذا كِتَاب قديم").rows
    (hindi,) = compare("यह हिन्दी है अब", "यह हिन्दी था अब").rows

    assert [piece.text for piece in row.new] == ["هذا كِتَاب ", "قديم"]
    assert [piece.text for piece in hindi.new] == ["यह हिन्दी ", "था", " अब"]


@pytest.mark.parametrize(
    ("changed", "context", "shape"),
    [
        ([], 2, [("gap", 9)]),
        ([4], 2, ["gap 2", "same", "same", "changed", "same", "same", "gap 2"]),
        ([0], 1, ["changed", "same", "gap 7"]),
        ([8], 0, ["gap 8", "changed"]),
        ([0, 3], 1, ["changed", "same", "same", "changed", "same", "gap 4"]),
    ],
)
def test_folded(changed, context, shape):
    old = [f"line number {n} of nine" for n in range(9)]
    new = [line + " more" if n in changed else line for n, line in enumerate(old)]

    rows = compare("\n".join(old), "\n".join(new)).folded(context)

    told = [f"gap {r.count}" if isinstance(r, Gap) else r.kind for r in rows]
    assert told == [f"gap {s[1]}" if isinstance(s, tuple) else s for s in shape]


@settings(max_examples=400, deadline=None)
@given(TEXT, TEXT)
def test_compare_rows_hold_both_texts(old, new):
    old, new = old.replace("\r", ""), new.replace("\r", "")

    result = compare(old, new)

    olds = [row for row in result.rows if row.old_line is not None]
    news = [row for row in result.rows if row.new_line is not None]
    assert "\n".join(row.old_text for row in olds) == old
    assert "\n".join(row.new_text for row in news) == new
    assert [row.old_line for row in olds] == list(range(1, len(olds) + 1))
    assert [row.new_line for row in news] == list(range(1, len(news) + 1))
    assert result.is_same == (old == new) == all(k == "same" for k in kinds(result))
    for row in result.rows:
        inline = row.inline
        assert "".join(p.text for p in inline if p.kind != "added") == row.old_text
        assert "".join(p.text for p in inline if p.kind != "removed") == row.new_text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a b " * 6_000, "b a " * 6_000 + "c"),
        ("a\nb\n" * 15_000, "b\na\n" * 15_000 + "c"),
        ("the cat sat on the mat " * 2_000, "the mat sat on a cat " * 2_000),
        ("\n" * 60_000, "\n" * 59_000 + "x"),
        (" ".join(map(str, range(12_000))), " ".join(map(str, range(1, 12_001)))),
        ("\n".join(f"a{n} b c d" for n in range(5_000)),
         "\n".join(f"x{n} b c d" for n in range(5_000))),
    ],
)  # fmt: skip
def test_compare_of_long_repetitive_texts_is_bounded(old, new):
    began = process_time()

    result = compare(old, new)

    assert process_time() - began < 3
    olds = [row.old_text for row in result.rows if row.old_line is not None]
    assert "\n".join(olds) == old
