"""Photos: proved by decoding, freed of where and when they were taken, made small."""

import hashlib
import io
import warnings
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError, features
from pillow_heif import register_heif_opener

from accounts.photos import FAULTS, turned
from files.models import File

# A phone makes 12 to 50 million pixels; a JPEG is shrunk while it is decoded, so a
# large one costs little. Anything else is held in memory whole.
MOST_PIXELS = {"JPEG": 120_000_000, "MPO": 120_000_000, "HEIF": 52_000_000}
MOST_PIXELS_OTHERWISE = 40_000_000
MOST_BYTES = 20 * 1024 * 1024
LONGEST_SIDE = 2048
WIDTHS = (480, 1200)
QUALITY = 80
# AVIF looks the same at a lower number, and JPEG is for what knows neither.
AVIF = {"quality": 55, "speed": 9, "max_threads": 1}
JPEG = {"quality": 72, "optimize": True, "progressive": True}
WIDEST_JPEG = 1200
FORMATS = ("JPEG", "MPO", "PNG", "WEBP", "GIF", "AVIF", "HEIF")

# What an iPhone makes.
register_heif_opener(thumbnails=False)


@dataclass
class Prepared:
    """A checked and cleaned upload, ready to be kept.

    ``sizes`` maps widths to the picture in that width; empty for documents.
    ``versions`` maps names to other forms of it. What is too large for the memory has a
    ``source`` to read from instead of ``content``.
    """

    kind: str
    name: str
    content_type: str
    content: bytes = b""
    source: object = None
    digest: str = ""
    plays_as_is: bool = True
    width: int | None = None
    height: int | None = None
    sizes: dict = field(default_factory=dict)
    versions: dict = field(default_factory=dict)


def accepted_types():
    """What the file chooser offers."""
    types = ["image/jpeg", "image/png", "image/webp", "image/gif"]
    if features.check("avif"):
        types.append("image/avif")
    if "HEIF" in Image.OPEN or "HEIC" in Image.OPEN:
        types += ["image/heic", "image/heif"]
    return types


def prepare_picture(upload):
    """Decode a photo and write it anew as WebP: nothing hidden in it survives.

    Args:
        upload: an uploaded file (``name``, ``size``, readable).

    Returns:
        ``Prepared`` in three widths, the smaller ones as AVIF too, and once as JPEG;
        upright, without EXIF, GPS or comments.

    Raises:
        ValidationError: it is too large, or no picture; says why.
    """
    if upload.size > MOST_BYTES:
        raise ValidationError(
            _("This photo is larger than %(limit)d MB. Choose a smaller one.")
            % {"limit": MOST_BYTES // 1024 // 1024}
        )
    if not upload.size:
        raise ValidationError(_("This file is empty. Choose the photo again."))
    picture = _decode(upload)
    narrow = {
        width: _narrowed(picture, width) for width in WIDTHS if width < picture.width
    }
    versions = {"jpeg": _jpeg(narrow.get(WIDEST_JPEG, picture))}
    if features.check("avif"):
        for width, smaller in narrow.items():
            versions[f"{width}.avif"] = _write(smaller, "AVIF", **AVIF)
    content = _webp(picture)
    return Prepared(
        kind=File.Kind.PHOTO,
        name=(upload.name or "")[:200] or _("photo"),
        content=content,
        content_type="image/webp",
        width=picture.width,
        height=picture.height,
        sizes={width: _webp(smaller) for width, smaller in narrow.items()},
        versions=versions,
        digest=hashlib.sha256(content).hexdigest(),
    )


def _decode(upload):
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            # Our own limit below is asked before any pixel is decoded.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            warnings.simplefilter("ignore", UserWarning)
            with Image.open(upload, formats=_known_formats()) as picture:
                _check_pixels(picture)
                picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                picture.load()
                return _upright(picture)
    except ValidationError:
        raise
    except Image.DecompressionBombError as error:
        raise ValidationError(_too_many_pixels()) from error
    except UnidentifiedImageError as error:
        raise ValidationError(_explain(upload)) from error
    except FAULTS as error:
        raise ValidationError(
            _("This photo is damaged and cannot be read. Choose it again, or another.")
        ) from error


def _known_formats():
    Image.init()
    return [name for name in FORMATS if name in Image.OPEN]


def _check_pixels(picture):
    most = MOST_PIXELS.get(picture.format, MOST_PIXELS_OTHERWISE)
    if picture.width * picture.height > most:
        raise ValidationError(_too_many_pixels())
    if picture.width < 1 or picture.height < 1:
        raise ValidationError(_("This picture has no content."))


def _too_many_pixels():
    return _("This picture has too many pixels. Send it in a smaller size.")


def _explain(upload):
    name = (upload.name or "").lower()
    if name.endswith((".svg", ".svgz")):
        return _("Drawings (SVG) cannot be shown as photos. Send a JPEG or a PNG.")
    if name.endswith((".heic", ".heif")):
        return _(
            "This is an iPhone photo (HEIC), which we cannot read. Send it as JPEG: "
            "Settings, Camera, Formats, Most compatible."
        )
    return _("This is not a photo we can read. Send a JPEG, PNG or WebP picture.")


def _upright(picture):
    """Turn as the camera says, in plain colours, no larger than we keep."""
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    picture = turned(picture)
    has_holes = "A" in picture.getbands() or "transparency" in picture.info
    return picture.convert("RGBA" if has_holes else "RGB")


def _narrowed(picture, width):
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _webp(picture):
    return _write(picture, "WEBP", quality=QUALITY, method=2)


def _jpeg(picture):
    if picture.mode == "RGBA":
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    return _write(picture, "JPEG", **JPEG)


def _write(picture, form, **how):
    out = io.BytesIO()
    # A fresh file: EXIF and ICC are only written when handed over.
    picture.save(out, form, exif=b"", icc_profile=b"", **how)
    return out.getvalue()
