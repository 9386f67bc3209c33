import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageOps

from accounts import photos
from tests.accounts.pictures import oddly_described, picture, picture_with_place


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


def test_what_an_odd_camera_says_costs_no_photo():
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Camera maker", 6
    plain = picture((600, 200), exif=exif)
    odd = SimpleUploadedFile("me.jpg", oddly_described(plain.read()))

    assert photos.make_squares(odd) == photos.make_squares(plain)


@pytest.mark.parametrize("turn", range(10))
def test_a_photo_stands_as_the_camera_says(turn):
    exif = Image.Exif()
    exif[0x0112] = turn
    lying = Image.linear_gradient("L").resize((6, 4))
    lying.putpixel((0, 0), 77)
    saved = io.BytesIO()
    lying.save(saved, "PNG", exif=exif)

    with Image.open(saved) as opened_photo:
        stands = photos.turned(opened_photo)

        assert (stands.size, stands.tobytes()) == (
            (wanted := ImageOps.exif_transpose(opened_photo)).size,
            wanted.tobytes(),
        )


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
