"""Profile photos: whatever a phone sends becomes two small squares without secrets."""

import io
import secrets
import warnings

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

SIZES = (256, 96)
MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


def make_squares(upload):
    """Decode a picture and cut squares from its middle, dropping all metadata.

    Decoding is the only proof that a file is a picture; its name and its declared
    type are not. EXIF (with the place it was taken) is applied for the turn of the
    picture and then lost, because only pixels are written again.

    Args:
        upload: an uploaded file.

    Returns:
        {256: WebP bytes, 96: WebP bytes}.

    Raises:
        ValidationError: too big, broken, or not a picture; in words.
    """
    if upload.size > MOST_BYTES:
        raise ValidationError(
            _("This picture is larger than 8 MB. Please choose a smaller one.")
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise Image.DecompressionBombError
                # A JPEG can be decoded small at once, which saves most of the work.
                picture.draft("RGB", (SIZES[0] * 2, SIZES[0] * 2))
                upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(
            _("This picture has too many pixels. Please choose a smaller one.")
        ) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise ValidationError(
            _(
                "This file could not be read as a picture. "
                "JPEG, PNG, WebP and GIF pictures work."
            )
        ) from None
    paper = Image.new("RGBA", upright.size, "#fffdf8")
    flat = Image.alpha_composite(paper, upright).convert("RGB")
    return {size: _square(flat, size) for size in SIZES}


def _square(picture, size):
    square = ImageOps.fit(picture, (size, size), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    square.save(written, "WEBP", quality=82, method=4)
    return written.getvalue()


def store(storage, squares):
    """Write the squares under a new name that nobody can guess.

    Returns:
        the name of the largest, which is what ``User.photo`` holds.
    """
    version = secrets.token_hex(12)
    for size in SIZES:
        storage.save(name_of(version, size), ContentFile(squares[size]))
    return name_of(version, SIZES[0])


def name_of(version, size):
    """The name of one square of a stored photo."""
    return f"people/{version}-{size}.webp"


def version_of(name):
    """The unguessable part of a stored photo's name."""
    return name.rsplit("/", 1)[-1].rsplit("-", 1)[0]


def discard(storage, name):
    """Delete every square of a stored photo; missing files are no fault."""
    for size in SIZES:
        storage.delete(name_of(version_of(name), size))
