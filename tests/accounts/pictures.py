"""Pictures for the tests: real ones, made here."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(size=(600, 400), kind="JPEG", name="me.jpg", **saved):
    """An upload that holds a real picture."""
    written = io.BytesIO()
    Image.new("RGB", size, "#1d5b48").save(written, kind, **saved)
    return SimpleUploadedFile(name, written.getvalue(), "image/jpeg")


def picture_with_place():
    """A JPEG that tells where it was taken and lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    exif[0x010E] = "secret place"
    return picture((600, 200), exif=exif)


def oddly_described(content):
    """The same JPEG, its camera's name under another tag: Pillow reads what it says,
    but cannot write it."""
    odd = content.replace(b"\x01\x0f\x00\x02", b"\x01\x00\x00\x02")
    assert odd != content
    return odd
