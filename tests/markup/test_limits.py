from time import process_time

import pytest

from markup import rendering
from markup.limits import BUDGET, PAGE_CAP, Budget, TextTooLong, clean, soften
from markup.rendering import plain_text, render
from tests.markup.hostile import HOSTILE
from tests.markup.strict import faults

PROSE = (
    "## A heading\n\nSome *honest* **prose** about [fire](https://example.org) and"
    " [[Soil]] with #tags, `code` and a note. " + "Words go on and on. " * 20 + "\n\n"
    "- one\n- two\n    - three\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_drawn_within_bounds(name, monkeypatch):
    budgets = []
    monkeypatch.setattr(
        rendering, "Budget", lambda: budgets.append(Budget()) or budgets[-1]
    )
    began = process_time()

    rendered = render(HOSTILE[name])

    # The budget is the bound; the clock only guards against work nobody counted.
    assert process_time() - began < 5
    assert budgets[0].spent <= BUDGET + PAGE_CAP * 2
    assert faults(rendered.html) == []


@pytest.mark.parametrize("name", ["'[['", "'*a* '", "'> '", "'- a\\n'", "deep list"])
def test_hostile_text_loses_no_character(name):
    text = HOSTILE[name]

    plain = render(text).plain

    for sign in set(text) - set("-*> \n"):
        assert plain.count(sign) >= text.count(sign) * 0.9


def test_honest_text_needs_a_tenth_of_the_budget(monkeypatch):
    budgets = []
    monkeypatch.setattr(
        rendering, "Budget", lambda: budgets.append(Budget()) or budgets[-1]
    )
    text = (PROSE * 120)[:PAGE_CAP]

    rendered = render(text)

    assert budgets[0].spent < BUDGET / 10
    assert len(rendered.headings) == text.count("## A heading")


@pytest.mark.parametrize(
    ("profile", "cap"), [("message", 5_000), ("page", 60_000), ("story", 60_000)]
)
def test_cap(profile, cap):
    render("a" * cap, profile=profile)

    with pytest.raises(TextTooLong) as caught:
        render("a" * (cap + 1), profile=profile)
    assert isinstance(caught.value, ValueError)
    assert str(caught.value) == (
        f"This text has {cap + 1:,} characters; {cap:,} are the most we can take."
    )


def test_plain_text_takes_any_length():
    assert plain_text("a " * 100_000, words=2) == "a a …"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\x00\x02b\x1f\x7f\ue000\ue03f", "ab"),
        ("\ud800", "\ufffd"),
        ("\ue040🌾\u200d", "\ue040🌾\u200d"),
    ],
)
def test_clean(text, expected):
    assert clean(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "# a",
        "a\n\nb",
        "- a\n- b",
        "> a",
        "| a | b |\n|---|---|\n| " + "c" * 200 + " |",
    ],
)
def test_soften_leaves_honest_text_alone(text):
    assert soften(text).strip("\n") == text
