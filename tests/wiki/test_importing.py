"""Taking a handbook in: looked through, said yes to, written once."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from notifications.models import Delivery
from tests.factories.files import picture_bytes
from wiki.actions import create_page
from wiki.actions.importing import (
    KEPT_FOR,
    TURN,
    check_import,
    forget_unwanted,
    take_in,
    want_import,
)
from wiki.importing import reading
from wiki.importing.planning import plan_pages
from wiki.importing.reading import Unreadable, read_archive, read_folder
from wiki.models import Import, Page

HANDBOOK = {
    "README.md": b"# Handbook\n\nStart with [the belts](belts/README.md).",
    "belts/README.md": b"---\ntitle: Fire belts\n---\n\n# Fire belts\n\n"
    b"See [goats](goats.md#when-it-rains), [the form](form.txt), [gone](gone.md) and "
    b"![A belt](img/belt.png).",
    "belts/goats.md": b"# Goats\n\nThey keep it short. [Up](..)\n\n## When it rains",
    "belts/img/belt.png": picture_bytes(40, 30, "PNG"),
    "belts/form.txt": b"A form to print.",
}


def zipped(files, **how):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    out.seek(0)
    return out


def planned(space, user, files, *, is_update=False):
    return {
        page.path: page for page in plan_pages(files, space, user, is_update=is_update)
    }


def bring(space, by, files=HANDBOOK, **more):
    more.setdefault("audience", "members")
    held = check_import(space, files, by=by, **more)
    want_import(held, by=by)
    take_in()
    held.refresh_from_db()
    return held


# ── The plan ────────────────────────────────────────────────────────────────


def test_the_plan_says_what_becomes_of_each_file(space, ada):
    found = planned(space, ada, HANDBOOK)

    assert {
        path: (page.title, page.parent, page.fate) for path, page in found.items()
    } == {
        "README.md": ("Handbook", "", "new"),
        "belts/README.md": ("Fire belts", "README.md", "new"),
        "belts/goats.md": ("Goats", "belts/README.md", "new"),
        "belts/form.txt": ("Form", "belts/README.md", "new"),
    }
    assert found["README.md"].body == "Start with [[Fire belts|the belts]].\n"
    belts = found["belts/README.md"]
    assert belts.body == (
        "See [[Goats#when it rains|goats]], [[Form|the form]], [gone](gone.md) and "
        "![A belt](import-file:0).\n"
    )
    assert (belts.files, belts.broken) == (["belts/img/belt.png"], ["gone.md"])
    assert list(found)[:2] == ["README.md", "belts/README.md"]


@pytest.mark.parametrize(
    ("name", "content", "title", "fate"),
    [
        ("02-fire_belts.md", b"Words.", "Fire belts", "new"),
        ("a.md", b"---\ntitle: 'Belts: a start'\n---\nWords.", "Belts: a start", "new"),
        ("a.md", b"---\n- no\n---\nWords.", "A", "new"),
        ("a.md", b"---\n{bad: [\n---\nWords.", "A", "new"),
        ("a.md", b"\xef\xbb\xbf# Belts\n\nWords.", "Belts", "new"),
        ("a.md", b"\xff\xfe# Belts", "A", "skip"),
        ("a.md", b"", "A", "skip"),
        ("a.md", b"x" * 60_001, "A", "skip"),
        ("a.md", b"# [|]\n\nWords.", "[|]", "skip"),
        ("a.md", "# حزام النار\n\nWords.".encode(), "حزام النار", "new"),
        ("a.md", b"# " + b"x" * 500 + b"\n\nWords.", "x" * 200, "new"),
    ],
)
def test_the_plan_of_one_file(space, ada, name, content, title, fate):
    [page] = planned(space, ada, {name: content}).values()

    assert (page.title, page.fate) == (title, fate)
    assert bool(page.why) == (fate == "skip")


def test_two_files_of_one_title_become_two_pages(space, ada):
    files = {"a/care.md": b"# Care\n\nA.", "b/care.md": b"# CARE\n\nB."}

    found = planned(space, ada, files)

    assert [page.title for page in found.values()] == ["Care", "CARE (b)"]


def test_a_page_that_stands_is_left_or_gets_a_version(space, ada):
    create_page(space, by=ada, title="Goats", body="Old.", audience="members")
    create_page(space, by=ada, title="Same", body="Words.", audience="members")
    files = {"goats.md": b"New.", "same.md": b"Words."}

    left = planned(space, ada, files)
    changed = planned(space, ada, files, is_update=True)

    assert [page.fate for page in left.values()] == ["skip", "skip"]
    assert [page.fate for page in changed.values()] == ["update", "same"]


def test_parents_that_go_round_in_a_ring_stand_by_themselves(space, ada):
    files = {
        "a.md": b"---\nparent: B\n---\nWords.",
        "b.md": b"---\nparent: A\n---\nWords.",
    }

    found = plan_pages(files, space, ada, is_update=False)

    assert sorted((page.title, page.parent) for page in found) in (
        [("A", ""), ("B", "a.md")],
        [("A", "b.md"), ("B", "")],
    )


# ── Reading ─────────────────────────────────────────────────────────────────


def link_in_zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link.md")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    out.seek(0)
    return out


@pytest.mark.parametrize(
    ("archive", "words"),
    [
        (io.BytesIO(b"PK no zip"), "no zip that can be read"),
        (zipped({"../../etc/cron.d/x.md": b"x"}), "leads out of it"),
        (zipped({"/etc/x.md": b"x"}), "leads out of it"),
        (zipped({"C:/x.md": b"x"}), "leads out of it"),
        (link_in_zip(), "leads out of it"),
        (zipped({"bomb.md": b"\0" * 15_000_000}), "far more than it should"),
        (zipped({"huge.md": b"\0" * 21_000_000}), "one file is over 20 MB"),
        (zipped({f"{n}.md": b"x" for n in range(2_001)}), "2000 are the most"),
    ],
)
def test_an_archive_that_is_refused(archive, words):
    with pytest.raises(Unreadable) as refused:
        read_archive(archive)

    assert words in str(refused.value)


def test_an_archive_is_read_without_what_computers_leave_in_it():
    archive = zipped({
        "a/b.md": b"B", "__MACOSX/a/._b.md": b"x", ".git/x.md": b"x", "Thumbs.db": b"x",
    })  # fmt: skip

    assert read_archive(archive) == {"a/b.md": b"B"}


def test_a_folder_is_read_without_following_links(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.md").write_bytes(b"B")
    (tmp_path / "secret.md").symlink_to("/etc/passwd")

    assert read_folder(tmp_path) == {"a/b.md": b"B"}


# ── Writing ─────────────────────────────────────────────────────────────────


def test_a_handbook_is_taken_in(client, space, ada):
    held = bring(space, ada)

    pages = {page.title: page for page in Page.objects.filter(space=space)}
    assert set(pages) == {"Handbook", "Fire belts", "Goats", "Form"}
    assert pages["Goats"].parent == pages["Fire belts"]
    assert pages["Fire belts"].parent == pages["Handbook"]
    picture = pages["Fire belts"].attachments.get()
    assert (
        f"![A belt]({picture.get_absolute_url()})" in pages["Fire belts"].current.body
    )
    assert 'class="wiki missing"' not in pages["Handbook"].body_html
    assert pages["Handbook"].current.summary == "Taken in from README.md"
    assert (held.state, held.written, bool(held.content)) == ("done", 4, False)
    # Nobody gets four letters.
    assert not Delivery.objects.filter(kind="wiki.page_changed").exists()
    client.force_login(ada)
    assert client.get(pages["Fire belts"].get_absolute_url()).status_code == 200


def test_what_goes_out_comes_in_again(client, space, open_space, ada):
    bring(space, ada)
    client.force_login(ada)
    address = reverse("wiki:wiki_archive", kwargs={"space": space.slug})
    archive = b"".join(client.get(address, {"history": 1}).streaming_content)

    bring(open_space, ada, read_archive(io.BytesIO(archive)), audience="public")

    def shape(of):
        return sorted(
            (page.title, page.parent and page.parent.title, page.attachments.count())
            for page in Page.objects.filter(space=of)
        )

    assert shape(open_space) == shape(space)


def test_a_second_turn_writes_nothing_twice(space, ada):
    bring(space, ada)
    before = Page.objects.count()

    held = bring(space, ada, is_update=True)

    assert (Page.objects.count(), take_in()) == (before, 0)
    assert {row["title"]: row["fate"] for row in held.report} == {
        "Handbook": "same",
        "Fire belts": "update",
        "Goats": "same",
        "Form": "same",
    }


def test_a_turn_that_was_killed_goes_on(space, ada):
    held = check_import(space, HANDBOOK, by=ada, audience="members")
    create_page(space, by=ada, title="Handbook", body="x", audience="members")
    report = [
        {**row, "slug": "handbook" if row["path"] == "README.md" else ""}
        for row in held.report
    ]
    now = timezone.now()
    Import.objects.update(state="running", claimed=now, report=report, written=1)

    assert take_in(now=now + TURN / 2) == 0
    assert take_in(now=now + TURN * 2) == 1

    held.refresh_from_db()
    assert (held.state, held.written) == ("done", 4)
    assert Page.objects.get(title="Handbook").current.body == "x"


def test_who_was_sent_away_meanwhile_brings_nothing(space, ada):
    held = check_import(space, HANDBOOK, by=ada, audience="members")
    want_import(held, by=ada)
    ada.memberships.filter(space=space).update(role="member")

    take_in()

    held.refresh_from_db()
    assert not Page.objects.exists()
    assert {row["fate"] for row in held.report} == {"skip"}


def test_what_nobody_says_yes_to_is_forgotten(space, ada):
    held = check_import(space, HANDBOOK, by=ada, audience="members")

    assert forget_unwanted(now=timezone.now() + KEPT_FOR - timedelta(hours=1)) == 0
    assert forget_unwanted(now=timezone.now() + KEPT_FOR * 2) == 1
    assert not Import.objects.exists()
    assert not held.content.storage.exists(held.content.name or "imports/none")


# ── Pages and the command ───────────────────────────────────────────────────


def url(name, space, **more):
    return reverse(f"wiki:{name}", kwargs={"space": space.slug, **more})


def test_import_by_the_web(client, space, ada):
    client.force_login(ada)
    upload = SimpleUploadedFile("book.zip", zipped(HANDBOOK).read(), "application/zip")

    looked = client.post(
        url("import_create", space), {"files": upload, "audience": "members"}
    )
    held = Import.objects.get()
    report = client.get(looked["Location"]).content.decode()
    assert not Page.objects.exists()
    client.post(url("import_confirm", space, pk=held.pk))
    again = client.post(url("import_confirm", space, pk=held.pk), follow=True)
    take_in()
    done = client.get(held.get_absolute_url()).content.decode()

    assert "4 new pages" in report
    assert "Leads nowhere: gone.md" in report
    assert "on its way already" in again.content.decode()
    assert "4 pages were taken in." in done


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("book.zip", b"no zip", "no zip that can be read"),
        ("book.zip", zipped({"a.png": b"x"}).read(), "There is no Markdown in it"),
        ("", b"", "Choose a file first."),
    ],
)
def test_import_of_nothing_gets_words(client, space, ada, name, content, words):
    client.force_login(ada)
    create_page(space, by=ada, title="Goats", body="x", audience="members")
    data = {"audience": "members", "parent": "Goats"}
    if name:
        data["files"] = SimpleUploadedFile(name, content)

    answer = client.post(url("import_create", space), data)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="Goats"' in answer.content.decode()
    assert not Import.objects.exists()


def test_import_is_dropped_before_it_is_said_yes_to(client, space, ada):
    client.force_login(ada)
    held = check_import(space, HANDBOOK, by=ada, audience="members")
    taken = check_import(space, HANDBOOK, by=ada, audience="members")
    want_import(taken, by=ada)

    for each in (held, taken):
        client.post(url("import_drop", space, pk=each.pk))

    assert list(Import.objects.values_list("pk", flat=True)) == [taken.pk]


@pytest.mark.parametrize("rows", [1, 30])
def test_import_detail_query_count(client, space, ada, rows, django_assert_num_queries):
    files = {f"{number}.md": b"Words." for number in range(rows)}
    held = check_import(space, files, by=ada, audience="members")
    client.force_login(ada)
    client.get(held.get_absolute_url())

    with django_assert_num_queries(5):
        client.get(held.get_absolute_url())


def test_import_wiki_says_first_and_writes_then(space, ada, ben, tmp_path, capsys):
    (tmp_path / "goats.md").write_text("# Goats\n\nThey keep it short.")

    call_command("import_wiki", space.slug, tmp_path, by=ada.email)
    said = capsys.readouterr().out
    assert said.splitlines() == [
        "new    goats.md → Goats",
        "Nothing was written. Again with --yes writes them.",
    ]
    call_command("import_wiki", space.slug, tmp_path, by=ada.email, yes=True)
    assert Page.objects.get().title == "Goats"
    with pytest.raises(CommandError):
        call_command("import_wiki", space.slug, tmp_path, by=ben.email)
    with pytest.raises(CommandError):
        call_command("import_wiki", space.slug, tmp_path / "none", by=ada.email)


def test_limits_are_as_the_words_say():
    assert (reading.MOST_FILES, reading.MOST_OF_ONE >> 20) == (2_000, 20)
