"""Many people at once, each on a connection of their own, as the web has them."""

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.factories.accounts import UserFactory
from tests.factories.spaces import MembershipFactory
from wiki.actions import (
    Collided,
    TitleTaken,
    create_page,
    delete_page,
    move_page,
    save_page,
    undelete_page,
)
from wiki.models import Link, Page

pytestmark = pytest.mark.django_db(transaction=True)
SAVERS = 10


def at_once(deeds):
    """Run all deeds at the same moment; returns what each gave or raised."""
    barrier = Barrier(len(deeds))

    def run(deed):
        barrier.wait(timeout=60)
        try:
            return deed()
        except (Collided, TitleTaken) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def people(space, number):
    return [
        MembershipFactory(space=space, person=UserFactory()).person
        for _ in range(number)
    ]


def begin(space, by, title="Fire belts", body="Words."):
    return create_page(space, by=by, title=title, body=body, audience="members").page


def test_ten_savers_of_ten_paragraphs_are_all_in_the_text(space):
    savers = people(space, SAVERS)
    paragraphs = [f"Paragraph {number} stands here." for number in range(SAVERS)]
    page = begin(space, savers[0], body="\n\n".join(paragraphs))
    base = page.current

    def deed(number):
        mine = [*paragraphs]
        mine[number] += f" Marker{number}."
        return lambda: save_page(
            page, by=savers[number], body="\n\n".join(mine), base=base
        )

    outcomes = at_once([deed(number) for number in range(SAVERS)])

    page.refresh_from_db()
    assert {outcome.how for outcome in outcomes} == {"saved", "merged"}
    assert [f"Marker{n}" in page.current.body for n in range(SAVERS)] == [True] * SAVERS
    numbers = page.revisions.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, SAVERS + 2))
    assert all(f"Marker{n}." in page.body_html for n in range(SAVERS))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_word_is_in_the_text_or_in_a_collision_that_was_shown(space, seed):
    dice = random.Random(seed)
    savers = people(space, SAVERS)
    paragraphs = [f"Sentence {n} of four. Another one {n}." for n in range(4)]
    page = begin(space, savers[0], body="\n\n".join(paragraphs))
    base = page.current

    def deed(number):
        mine = [*paragraphs]
        place = dice.randrange(4)
        if dice.random() < 0.5:
            mine[place] = mine[place].replace("Sentence", f"Word{number}x")
        else:
            mine.insert(place, f"Word{number}x alone.")
        return lambda: save_page(
            page, by=savers[number], body="\n\n".join(mine), base=base
        )

    outcomes = at_once([deed(number) for number in range(SAVERS)])

    page.refresh_from_db()
    for number, outcome in enumerate(outcomes):
        if isinstance(outcome, Collided):
            shown = "".join(part.mine for part in outcome.merge.collisions)
            assert f"Word{number}x" in shown
        else:
            assert f"Word{number}x" in page.current.body


def test_the_same_form_sent_ten_times_at_once_is_one_version(space, ben):
    page = begin(space, ben)
    base = page.current

    outcomes = at_once(
        [lambda: save_page(page, by=ben, body="Other words.", base=base)] * SAVERS
    )

    assert sorted(outcome.how for outcome in outcomes) == [
        "saved",
        *["unchanged"] * (SAVERS - 1),
    ]
    assert page.revisions.count() == 2


def test_one_title_begun_by_ten_people_is_one_page(space):
    writers = people(space, SAVERS)

    outcomes = at_once(
        [lambda by=by: begin(space, by, body=f"By {by}") for by in writers]
    )

    page = Page.objects.get()
    assert [outcome for outcome in outcomes if not isinstance(outcome, TitleTaken)] == [
        page
    ]
    assert {it.page for it in outcomes if isinstance(it, TitleTaken)} == {page}


def test_links_tell_the_truth_after_a_storm(space, ada):
    """Pages that link to one another are made, renamed, deleted and saved at once."""
    titles = [f"Title {number}" for number in range(6)]
    text = " ".join(f"[[{title}]]" for title in titles)
    sources = [begin(space, ada, f"Source {number}") for number in range(4)]
    doomed = begin(space, ada, titles[4])
    renamed = begin(space, ada, "Was another")

    def fill(page):
        return lambda: save_page(page, by=ada, body=text, base=page.current)

    deeds = [fill(page) for page in sources]
    deeds += [
        lambda title=title: begin(space, ada, title, body=text) for title in titles[:4]
    ]
    deeds.append(lambda: delete_page(doomed, by=ada))
    deeds.append(lambda: move_page(renamed, by=ada, title=titles[5]))
    at_once(deeds)

    standing = {page.key: page.pk for page in Page.objects.standing()}
    for link in Link.objects.filter(source__deleted__isnull=True):
        assert link.target_id == standing.get(link.key)
    for page in Page.objects.standing().filter(plain__contains="Title 0"):
        assert page.body_html.count('class="wiki"') == 5
        assert page.body_html.count('class="wiki missing"') == 1
    undelete_page(doomed, by=ada)
    page = Page.objects.get(pk=sources[0].pk)
    assert page.body_html.count('class="wiki"') == 6
