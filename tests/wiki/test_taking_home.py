"""Taking the wiki home: paper, archives, feeds, data; each by the reader's right."""

import io
import json
import re
import zipfile
import zlib

import pytest
import yaml
from defusedxml import ElementTree as etree
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.urls import reverse

from files.models import File
from tests.factories.files import FileFactory, picture_bytes
from tests.factories.wiki import PageFactory
from wiki.actions import create_page, move_page, save_page
from wiki.exporting import archive

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def url(name, space, page=None, **query):
    kwargs = {"space": space.slug} | ({"page": page.slug} if page else {})
    return reverse(f"wiki:{name}", kwargs=kwargs, query=query or None)


def begin(space, by, title, body="It is cut in October.", **more):
    more.setdefault("audience", "members")
    return create_page(space, by=by, title=title, body=body, **more).page


@pytest.fixture
def branch(space, ada, ben, farmers):
    """Two pages, one under the other; the lower one in two versions by two people."""
    top = begin(space, ada, "Fire belts", "See [[Goats]].\n\n## Care\n\nEvery year.")
    low = begin(space, ben, "Goats", "They keep it short.", parent=top, group=farmers)
    save_page(
        low,
        by=ada,
        body="They keep it short.\n\nNot in the rains.",
        base=low.current,
        summary="The rains",
    )
    begin(space, ada, "Money", "Nobody is paid.")
    for page in (top, low):
        page.refresh_from_db()
    return top, low


