"""Others who have the page open."""

import json

from django.urls import reverse

from tests.wiki.test_views import begin, form_of
from wiki import presence


def url(name, page):
    kwargs = {"space": page.space.slug, "page": page.slug}
    return reverse(f"wiki:{name}", kwargs=kwargs)


def test_writers_see_that_others_have_the_page_open(client, space, ben, oda):
    belts = begin(space, ben)

    def opens(person):
        client.force_login(person)
        return client.get(url("page_edit", belts)).context["others"]

    assert opens(ben) == ""
    assert opens(oda) == (
        "1 other person has this page open. Save early: texts are joined."
    )
    client.force_login(ben)
    kept = client.post(
        url("draft_save", belts),
        form_of(belts, body="More."),
        headers={"accept": "application/json"},
    )
    assert json.loads(kept.content)["others"].startswith("1 other person")
    client.force_login(oda)
    client.post(url("page_edit", belts), form_of(belts, body="Other words."))
    assert opens(ben) == ""


def test_who_types_nothing_for_long_counts_as_gone(space, ben, oda, monkeypatch):
    belts = begin(space, ben)
    now = 1_000_000.0
    monkeypatch.setattr(presence.time, "time", lambda: now)
    assert presence.note_open(belts, ben) == 0
    monkeypatch.setattr(presence.time, "time", lambda: now + presence.OPEN_FOR + 1)

    assert presence.note_open(belts, oda) == 0
