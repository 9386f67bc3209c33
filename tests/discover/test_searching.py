"""What search finds, which piece of it is shown, and in which order."""

import pytest
from django.utils import translation

from conversations.actions import post_to_exchange
from conversations.models import Message
from discover.searching import (
    SIDE_BY_SIDE,
    Typed,
    _weighed,
    marking,
    pieces_of,
    search,
)
from tests.factories.stories import StoryFactory
from tests.factories.wiki import PageFactory


def titles(hits):
    return [hit.title for hit in hits]


@pytest.mark.parametrize(
    ("language", "typed", "finds"),
    [
        ("en", "nursery", ["The nursery", "Three nurseries"]),
        ("en", "nurseries", ["The nursery", "Three nurseries"]),
        ("sw", "nursery", ["The nursery"]),
        ("fr", "pépinière", ["Les pépinières"]),
        ("en", "nursery -three", ["The nursery"]),
        ("en", '"three nurseries"', ["Three nurseries"]),
        ("en", "the", ["The nursery"]),
        ("en", "nothing of the kind", []),
    ],
)
def test_words_are_found_with_other_endings_of_the_readers_language(
    space, ben, language, typed, finds
):
    for title in ("The nursery", "Three nurseries", "Les pépinières"):
        StoryFactory(space=space, author=ben, title=title, plain="")

    with translation.override(language):
        found = search(ben, typed, only="stories")

    assert sorted(titles(found.get("stories", []))) == finds


def test_a_word_of_the_title_weighs_more_than_a_newer_one_of_the_text(space, ben):
    PageFactory(space=space, title="Salamander", body="Under the bridge.")
    PageFactory(space=space, title="Bridges", body="One salamander, once.")

    found = search(ben, "salamander", only="pages")

    assert titles(found["pages"]) == ["Salamander", "Bridges"]


def test_kinds_side_by_side_show_a_few_and_the_way_to_the_others(client, space, ben):
    for number in range(SIDE_BY_SIDE + 2):
        StoryFactory(space=space, author=ben, title=f"Salamander {number}")
    client.force_login(ben)

    beside = client.get("/search/?q=salamander").content.decode()
    alone = client.get("/search/?q=salamander&in=stories").content.decode()

    assert beside.count("card-title") == SIDE_BY_SIDE
    assert 'href="/search/?q=salamander&amp;in=stories"' in beside
    assert alone.count("card-title") == SIDE_BY_SIDE + 2
    assert "More in" not in alone


def test_old_messages_are_found_behind_the_newest_stretch(space, ben):
    posts = [
        post_to_exchange(space, by=ben, body=body)
        for body in ("Salamander, old.", "Rain.", "Rain again.", "Salamander, new.")
    ]
    rows, query = Message.objects.visible_to(ben), Typed("salamander", "english")

    for stretch in (0, 1, 3, 100):
        found = _weighed(rows, query, stretch=stretch)

        assert {message.pk for message in found} == {posts[0].pk, posts[3].pk}


@pytest.mark.parametrize(
    ("typed", "text", "pieces"),
    [
        ("bell", "The bell rang.", ["The ", "[bell]", " rang."]),
        ("bell", "Two bells, a belly.", ["Two ", "[bells]", ", a belly."]),
        ("planting", "We planted it.", ["We planted it."]),
        ("harvests", "The harvest.", ["The ", "[harvest]", "."]),
        ("bell -rang", "It rang: bell.", ["It rang: ", "[bell]", "."]),
        ("🌳", "A tree.", ["A tree."]),
        ("x", "<b>x</b>", ["<b>", "[x]", "</b>"]),
    ],
)
def test_matches_are_marked(typed, text, pieces):
    found = pieces_of(text, marking(typed))

    assert [f"[{words}]" if hit else words for words, hit in found] == pieces


def test_the_piece_shown_lies_around_the_first_match():
    text = "before " * 100 + "the bell rang " + "after " * 100

    words = "".join(text for text, _hit in pieces_of(text, marking("bell")))

    assert words.startswith("… before ")
    assert words.endswith("after …")
    assert "the bell rang after" in words
    assert len(words) < 260
