"""What is taken in, what is refused, and what is left of it."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from files.actions import attach, upload
from files.models import File
from files.removing import LOOSE_FOR, forget_loose, remove
from stories.actions import add_media
from tests.accounts.pictures import oddly_described
from tests.factories.conversations import MessageFactory, ThreadFactory
from tests.factories.files import picture_bytes, picture_upload
from tests.factories.stories import StoryFactory

pytestmark = pytest.mark.django_db


def sent(name, content):
    return SimpleUploadedFile(name, content)


def content_of(path):
    with default_storage.open(path) as file:
        return file.read()


def stored(path):
    return Image.open(io.BytesIO(content_of(path)))


def exif(**tags):
    data = Image.Exif()
    data[0x010F] = "Camera maker"
    data[0x0112] = tags.get("orientation", 1)
    data.get_ifd(0x8825)[2] = (5.0, 33.0, 0.0)
    return data


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_photos_are_written_anew_in_three_widths(space, ben, form):
    file = upload(
        space, sent("Ridge.jpg", picture_bytes(1600, 1000, form)), by=ben, alt=" Belt "
    )

    assert (file.kind, file.content_type, file.alt, file.name) == (
        "photo",
        "image/webp",
        "Belt",
        "Ridge.jpg",
    )
    assert (file.width, file.height, file.is_draft) == (1600, 1000, True)
    assert {width: stored(path).size for width, path in file.sizes.items()} == {
        "480": (480, 300),
        "1200": (1200, 750),
    }
    assert "Ridge" not in file.original.name


def test_where_it_was_taken_is_gone_and_it_stands_upright(space, ben):
    photo = sent("p.jpg", picture_bytes(100, 50, exif=exif(orientation=6)))

    file = upload(space, photo, by=ben)

    kept = stored(file.original.name)
    assert kept.size == (50, 100)
    assert dict(kept.getexif()) == {}
    assert b"Camera maker" not in content_of(file.original.name)


def test_what_an_odd_camera_says_costs_no_photo(space, ben):
    content = oddly_described(picture_bytes(100, 50, exif=exif(orientation=6)))

    file = upload(space, sent("p.jpg", content), by=ben)

    assert (file.width, file.height) == (50, 100)


def test_a_very_large_photo_is_made_smaller(space, ben):
    file = upload(space, picture_upload(width=4000, height=3000), by=ben)

    assert (file.width, file.height) == (2048, 1536)


def png_claiming(width, height):
    """A small PNG that says it is enormous."""

    def chunk(kind, data):
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bomb.png", png_claiming(60_000, 60_000), "too many pixels"),
        ("program.jpg", b"MZ\x90\0" + b"\0" * 500, "not a photo"),
        ("draw.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        ("draw.jpg", b"<svg onload='alert(1)'/>", "not a photo"),
        ("cut.jpg", picture_bytes(800, 600)[:2000], "damaged"),
        ("cut.png", png_claiming(300, 300), "damaged"),
        ("odd.avif", picture_bytes(form="AVIF").replace(b"iloc", b"ilox"), "damaged"),
        ("empty.jpg", b"", "empty"),
        ("page.jpg", b"<html><script>alert(1)</script>", "not a photo"),
        ("book.jpg", b"%PDF-1.4\n", "not a photo"),
    ],
)
def test_what_is_no_photo_is_refused_with_words(space, ben, name, content, words):
    with pytest.raises(ValidationError, match=words):
        upload(space, sent(name, content), by=ben)

    assert not File.objects.exists()


def packed(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("law.pdf", b"%PDF-1.7\n..."),
        ("plan.docx", packed("[Content_Types].xml", "word/document.xml")),
        ("table.xlsx", packed("xl/workbook.xml")),
        ("plan.odt", packed("mimetype", "content.xml")),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100),
        ("notes.txt", "für alle".encode()),
        ("latin.csv", "für;alle".encode("latin-1")),
    ],
)
def test_documents_are_taken(space, ben, name, content):
    file = upload(space, sent(name, content), by=ben, kind="document")

    assert (file.kind, file.name, file.size) == ("document", name, len(content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("run.exe", b"MZ"),
        ("law.pdf", b"MZ\x90\0"),
        ("plan.docx", packed("evil.exe")),
        ("plan.docx", b"PK\x03\x04broken"),
        ("notes.txt", b"MZ\x90\0\0\0"),
        ("page.html", b"<html>"),
        ("empty.pdf", b""),
        ("noending", b"text"),
        ("big.txt", b"x" * (10 * 1024 * 1024 + 1)),
    ],
)
def test_other_documents_are_refused(space, ben, name, content):
    with pytest.raises(ValidationError):
        upload(space, sent(name, content), by=ben, kind="document")

    assert not File.objects.exists()


def test_attach_copies_who_may_see(space, ben, oda, sam, farmers):
    file = upload(space, picture_upload(), by=ben)
    thread = ThreadFactory(space=space, audience="group", audience_group=farmers)
    before = [File.objects.visible_to(who).count() for who in (ben, oda, sam)]

    attach(file, to=thread)

    after = [File.objects.visible_to(who).count() for who in (ben, oda, sam)]
    assert (before, after) == ([1, 0, 0], [1, 0, 0])
    assert (file.is_draft, file.audience_group) == (False, farmers)
    ben.memberships.filter(space=space).update(status="left")
    assert File.objects.visible_to(ben).count() == 0


def test_remove_takes_every_width_off_the_disk(
    space, ben, django_capture_on_commit_callbacks
):
    file = upload(space, picture_upload(width=1500, height=900), by=ben)
    paths = [file.original.name, *file.sizes.values()]
    assert all(default_storage.exists(path) for path in paths)

    with django_capture_on_commit_callbacks(execute=True):
        remove(file, by=ben)

    assert not any(default_storage.exists(path) for path in paths)


def test_the_sweep_removes_what_hangs_on_nothing_and_nothing_else(
    space, ben, django_capture_on_commit_callbacks
):
    story = StoryFactory(space=space, author=ben, state="published")
    first, second, waiting, fresh, out = (
        upload(space, picture_upload(), by=ben) for _ in range(5)
    )
    add_media(story, by=ben, files=[second])
    MessageFactory(thread__space=space, photo=waiting)
    attach(out, to=story)
    File.objects.exclude(pk=fresh.pk).update(created=timezone.now() - LOOSE_FOR)

    with django_capture_on_commit_callbacks(execute=True):
        assert forget_loose() == 1
    assert forget_loose() == 0

    assert set(File.objects.all()) == {second, waiting, fresh, out}
    assert not default_storage.exists(first.original.name)
    assert default_storage.exists(second.original.name)


def test_an_iphones_photo_is_read_and_its_place_forgotten(space, ben):
    content = picture_bytes(900, 600, "HEIF", exif=exif().tobytes())

    file = upload(space, sent("IMG_1.HEIC", content), by=ben)

    assert (file.content_type, file.width, file.height) == ("image/webp", 900, 600)
    assert sorted(file.versions) == ["480.avif", "jpeg"]
    for path in file.paths:
        with stored(path) as picture:
            assert not picture.getexif()
            assert b"Camera maker" not in content_of(path)


def test_a_polyglot_is_only_its_picture(space, ben):
    hidden = b"<script>alert(1)</script>" + b"PK\x03\x04" * 9
    file = upload(space, sent("a.jpg", picture_bytes(700, 500) + hidden), by=ben)

    assert [hidden[:24] in content_of(path) for path in file.paths] == [False] * 4