def unpacked(response):
    content = b"".join(response.streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        return {name: found.read(name) for name in found.namelist()}


def head_of(document):
    return yaml.safe_load(document.decode().split("---\n")[1])


def test_page_archive_holds_the_branch_as_markdown(client, space, ada, branch):
    top, low = branch
    client.force_login(ada)

    alone = unpacked(client.get(url("page_archive", space, top)))
    all_of_it = unpacked(client.get(url("page_archive", space, top, below=1)))

    assert set(alone) == {"fire-belts.md"}
    assert set(all_of_it) == {"fire-belts.md", "fire-belts/goats.md"}
    document = all_of_it["fire-belts/goats.md"]
    assert head_of(document) == {
        "title": "Goats",
        "parent": "Fire belts",
        "version": 2,
        "changed": low.current.created.isoformat(timespec="seconds"),
        "author": "Ada Mensah",
        "readers": "members",
    }
    assert document.decode().split("---\n\n")[1] == (
        "They keep it short.\n\nNot in the rains.\n"
    )


def test_page_archive_holds_every_version(client, space, ada, branch):
    _top, low = branch
    client.force_login(ada)

    found = unpacked(client.get(url("page_archive", space, low, history=1)))

    assert set(found) == {"goats.md", "history/goats/0001.md", "history/goats/0002.md"}
    assert head_of(found["history/goats/0001.md"]) == {
        "title": "Goats",
        "version": 1,
        "changed": low.revisions.get(number=1).created.isoformat(timespec="seconds"),
        "author": "Ben Tetteh",
        "group": "Farmers",
    }
    assert head_of(found["history/goats/0002.md"])["summary"] == "The rains"


def test_wiki_archive_says_when_there_are_too_many_versions(
    client, space, ada, branch, monkeypatch
):
    monkeypatch.setattr(archive, "MOST_VERSIONS", 3)
    client.force_login(ada)

    refused = client.get(url("wiki_archive", space, history=1))
    without = unpacked(client.get(url("wiki_archive", space)))

    assert refused.status_code == 422
    assert "have 4 versions" in refused.content.decode()
    assert set(without) == {"fire-belts.md", "fire-belts/goats.md", "money.md"}


def test_archive_takes_pictures_that_the_reader_may_see(client, space, ada, settings):
    photo = FileFactory(
        space=space, original=ContentFile(picture_bytes(), "x"), audience="members"
    )
    other = FileFactory(original=ContentFile(picture_bytes(), "y"), audience="members")
    page = begin(
        space,
        ada,
        "Belts",
        f"![A belt]({photo.get_absolute_url()}) ![No]({other.get_absolute_url()})",
    )
    client.force_login(ada)

    found = unpacked(client.get(url("page_archive", space, page)))

    assert set(found) == {"belts.md", f"belts/files/{photo.pk}-field.webp"}
    assert found[f"belts/files/{photo.pk}-field.webp"] == picture_bytes()
    words = f"![A belt](belts/files/{photo.pk}-field.webp) ![No]"
    assert f"{words}({other.get_absolute_url()})" in found["belts.md"].decode()


def test_what_a_person_does_not_see_goes_out_with_nobody(
    client, open_space, ada, ben, cleo
):
    begin(open_space, ada, "For all", audience="public")
    begin(open_space, ada, "Members only", audience="members")

    client.force_login(cleo)
    outside = unpacked(client.get(url("wiki_archive", open_space)))
    printed = client.get(url("wiki_print", open_space)).content.decode()
    feed = client.get(url("wiki_feed", open_space)).content.decode()
    client.force_login(ben)
    inside = unpacked(client.get(url("wiki_archive", open_space)))

    assert set(outside) == {"for-all.md"}
    assert set(inside) == {"for-all.md", "members-only.md"}
    for text in (printed, feed):
        assert ("For all" in text, "Members only" in text) == (True, False)


def test_page_print_is_the_branch_with_its_writers(client, space, ada, branch):
    top, _low = branch
    client.force_login(ada)

    page = client.get(url("page_print", space, top, below=1)).content.decode()

    titles = re.findall(r'<h1 dir="auto">(.*?)</h1>', page)
    assert titles == ["Fire belts", "Goats"]
    assert "Written by Ada Mensah, Ben Tetteh. Version 2" in page
    assert "<bdi>Ben Tetteh</bdi> (Farmers)" in page
    # Links between its pages stay in it, and every heading has a name of its own.
    low = branch[1]
    assert f'href="#page-{low.pk}"' in page
    assert f'id="page-{top.pk}-s-care"' in page


def test_page_pdf_is_typeset_with_contents(client, space, ada, branch):
    top, _low = branch
    client.force_login(ada)

    one = client.get(url("page_pdf", space, top))
    many = client.get(url("page_pdf", space, top, below=1))

    assert one["Content-Type"] == many["Content-Type"] == "application/pdf"
    assert many["Content-Disposition"] == 'inline; filename="fire-belts.pdf"'
    # A cover, contents, and each page on its own.
    assert (pages_in(one), pages_in(many)) == (1, 4)


def pages_in(response):
    """Pages are counted by the document itself, in one of its packed streams."""
    for packed in re.findall(rb"stream\n(.*?)\nendstream", response.content, re.DOTALL):
        try:
            found = re.search(rb"/Count (\d+)", zlib.decompress(packed))
        except zlib.error:
            continue
        if found:
            return int(found[1])
    raise AssertionError("no pages")


def test_page_pdf_that_is_too_long_gets_words(client, space, ada, branch, monkeypatch):
    monkeypatch.setattr("wiki.views.taking_home.MOST_LETTERS", 10)
    client.force_login(ada)

    answer = client.get(url("page_pdf", space, branch[0]))

    assert answer.status_code == 422
    assert "Choose one branch" in answer.content.decode()


def test_one_person_gets_one_pdf_at_a_time(client, space, ada, branch):
    client.force_login(ada)
    cache.add(f"paper-{ada.pk}", True, 5)

    busy = client.get(url("page_pdf", space, branch[0]))
    cache.delete(f"paper-{ada.pk}")
    free = client.get(url("page_pdf", space, branch[0]))

    assert (busy.status_code, free.status_code) == (503, 200)
    # Asked for again it is not made again, so nobody has to wait for a turn.
    cache.add(f"paper-{ada.pk}", True, 5)
    assert client.get(url("page_pdf", space, branch[0])).content == free.content
    cache.delete(f"paper-{ada.pk}")
    assert "still being made" in busy.content.decode()


def test_page_raw_and_json_answer_304_to_whoever_has_them(client, space, ada, branch):
    _top, low = branch
    client.force_login(ada)

    for name in ("page_raw", "page_json", "page_feed"):
        address = url(name, space, low)
        first = client.get(address)
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert (first.status_code, again.status_code) == (200, 304), name
        assert again.content == b""

    raw = client.get(url("page_raw", space, low))
    assert raw["Content-Type"] == "text/markdown; charset=utf-8"
    assert raw.content.decode() == low.current.body
    save_page(low, by=ada, body="New words.", base=low.current)
    after = client.get(
        url("page_raw", space, low), headers={"if-none-match": raw["ETag"]}
    )
    assert after.content == b"New words."


def test_page_json_is_the_whole_page(client, space, ada, branch):
    top, low = branch
    client.force_login(ada)

    data = json.loads(client.get(url("page_json", space, low)).content)

    assert data["text"] == "They keep it short.\n\nNot in the rains."
    assert data["writers"] == ["Ada Mensah", "Ben Tetteh"]
    assert data["groups"] == ["Farmers"]
    assert data["version"] == 2
    assert data["parent"]["title"] == "Fire belts"
    assert data["parent"]["address"].endswith(top.get_absolute_url())


def test_page_feed_tells_the_changes_of_a_branch(client, space, ada, branch):
    top, low = branch
    client.force_login(ada)

    answer = client.get(url("page_feed", space, top))

    feed = etree.fromstring(answer.content)
    titles = [entry.text for entry in feed.findall("a:entry/a:title", ATOM)]
    assert titles == ["Goats: The rains", "New: Goats", "New: Fire belts"]
    newest = feed.find("a:entry", ATOM)
    assert newest.find("a:author/a:name", ATOM).text == "Ada Mensah"
    assert (
        "<p>+ <ins>Not in the rains.</ins></p>" in newest.find("a:summary", ATOM).text
        or "Not in the rains." in newest.find("a:summary", ATOM).text
    )


def test_page_feed_keeps_its_ids_when_a_page_is_renamed(client, space, ada, branch):
    _top, low = branch
    client.force_login(ada)

    def ids():
        feed = etree.fromstring(client.get(url("page_feed", space, low)).content)
        return [each.text for each in feed.findall("a:entry/a:id", ATOM)]

    before = ids()
    low = move_page(low, by=ada, title="Goats and sheep").page

    assert ids()[1:] == before


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("wiki_export", 5), ("wiki_print", 6), ("wiki_archive", 5), ("wiki_feed", 5)],
)
def test_taking_home_query_count(
    client, space, ada, rows, name, queries, django_assert_num_queries
):
    for number in range(rows):
        PageFactory(space=space, title=f"Page {number}", slug=f"page-{number}")
    client.force_login(ada)
    list(client.get(url(name, space)))

    with django_assert_num_queries(queries):
        list(client.get(url(name, space)))


def test_documents_keep_the_ending_of_their_name():
    photo = File(kind="photo", name="field.jpg")
    document = File(kind="document", name="a plan.PDF")

    assert archive._name(photo) == "field.webp"
    assert archive._name(document) == "a-plan.pdf"
