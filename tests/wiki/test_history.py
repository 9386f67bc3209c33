"""Undoing one change, who wrote what, and the list of changes."""

import pytest

from markup.diffing import compare
from tests.factories.wiki import RevisionFactory
from tests.wiki.test_views import BODY, begin, url
from ui.diffs import draw_changes, draw_inline, draw_side
from wiki.actions import Collided, save_page, undo_revision


def edit(page, by, body, **more):
    return save_page(page, by=by, body=body, base=page.current, **more).page


@pytest.fixture
def page(space, ben, oda):
    """Version 2 says twelve paces, version 3 adds a sentence at the end."""
    page = begin(space, ben)
    page = edit(page, oda, BODY.replace("eight", "twelve"), summary="Wider")
    return edit(page, ben, page.current.body + "\n\nThe bell rings at noon.")


def undo(page, number, by):
    revision = page.revisions.get(number=number)
    before = page.revisions.get(number=number - 1)
    return undo_revision(page, revision, by=by, body=before.body, base=revision)


def test_undo_takes_one_change_back_and_keeps_what_came_later(page, ben):
    outcome = undo(page, 2, ben)

    assert outcome.page.current.body == BODY + "\n\nThe bell rings at noon."
    assert outcome.revision.undoes.number == 2
    assert undo(outcome.page, 2, ben).how == "unchanged"


def test_undo_of_words_that_were_changed_again_collides(page, ben, oda):
    page = edit(page, oda, page.current.body.replace("twelve", "twenty"))

    with pytest.raises(Collided):
        undo(page, 2, ben)

    page.refresh_from_db()
    assert "twenty" in page.current.body


def test_page_undo_shows_what_it_does_then_does_it_and_says_so(client, page, ben, oda):
    client.force_login(ben)
    address = url("page_undo", page.space, page, number=2)

    shown = client.get(address)
    assert "twelve" in shown.content.decode()
    page.refresh_from_db()
    assert page.current.number == 3

    client.post(address, {"why": "Eight is enough"})
    page.refresh_from_db()
    assert (page.current.number, page.current.author) == (4, ben)
    assert page.current.summary == "Undid version 2 by Oda Lund: Eight is enough"
    client.post(address)
    assert page.revisions.count() == 4


@pytest.mark.parametrize(
    ("number", "who", "code"), [(1, "ben", 404), (9, "ben", 404), (2, "cleo", 403)]
)
def test_page_undo_refuses(client, page, request, number, who, code):
    client.force_login(request.getfixturevalue(who))

    answer = client.get(url("page_undo", page.space, page, number=number))

    assert answer.status_code == code


def test_page_undo_knows_no_version_of_another_page(client, page, ben, space):
    other = begin(space, ben, "Goats")
    client.force_login(ben)

    answer = client.post(url("page_undo", space, other, number=2))

    assert answer.status_code == 404


def test_page_undo_that_collides_asks_and_comes_back(client, page, ben, oda):
    page = edit(page, oda, page.current.body.replace("twelve", "twenty"))
    client.force_login(ben)
    address = url("page_undo", page.space, page, number=2)
    assert "choose" in client.get(address).content.decode()

    asked = client.post(address, {"why": "No"})
    assert asked.status_code == 409
    assert "Later versions changed the same words" in asked.content.decode()

    unchosen = client.post(address, {"theirs": page.current_id})
    assert unchosen.status_code == 422
    client.post(
        address,
        {
            "theirs": page.current_id,
            "summary": "Undid version 2",
            "choice_0": "own",
            "own_0": "It is ten paces wide.",
            # What the browser sends as "mine" does not count: it is made anew.
            "body": "Forged.",
        },
    )

    page.refresh_from_db()
    assert "It is ten paces wide." in page.current.body
    assert "The bell rings at noon." in page.current.body
    assert "Forged" not in page.current.body
    assert page.current.undoes.number == 2


@pytest.mark.parametrize("rows", [1, 30])
def test_page_blame_names_people_and_groups(
    client, space, ben, oda, farmers, officers, rows, django_assert_num_queries
):
    page = begin(space, ben, group=farmers)
    page = edit(page, oda, BODY.replace("eight", "twelve"), group=officers)
    for number in range(rows):
        RevisionFactory(page=page, number=number + 3, body=page.current.body)
    page.current = page.revisions.order_by("-number").first()
    page.save()
    client.force_login(ben)
    client.get(url("page_list", space))

    with django_assert_num_queries(7):
        text = client.get(url("page_blame", space, page)).content.decode()

    assert "wrote it in version 1" in text
    assert "changed it in version 2" in text
    assert "District officers" in text


def test_changes_are_listed_with_anchors():
    old = "\n".join(f"Line {number}" for number in range(30))
    new = old.replace("Line 3\n", "Line three\n").replace("Line 20\n", "")
    rows = compare(old, new).folded()

    listed = draw_changes(rows)

    assert listed.count("<li>") == 2
    for drawn in (draw_inline(rows), draw_side(rows, old_label="a", new_label="b")):
        assert [f'id="change-{n}"' in drawn for n in (1, 2, 3)] == [True, True, False]
    assert draw_changes(compare(old, old + "x").folded()) == ""
