"""Hashtags of a space: one tag for all its spellings, made once."""

import threading

import pytest
from django.db import connection

from tags.models import Tag
from tests.factories.conversations import ThreadFactory
from tests.factories.spaces import SpaceFactory


def names(item):
    return sorted(tag.name for tag in item.tags.all())


@pytest.mark.django_db
def test_spellings_of_one_word_are_one_tag(space):
    thread = ThreadFactory(space=space)

    thread.tags.set_words(["Fire", "FIRE", "fire"])

    assert names(thread) == ["fire"]
    assert Tag.objects.get().display == "Fire"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("İstanbul", "istanbul"),
        ("istanbul", "istanbul"),
        ("Straße", "strasse"),
        ("ＦＩＲＥ", "fire"),
        ("आग", "आग"),
        ("ΕΛΠΙΣ", "ελπισ"),
        ("x" * 200, "x" * 64),
    ],
)
def test_words_of_every_script(space, word, key):
    thread = ThreadFactory(space=space)

    thread.tags.set_words([word])

    tag = thread.tags.get()
    assert tag.name == tag.slug == key
    assert len(tag.display) <= 64


@pytest.mark.django_db
def test_tags_belong_to_their_space(space, open_space):
    here, there = ThreadFactory(space=space), ThreadFactory(space=open_space)

    here.tags.set_words(["fire"])
    there.tags.set_words(["fire"])

    assert Tag.objects.count() == 2
    assert here.tags.get() != there.tags.get()
    assert here.tags.get().get_absolute_url() == "/s/forest/tags/fire/"


@pytest.mark.django_db
def test_set_words_replaces_and_add_words_adds(space):
    thread = ThreadFactory(space=space)
    thread.tags.set_words(["fire", "water"])

    thread.tags.add_words(["wind"])
    added = names(thread)
    thread.tags.set_words(["wind"])

    assert (added, names(thread)) == (["fire", "water", "wind"], ["wind"])
    thread.tags.set_words([])
    assert names(thread) == []


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_set_words_query_count(space, number, django_assert_num_queries):
    thread = ThreadFactory(space=space)

    with django_assert_num_queries(4):
        thread.tags.set_words([f"word{n}" for n in range(number)])


@pytest.mark.django_db(transaction=True)
def test_twelve_items_with_the_same_new_words_at_once():
    space = SpaceFactory()
    threads = [ThreadFactory(space=space) for _ in range(12)]
    words = ["İstanbul", "fire", "water", "wind"]
    faults = []
    ready = threading.Barrier(len(threads))

    def tag(number, thread):
        try:
            ready.wait()
            # Each in another order: the same locks, never crosswise.
            thread.tags.set_words(words[number % 4 :] + words[: number % 4])
        except Exception as fault:  # the test looks at them
            faults.append(fault)
        finally:
            connection.close()

    runs = [threading.Thread(target=tag, args=pair) for pair in enumerate(threads)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()

    assert faults == []
    assert Tag.objects.count() == 4
    assert {tuple(names(thread)) for thread in threads} == {
        ("fire", "istanbul", "water", "wind")
    }
