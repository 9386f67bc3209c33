"""Fresh changes, and who has looked at them."""

import pytest
from django.utils import timezone

from spaces.models import Record
from tests.factories.spaces import GroupFactory
from tests.factories.wiki import PageFactory
from tests.wiki.test_history import edit
from tests.wiki.test_views import BODY, begin, url
from wiki.actions.patrolling import trust_writer
from wiki.models import ReadUpTo, Revision, Trust


def titles(response):
    return [row.page.title for row in response.context["rows"]]


def test_changes_of_stewards_and_trusted_members_are_seen_at_once(
    space, ben, oda, sam, ada
):
    trust_writer(space, oda, by=ada)
    for person in (ben, oda, sam, ada):
        begin(space, person, f"By {person.name}")

    seen = {it.author: it.seen_by for it in Revision.objects.all()}

    assert seen == {ben: None, oda: oda, sam: sam, ada: ada}


def test_patrol_is_one_press_by_who_may(client, space, ben, oda, sam):
    revision = begin(space, ben).current
    for person, code, by in ((oda, 403, None), (sam, 302, sam), (sam, 302, sam)):
        client.force_login(person)
        assert client.get(url("patrol_list", space)).status_code == (
            403 if code == 403 else 200
        )
        sent = {
            "revision": [revision.pk, "x", "9" * 30],
            "next": "https://evil.example",
        }
        answer = client.post(url("patrol_seen", space), sent)
        assert answer.status_code == code
        assert "evil" not in answer.get("Location", "")
        revision.refresh_from_db()
        assert revision.seen_by == by


def test_patrol_marks_nothing_on_a_page_one_does_not_see(
    client, space, ben, sam, farmers
):
    page = begin(space, ben, audience="group", audience_group=farmers)
    client.force_login(sam)

    client.post(url("patrol_seen", space), {"revision": page.current_id})

    page.current.refresh_from_db()
    assert page.current.seen is None
    assert "Fire belts" not in client.get(url("patrol_list", space)).content.decode()


def test_trust_is_given_and_taken_on_the_record(client, space, ben, oda, sam):
    client.force_login(oda)
    assert (
        client.post(url("patrol_trust", space), {"person": oda.pk}).status_code == 403
    )
    client.force_login(sam)
    for data in ({}, {}, {"stop": "1"}, {"stop": "1"}):
        client.post(url("patrol_trust", space), {"person": ben.pk, **data})
    client.post(url("patrol_trust", space), {"person": "x"})

    assert not Trust.objects.exists()
    verbs = (
        Record.objects.filter(about=ben).order_by("pk").values_list("verb", flat=True)
    )
    assert list(verbs) == ["writer_trusted", "writer_untrusted"]


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("name", "queries"), [("change_list", 8), ("patrol_list", 7)])
def test_query_count(
    client, space, ada, rows, name, queries, django_assert_num_queries
):
    for number in range(rows):
        group = GroupFactory(space=space)
        PageFactory(space=space, title=f"Page {number:02}", body__author_group=group)
    client.force_login(ada)
    client.get(url("page_list", space))

    with django_assert_num_queries(queries):
        response = client.get(url(name, space))

    assert len(titles(response)) == rows


def test_change_list_is_narrowed(client, space, ben, oda, sam, farmers):
    top = begin(space, sam, "Top")
    child = begin(space, ben, "Child", parent=top, group=farmers)
    begin(space, sam, "Other")
    edit(child, sam, BODY + " More.", is_minor=True)
    client.force_login(ben)
    address = url("change_list", space)

    def shown(**query):
        return titles(client.get(address, query))

    assert shown() == ["Child", "Other", "Child", "Top"]
    assert shown(large="on") == ["Other", "Child", "Top"]
    assert shown(group=farmers.pk) == ["Child"]
    assert shown(under="top") == ["Child", "Child", "Top"]
    assert shown(show="unseen") == ["Child"]
    wrong = client.get(address, {"under": "Nowhere"})
    assert (wrong.status_code, len(titles(wrong))) == (422, 4)


def test_change_list_since_the_own_mark(client, space, ben, sam):
    begin(space, sam, "Old")
    client.force_login(ben)
    address = url("change_list", space)
    client.post(url("changes_read", space), {"moment": timezone.now().isoformat()})
    begin(space, sam, "New")

    assert titles(client.get(address, {"show": "new"})) == ["New"]
    for moment in ("", "soon", "9999-01-01T00:00:00Z", "2026-13-40T00:00:00Z"):
        client.post(url("changes_read", space), {"moment": moment})
        assert ReadUpTo.objects.get(person=ben).moment <= timezone.now()


def test_change_list_goes_on_where_it_ended(client, space, ben, sam):
    pages = [
        PageFactory(space=space, title=f"Page {number:02}") for number in range(70)
    ]
    # All in one moment: the number decides.
    Revision.objects.update(created=timezone.now())
    client.force_login(ben)
    found, query = [], ""
    while True:
        response = client.get(f"{url('change_list', space)}?{query}")
        found += titles(response)
        query = response.context["next_query"]
        if not query:
            break

    assert found == [page.title for page in reversed(pages)]
    for mark in ("x", "1-1-1", "99999999999999999-1"):
        assert (
            client.get(url("change_list", space), {"before": mark}).status_code == 200
        )


def test_change_list_names_only_what_one_may_see(client, space, ben, oda, farmers):
    begin(space, ben, "Secret", audience="group", audience_group=farmers)
    shown = {}
    for person in (ben, oda):
        client.force_login(person)
        shown[person] = titles(client.get(url("change_list", space)))

    assert shown == {ben: ["Secret"], oda: []}
