"""Paragraphs followed back to who wrote them."""

import random

from markup.limits import PAGE_CAP
from markup.tracing import READING_BUDGET, trace

VERSIONS = [
    "The belt is cut in October.\n\nGoats keep it short.",
    "The belt is cut in October.\n\nGoats keep it short.\n\nNobody is paid for it.",
    "Nobody is paid for it.\n\nThe belt is cut in late October.\n\n"
    "Goats keep it short.",
    "Nobody is paid for it.\n\nThe belt is cut in late October or May.\n\nSheep too.",
]


def told(versions):
    number = len(versions)
    older = [(place + 1, versions[place]) for place in range(number - 2, -1, -1)]
    found = trace(number, versions[-1], older)
    return [(each.text[:10], each.trail, each.is_older) for each in found]


def test_trace_names_who_brought_a_paragraph_in_and_who_changed_it():
    assert told(VERSIONS) == [
        # It moved in version 3, which is no change.
        ("Nobody is ", [2], False),
        ("The belt i", [4, 3, 1], False),
        ("Sheep too.", [4], False),
    ]


def test_trace_of_a_paragraph_that_went_and_came_back_begins_anew():
    assert told(["One.\n\nTwo.", "One.", "One.\n\nTwo."]) == [
        ("One.", [1], False),
        ("Two.", [3], False),
    ]


def test_trace_stops_reading_and_says_so():
    size = PAGE_CAP
    number = READING_BUDGET // size + 10
    body = "x" * (size - 10)
    read = []

    def older():
        for each in range(number - 1, 0, -1):
            read.append(each)
            yield each, body

    [paragraph] = trace(number, body, older())

    assert (paragraph.trail, paragraph.is_older) == ([], True)
    assert len(read) < number - 5


def test_trace_of_hostile_texts_ends():
    dice = random.Random(7)
    texts = [
        "\n\n".join(" ".join(dice.choices("abc", k=30)) for _line in range(900))
        for _version in range(30)
    ]

    found = trace(31, texts[0], list(enumerate(texts, start=1))[::-1])

    assert len(found) == 900
