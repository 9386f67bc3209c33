"""Uploads in pieces, and requests that are far too large."""

import base64
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from files.models import Incoming
from files.removing import INCOMING_FOR, forget_loose
from files.uploading import MOST_UNDER_WAY, append_piece, begin_upload

pytestmark = pytest.mark.django_db

PIECE = "application/offset+octet-stream"
MEGABYTE = 1024 * 1024


@pytest.fixture
def as_ben(client, ben):
    client.force_login(ben)
    return client


def begin(client, space, *, size, name="voice.weba"):
    address = reverse("files:upload_begin", args=[space.slug])
    named = base64.b64encode(name.encode()).decode()
    headers = {"upload-length": str(size), "upload-metadata": f"filename {named}"}
    return client.post(address, headers=headers)


def piece(client, address, offset, content, kind=PIECE):
    return client.patch(
        address, content, content_type=kind, headers={"upload-offset": str(offset)}
    )


def content_of(incoming):
    with default_storage.open(incoming.path) as file:
        return file.read()


def test_it_goes_on_where_the_line_broke(as_ben, space):
    begun = begin(as_ben, space, size=10, name="Stimme ü.weba")
    address = begun["Location"]

    first = piece(as_ben, address, 0, b"0123")
    known = as_ben.head(address)
    twice = piece(as_ben, address, 0, b"0123")
    last = piece(as_ben, address, 4, b"456789")

    incoming = Incoming.objects.get()
    assert (begun.status_code, incoming.name) == (201, "Stimme ü.weba")
    assert [answer.status_code for answer in (first, twice, last)] == [204, 409, 204]
    assert (known["Upload-Offset"], known["Upload-Length"]) == ("4", "10")
    assert known["Cache-Control"].startswith("max-age=0")
    assert (incoming.is_whole, content_of(incoming)) == (True, b"0123456789")


def test_no_more_comes_than_was_said(as_ben, space):
    address = begin(as_ben, space, size=4)["Location"]

    piece(as_ben, address, 0, b"0123456789")

    assert content_of(Incoming.objects.get()) == b"0123"


def test_what_arrived_before_the_line_broke_counts(space, ben):
    class Broken:
        pieces = [b"0123"]

        def read(self, count):
            if not self.pieces:
                raise OSError("the line is gone")
            return self.pieces.pop()

    incoming = begin_upload(space, by=ben, name="a", size=10)

    incoming = append_piece(incoming, Broken(), offset=0)

    assert (incoming.offset, content_of(incoming)) == (4, b"0123")


@pytest.mark.parametrize(
    ("size", "status", "words"),
    [
        (300 * MEGABYTE, 413, "larger than 200 MB"),
        (0, 422, "empty"),
        ("many", 422, "empty"),
        ("9" * 40, 422, "empty"),
    ],
)
def test_room_is_refused_in_words(as_ben, space, size, status, words):
    answer = begin(as_ben, space, size=size)

    assert (answer.status_code, words in answer.content.decode()) == (status, True)
    assert not Incoming.objects.exists()


def test_one_person_has_only_so_many_under_way(as_ben, space):
    found = [
        begin(as_ben, space, size=5).status_code for _ in range(MOST_UNDER_WAY + 1)
    ]

    assert found == [201] * MOST_UNDER_WAY + [422]


def test_it_is_only_ones_own(client, as_ben, space, oda):
    address = begin(as_ben, space, size=10)["Location"]
    client.force_login(oda)

    answers = [
        piece(client, address, 0, b"x"), client.head(address), client.delete(address),
    ]  # fmt: skip

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_other_content_is_no_piece(as_ben, space):
    address = begin(as_ben, space, size=10)["Location"]

    assert piece(as_ben, address, 0, b"x", kind="text/plain").status_code == 415
    assert piece(as_ben, address, "x", b"x").status_code == 409


def test_left_overs_are_swept(as_ben, space, django_capture_on_commit_callbacks):
    for _ in range(2):
        piece(as_ben, begin(as_ben, space, size=10)["Location"], 0, b"0123")
    old, fresh = Incoming.objects.order_by("pk")
    Incoming.objects.filter(pk=old.pk).update(
        changed=timezone.now() - INCOMING_FOR - timedelta(minutes=1)
    )

    with django_capture_on_commit_callbacks(execute=True):
        assert forget_loose() == 1

    assert list(Incoming.objects.all()) == [fresh]
    assert [default_storage.exists(each.path) for each in (old, fresh)] == [False, True]


class Endless:
    """A request's body that goes on for 300 MB; counts what is read of it."""

    def __init__(self, start):
        self.start, self.was_read = start, 0

    def read(self, count=-1):
        assert count > 0
        piece = self.start[:count] if not self.was_read else b"\0" * count
        self.was_read += len(piece)
        return piece

    readline = read


def test_a_request_that_is_far_too_large_is_not_read_to_its_end(as_ben, space):
    def part(name, more=""):
        return (
            f'--edge\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
        ).encode()

    body = Endless(
        b"".join(
            [part("title"), b"The bell\r\n", part("body"), b"It rings.\r\n"]
            + [part("recordings", '; filename="a.mp4"')]
        )
    )

    answer = as_ben.generic(
        "POST",
        reverse("stories:story_create", args=[space.slug]),
        **{
            "wsgi.input": body,
            "CONTENT_LENGTH": 300 * MEGABYTE,
            "CONTENT_TYPE": "multipart/form-data; boundary=edge",
        },
    )

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "This is larger than 200 MB. Send a shorter part of it." in text
    assert "The bell" in text
    assert "It rings." in text
    assert body.was_read < MEGABYTE
