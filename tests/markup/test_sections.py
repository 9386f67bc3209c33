"""Sections: found as they are drawn, cut out and put back to the letter."""

import random

import pytest

from markup.limits import clean
from markup.rendering import render
from markup.sections import find_section, find_sections, section_text, with_section

TEXT = """Before all.

# Why *this*

Because.

## Cost ##

Ten days. #fire

```
# no heading
```

~~~
## nor this
~~~

Older kind
----------

Words.

> ## quoted

- one

    ## in a list

## Cost

Again.

# مقدمة

End."""


def test_sections_are_the_headings_of_the_page():
    drawn = render(TEXT)

    sections = find_sections(TEXT)

    assert [(each.id, each.title, each.level) for each in sections] == [
        (each.id, each.text, each.level) for each in drawn.headings if each.is_section
    ]
    assert [each.id for each in drawn.headings if not each.is_section] == [
        "s-quoted", "s-in-a-list"
    ]  # fmt: skip
    assert [each.id for each in sections] == [
        "s-why-this", "s-cost", "s-older-kind", "s-cost-2", "s-مقدمة",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("place", "first", "last"),
    [
        ("s-why-this", "# Why *this*", "Again."),
        ("s-cost", "## Cost ##", "~~~"),
        ("s-older-kind", "Older kind", "    ## in a list"),
        ("s-cost-2", "## Cost", "Again."),
        ("s-مقدمة", "# مقدمة", "End."),
    ],
)
def test_section_text_goes_to_the_next_heading_like_it(place, first, last):
    words = section_text(TEXT, find_section(TEXT, place)).split("\n")

    assert (words[0], words[-1]) == (first, last)


def test_with_section_leaves_the_rest_to_the_letter():
    for section in find_sections(TEXT):
        own = section_text(TEXT, section)

        assert with_section(TEXT, section, own) == TEXT
        new = with_section(TEXT, section, f"{own}\r\n\r\nMore.\n\n")
        assert new.startswith(TEXT[: section.start])
        assert new.endswith(TEXT[section.end :])
        assert f"{own}\n\nMore." in new
        assert with_section(TEXT, section, "") == (
            TEXT[: section.start] + TEXT[section.end :]
        )


def test_a_section_without_an_empty_line_below_gets_one():
    text = "# A\nwords\n# B\nwords"

    assert with_section(text, find_section(text, "s-a"), "# A\nnew") == (
        "# A\nnew\n\n# B\nwords"
    )


def test_find_sections_of_random_texts_agrees_with_the_page():
    dice = random.Random(7)
    lines = ["# A", "## B #", "### [[C|d]]", "####  `e` f", "#no", "```", "---", "===",
             "words", "", "", "- item", "  ## x", "    ## y", "> # q", "$$", "| a |",
             "!!! note", "#"]  # fmt: skip
    for _number in range(150):
        text = clean("\n".join(dice.choices(lines, k=dice.randint(1, 14))))
        drawn = [
            (each.id, each.text)
            for each in render(text).headings
            # "- item" over "---" is a heading too, but nobody means it as one.
            if each.is_section and not each.text.startswith(tuple("!-=|>#$"))
        ]
        found = find_sections(text)

        assert [(each.id, each.title) for each in found] == drawn, text
        assert [each.start for each in found] == sorted(each.start for each in found)


@pytest.mark.parametrize("text", ["", "# ", "#" * 5000, "[" * 5000, "\n=" * 900])
def test_find_sections_of_odd_texts(text):
    for section in find_sections(text):
        assert with_section(text, section, section_text(text, section)) == text
