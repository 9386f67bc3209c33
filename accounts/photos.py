"""Profile photos: whatever a phone sends becomes two small squares without secrets."""

import io
import secrets
import struct
import warnings

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

SIZES = (256, 96)
MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# Whatever Pillow raises at a broken picture; each of its formats does it in its way.
FAULTS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    OSError,
    EOFError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)
_ORIENTATION = 0x0112
# What the camera says → what makes it stand upright (EXIF 2.3, 4.6.4).
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


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
            # What is odd in what the camera said.
            warnings.simplefilter("ignore", UserWarning)
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise Image.DecompressionBombError
                # A JPEG can be decoded small at once, which saves most of the work.
                picture.draft("RGB", (SIZES[0] * 2, SIZES[0] * 2))
                upright = turned(picture).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(
            _("This picture has too many pixels. Please choose a smaller one.")
        ) from None
    except FAULTS:
        raise ValidationError(
            _(
                "This file could not be read as a picture. "
                "JPEG, PNG, WebP and GIF pictures work."
            )
        ) from None
    paper = Image.new("RGBA", upright.size, "#fffdf8")
    flat = Image.alpha_composite(paper, upright).convert("RGB")
    return {size: _square(flat, size) for size in SIZES}


def turned(picture):
    """A picture as its camera held it.

    Pillow's own ``exif_transpose`` writes everything else the camera said anew, and
    fails where that is odd; none of it is kept here.

    Args:
        picture: an opened picture.

    Returns:
        It, or a turned copy; as it lies where nobody can read how it was held.
    """
    try:
        turn = _TURNS.get(picture.getexif().get(_ORIENTATION))
    except FAULTS:
        turn = None
    return picture if turn is None else picture.transpose(turn)


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
