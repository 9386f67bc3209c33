import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts import photos
from tests.accounts.pictures import picture, picture_with_place


def opened(data):
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_any_usual_picture_becomes_two_squares(kind):
    squares = photos.make_squares(picture(kind=kind))

    assert {size: opened(data).size for size, data in squares.items()} == {
        256: (256, 256),
        96: (96, 96),
    }
    assert {opened(data).format for data in squares.values()} == {"WEBP"}


def test_metadata_is_lost():
    squares = photos.make_squares(picture_with_place())

    assert [dict(opened(data).getexif()) for data in squares.values()] == [{}, {}]
    assert b"secret" not in b"".join(squares.values())


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (SimpleUploadedFile("me.jpg", b"<svg onload=alert(1)>"), "could not be read"),
        (SimpleUploadedFile("me.jpg", b""), "could not be read"),
        (picture((7200, 7200)), "too many pixels"),
        (SimpleUploadedFile("me.jpg", b"x" * (8 * 1024 * 1024 + 1)), "larger than"),
        (
            SimpleUploadedFile("cut.jpg", picture((2000, 2000)).read()[:3000]),
            "could not be read",
        ),
    ],
)
def test_bad_files_are_refused_with_words(upload, said):
    with pytest.raises(ValidationError) as refusal:
        photos.make_squares(upload)

    assert said in refusal.value.message
