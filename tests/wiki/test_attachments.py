"""Files and pictures of a page: versions, and who sees them."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from files.actions import upload
from files.models import File
from tests.factories.files import picture_upload
from tests.factories.wiki import PageFactory
from wiki.actions import Gone, create_page, delete_page, save_page, undelete_page
from wiki.actions.attaching import (
    attach_file,
    choose_version,
    remove_attachment,
    tidy_name,
)
from wiki.models import Attachment
from wiki.permissions import can_remove_attachment


def url(name, page, **more):
    kwargs = {"space": page.space.slug, "page": page.slug, **more}
    return reverse(f"wiki:{name}", kwargs=kwargs)


def text_file(words="One.", name="plan.txt"):
    return SimpleUploadedFile(name, words.encode(), "text/plain")


def send(client, page, file, **fields):
    return client.post(url("attachment_list", page), {"file": file, **fields})


def read(client, address):
    response = client.get(address)
    if response.status_code != 200:
        return response.status_code
    return b"".join(response.streaming_content)


@pytest.fixture
def belts(space, ada):
    return create_page(
        space, by=ada, title="Fire belts", body="Words.", audience="members"
    ).page


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("plan.txt", "plan.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Belts\\Plan of 2026.PDF", "Plan-of-2026.PDF"),
        ("…", "file"),
        ("ሰላም.png", "ሰላም.png"),
        (f"{'x' * 300}.webp", f"{'x' * 115}.webp"),
    ],
)
def test_tidy_name(given, kept):
    assert tidy_name(given) == kept


def test_a_file_of_the_same_name_is_the_next_version(client, belts, ada, ben):
    for person, words in ((ben, "One."), (ada, "Two.")):
        client.force_login(person)
        assert send(client, belts, text_file(words), words=words).status_code == 302

    found = Attachment.objects.get(page=belts)
    assert [
        (version.number, version.by, version.words) for version in found.versions.all()
    ] == [(2, ada, "Two."), (1, ben, "One.")]
    address = found.get_absolute_url()
    assert read(client, address) == b"Two."
    assert read(client, f"{address}?version=1") == b"One."
    assert read(client, f"{address}?version=7") == 404


def test_a_picture_needs_words_and_is_shown_in_the_text(client, belts, ben):
    client.force_login(ben)

    wordless = send(client, belts, picture_upload())
    told = client.post(
        url("attachment_list", belts),
        {"file": picture_upload(), "alt": "A belt [wide]"},
        headers={"accept": "application/json"},
    )

    assert wordless.status_code == 422
    assert "Say in a few words what it shows" in wordless.content.decode()
    markdown = json.loads(told.content)["markdown"]
    assert markdown == ("![A belt (wide)](/s/forest/wiki/fire-belts/files/field.jpg/)")
    saved = save_page(belts, by=ben, body=markdown, base=belts.current).page
    assert 'src="/s/forest/wiki/fire-belts/files/field.jpg/"' in saved.body_html


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("x.exe", b"MZ"), "Files of this kind are not taken"),
        (
            SimpleUploadedFile("x.png", b"MZ not a picture"),
            "This is not a photo we can read",
        ),
        (SimpleUploadedFile("x.pdf", b"MZ not a document"), "not what its name says"),
        (
            SimpleUploadedFile("x.svg", b"<svg onload='alert(1)'/>"),
            "Drawings (SVG) cannot be shown",
        ),
        (SimpleUploadedFile("x.txt", b""), "empty"),
        ("", "Choose a file first."),
    ],
)
def test_what_is_no_file_for_a_page_gets_words(client, belts, ben, file, words):
    client.force_login(ben)

    answer = send(client, belts, file, alt="A belt", words="New")

    assert answer.status_code == 422
    assert words in answer.content.decode()
    # Nothing that was typed is lost.
    assert 'value="A belt"' in answer.content.decode()
    assert not Attachment.objects.exists()


def test_files_follow_their_page(client, open_space, ada, ben, cleo):
    page = create_page(
        open_space, by=ada, title="Belts", body="Words.", audience="members"
    ).page
    client.force_login(ada)
    send(client, page, text_file())
    address = Attachment.objects.get().get_absolute_url()
    file = File.objects.get()

    def seen_by(person):
        client.force_login(person)
        return read(client, address), read(client, file.get_absolute_url())

    assert seen_by(ben) == (b"One.", b"One.")
    assert seen_by(cleo) == (404, 404)
    page = save_page(
        page,
        by=ada,
        body="Words.",
        base=page.current,
        settings={"audience": "public", "audience_group": None},
    ).page
    assert seen_by(cleo) == (b"One.", b"One.")
    delete_page(page, by=ada)
    assert seen_by(ben) == (410, 404)
    undelete_page(page, by=ada)
    assert seen_by(ben) == (b"One.", b"One.")


def test_an_older_version_is_shown_again_as_a_new_one(client, belts, ada, ben):
    client.force_login(ben)
    send(client, belts, text_file("One."))
    send(client, belts, text_file("Two."))
    found = Attachment.objects.get()

    choose_version(found, found.versions.get(number=1), by=ada)

    found.refresh_from_db()
    assert (found.current.number, found.current.words) == (3, "version 1 again")
    assert read(client, found.get_absolute_url()) == b"One."
    choose_version(found, found.current, by=ada)
    assert found.versions.count() == 3


def test_who_removes_a_file(client, belts, ada, ben, oda):
    client.force_login(ben)
    send(client, belts, text_file("One."))
    found = Attachment.objects.get()
    found.page = belts

    def may():
        return [can_remove_attachment(person, found) for person in (ada, ben, oda)]

    assert may() == [True, True, False]
    client.force_login(oda)
    send(client, belts, text_file("Two."))
    # Now it is the work of two.
    assert may() == [True, False, False]
    remove_attachment(found, by=ada)
    assert (Attachment.objects.count(), File.objects.count()) == (0, 0)


def test_a_file_for_a_page_that_is_gone_stays_its_uploaders(belts, ada, ben):

    file = upload(belts.space, text_file(), by=ben, kind="document")
    delete_page(belts, by=ada)

    with pytest.raises(Gone):
        attach_file(belts, file, by=ben)

    file.refresh_from_db()
    assert file.is_draft


@pytest.mark.parametrize("rows", [1, 30])
def test_attachment_list_query_count(
    client, space, ben, rows, django_assert_num_queries
):
    page = PageFactory(space=space)

    for number in range(rows):
        file = upload(space, text_file(name=f"{number}.txt"), by=ben, kind="document")
        attach_file(page, file, by=ben)
    client.force_login(ben)
    client.get(url("attachment_list", page))

    with django_assert_num_queries(6):
        client.get(url("attachment_list", page))
