"""Drawing stored pages again, and what the renderer's version is for."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from discover.searching import search
from markup.rendering import RENDERER_VERSION
from tests.factories.wiki import PageFactory
from wiki.drawing import draw_text
from wiki.models import Page
from wiki.tasks import redraw_stale


def test_rerender_draws_what_an_older_renderer_made(space, ada):
    fresh = PageFactory(space=space, body="Fresh")
    old = PageFactory(space=space, body="[[Fresh]] *words*")
    Page.objects.filter(pk=old.pk).update(renderer=0, body_html="<p>stale</p>")
    Page.objects.filter(pk=fresh.pk).update(body_html="<p>untouched</p>")
    out = StringIO()

    call_command("rerender", stdout=out)

    old.refresh_from_db()
    fresh.refresh_from_db()
    assert "<em>words</em>" in old.body_html
    assert old.renderer == RENDERER_VERSION
    assert fresh.body_html == "<p>untouched</p>"
    assert out.getvalue() == "1 pages drawn again\n"


def test_rerender_all(space):
    page = PageFactory(space=space, body="Fresh")
    Page.objects.update(body_html="")

    call_command("rerender", all=True, stdout=StringIO())

    page.refresh_from_db()
    assert "Fresh" in page.body_html


def test_the_sweep_finds_what_no_worker_was_asked_for(space):
    page = PageFactory(space=space)
    Page.objects.update(renderer=0, body_html="")

    redraw_stale()
    redraw_stale()

    page.refresh_from_db()
    assert "The belt is cut" in page.body_html


def test_search_uses_the_index(space, ben):
    page = PageFactory(space=space, title="Fire belts", body="Goats keep it short.")

    hits = search(ben, "goats", only="pages")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT 1 FROM wiki_page WHERE words"
            " @@ websearch_to_tsquery('simple', 'goats')"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert [hit.url for hit in hits["pages"]] == [page.get_absolute_url()]
    assert "pages_search" in plan


@pytest.mark.parametrize("size", [500])
def test_hundreds_of_links_are_found_in_one_query(
    space, size, django_assert_num_queries
):
    PageFactory.create_batch(3, space=space)
    text = " ".join(f"[[Page {number}]]" for number in range(size))

    with django_assert_num_queries(1):
        rendered, finder = draw_text(text, space, audience="members")

    assert len(finder.found) == size
    assert rendered.html.count("<a ") == size
