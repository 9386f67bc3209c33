"""Handing out: rights first, then ranges, caches and headers."""

import pytest
from django.test import Client

from files.drawing import photo
from tests.factories.files import FileFactory

pytestmark = pytest.mark.django_db

WHO_SEES = [
    # who, a members' file in: listed, hidden, open space; a public one in the open
    ("ben", 200, 200, 200, 200),
    ("sam", 200, 200, 200, 200),
    ("cleo", 404, 404, 404, 200),
    ("ivy", 404, 404, 404, 200),
    ("max_", 404, 404, 404, 200),
    ("root", 404, 404, 404, 200),
    ("guest", 302, 302, 302, 200),
]


def body(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(("who", "listed", "hidden", "opened", "public"), WHO_SEES)
def test_who_sees_a_file(
    request, space, hidden_space, open_space, who, listed, hidden, opened, public
):
    person = request.getfixturevalue(who)
    client = Client()
    if who != "guest":
        client.force_login(person)
    files = [FileFactory(space=each) for each in (space, hidden_space, open_space)]
    files.append(FileFactory(space=open_space, audience="public"))

    found = [client.get(file.get_absolute_url()).status_code for file in files]

    assert found == [listed, hidden, opened, public]


def test_a_draft_is_its_uploaders(client, space, ben, sam):
    file = FileFactory(space=space, is_draft=True, uploaded_by=ben)

    found = []
    for person in (ben, sam):
        client.force_login(person)
        found.append(client.get(file.get_absolute_url()).status_code)

    assert found == [200, 404]


def test_a_file_under_another_space_is_not_found(client, space, open_space, ben):
    file = FileFactory(space=space)
    client.force_login(ben)

    answer = client.get(file.get_absolute_url().replace("/forest/", "/water/"))

    assert answer.status_code == 404


@pytest.fixture
def get(client, space, ben):
    """Ask for a file of ten bytes with these headers."""
    file = FileFactory(space=space)
    client.force_login(ben)
    return lambda **headers: client.get(file.get_absolute_url(), headers=headers)


@pytest.mark.parametrize(
    ("asked", "status", "content", "said"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=5-2", 200, b"0123456789", None),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
    ],
)
def test_byte_ranges(get, asked, status, content, said):
    answer = get(range=asked, accept_encoding="gzip")

    sent = body(answer) if answer.streaming else answer.content
    assert (answer.status_code, sent, answer.get("Content-Range")) == (
        status,
        content,
        said,
    )
    if status != 416:
        assert answer["Content-Length"] == str(len(content))
        assert answer["Content-Encoding"] == "identity"


def test_unchanged_files_are_not_sent_again(get):
    first = get()

    by_tag = get(if_none_match=first["ETag"])
    by_date = get(if_modified_since=first["Last-Modified"])
    stale = get(range="bytes=0-3", if_range='"other"')

    assert (by_tag.status_code, by_date.status_code) == (304, 304)
    assert (stale.status_code, body(stale)) == (200, b"0123456789")
    assert first["Cache-Control"] == "private, max-age=600"


def test_photos_are_shown_and_documents_downloaded(client, space, ben):
    shown = FileFactory(space=space, name="Ridge.jpg")
    document = FileFactory(
        space=space,
        kind="document",
        name="Gesetz ü.pdf",
        content_type="application/pdf",
    )
    client.force_login(ben)

    answers = [client.get(file.get_absolute_url()) for file in (shown, document)]

    assert [answer["Content-Disposition"] for answer in answers] == [
        'inline; filename="Ridge.webp"',
        "attachment; filename*=utf-8''Gesetz%20%C3%BC.pdf",
    ]
    for answer in answers:
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_the_proxy_may_hand_it_out(client, space, ben, settings):
    settings.ALLIANCE_ACCEL = True
    file = FileFactory(space=space)
    client.force_login(ben)

    answer = client.get(file.get_absolute_url())

    assert answer["X-Accel-Redirect"] == f"/protected/{file.original.name}"
    assert answer.content == b""


def test_a_file_lost_from_the_disk_is_not_found(client, space, ben):
    file = FileFactory(space=space)
    file.original.storage.delete(file.original.name)
    client.force_login(ben)

    assert client.get(file.get_absolute_url()).status_code == 404


def test_photo_is_drawn_small_first(space):
    file = FileFactory(
        space=space,
        alt='A "belt"',
        width=1600,
        height=1000,
        sizes={"480": "a"},
        versions={"480.avif": "b", "jpeg": "c"},
    )

    drawn = photo(file)

    address, column = f"/s/forest/files/{file.pk}/", "(min-width: 42rem) 40rem, 92vw"
    assert drawn == (
        f'<picture><source type="image/avif" srcset="{address}?form=480.avif 480w" '
        f'sizes="{column}"><source type="image/webp" srcset="{address}?size=480 480w, '
        f'{address} 1600w" sizes="{column}"><img class="photo" '
        f'src="{address}?form=jpeg" width="1600" height="1000" '
        'alt="A &quot;belt&quot;" loading="lazy" decoding="async"></picture>'
    )
    assert photo(None) == ""
    assert "<img" not in photo(file, spare=True)


def test_head_tells_of_the_whole_file_and_ranges_mean_nothing_to_it(client, space, ben):
    file = FileFactory(space=space)
    client.force_login(ben)

    answer = client.head(file.get_absolute_url(), headers={"range": "bytes=0-3"})

    assert (answer.status_code, body(answer)) == (200, b"")
    assert (answer["Content-Length"], answer["Accept-Ranges"]) == ("10", "bytes")
    assert "Content-Range" not in answer


def test_if_range_continues_what_is_unchanged(get):
    whole = get()

    more = get(range="bytes=4-", if_range=whole["ETag"])
    by_date = get(range="bytes=4-", if_range=whole["Last-Modified"])

    assert (more.status_code, body(more)) == (206, b"456789")
    assert (by_date.status_code, body(by_date)) == (200, b"0123456789")


def test_only_what_anybody_may_see_is_kept_by_others(client, space, open_space, ben):
    client.force_login(ben)
    files = [
        FileFactory(space=open_space, audience="public"),
        FileFactory(space=open_space),
        FileFactory(
            space=open_space, audience="public", is_draft=True, uploaded_by=ben
        ),
        FileFactory(space=space, audience="public"),
    ]

    found = [client.get(file.get_absolute_url())["Cache-Control"] for file in files]

    assert found == ["public, max-age=600", *["private, max-age=600"] * 3]


def test_other_forms_are_handed_out_under_their_own_type(client, space, ben):
    file = FileFactory(space=space, kind="sound", content_type="audio/ogg")
    file.versions["mp3"] = file.original.name
    file.save()
    client.force_login(ben)

    found = [
        client.get(f"{file.get_absolute_url()}?form={form}")["Content-Type"]
        for form in ("", "mp3", "poster", "../../etc/passwd")
    ]

    assert found == ["audio/ogg", "audio/mpeg", "audio/ogg", "audio/ogg"]


def test_what_is_not_made_small_yet_is_not_handed_out(client, space, ben):
    file = FileFactory(space=space, kind="film", state="waiting", uploaded_by=ben)
    client.force_login(ben)

    assert client.get(file.get_absolute_url()).status_code == 404


def test_the_proxy_hands_out_the_form_that_was_asked_for(client, space, ben, settings):
    settings.ALLIANCE_ACCEL = True
    file = FileFactory(space=space, kind="sound", content_type="audio/ogg")
    file.versions["mp3"] = file.original.name
    file.save()
    client.force_login(ben)

    answer = client.get(f"{file.get_absolute_url()}?form=mp3")

    assert answer["X-Accel-Redirect"] == f"/protected/{file.original.name}"
    assert answer["Content-Type"] == "audio/mpeg"
