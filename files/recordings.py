"""Sound and film as they are sent: told by their first bytes, kept as they are until a
worker has made them small (``files.converting``)."""

import hashlib
from pathlib import PurePath

import mutagen
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from files.converters import converter
from files.models import File
from files.pictures import Prepared

MEGABYTE = 1024 * 1024
# Why a recording failed, as it is kept with it → in words.
FAULTS = {
    "unreadable": gettext_lazy(
        "It could not be read: it is damaged, or of a kind we do not know. Record it "
        "again, or send it in another form."
    ),
    "long": gettext_lazy("It is longer than can be kept here. Send a shorter part."),
    "large": gettext_lazy("Its pictures are too large. Send it in a smaller size."),
    "slow": gettext_lazy("Making it small took too long. Send a shorter part."),
    "silent": gettext_lazy("There is no sound in it."),
}
# What ffmpeg calls it → what browsers call it when it holds sound alone.
SOUND_TYPES = {
    "mp3": "audio/mpeg",
    "aac": "audio/aac",
    "ogg": "audio/ogg",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "amr": "audio/amr",
    "matroska": "audio/webm",
    "mov": "audio/mp4",
}
# Either may be in these: the name says which, the worker looks.
HOLDS_BOTH = {"matroska", "mov"}
SOUND_ENDINGS = {".m4a", ".m4b", ".weba", ".mka", ".aac"}
SOUND_BRANDS = {b"M4A ", b"M4B "}


def form_of(start):
    """The format of a recording, by its first 16 bytes.

    Args:
        start: bytes.

    Returns:
        ffmpeg's word for it, or None.
    """
    if start[:4] == b"RIFF" and start[8:12] == b"WAVE":
        return "wav"
    for sign, form in (
        (b"ID3", "mp3"),
        (b"OggS", "ogg"),
        (b"fLaC", "flac"),
        (b"#!AMR", "amr"),
        (b"\x1a\x45\xdf\xa3", "matroska"),
    ):
        if start.startswith(sign):
            return form
    if start[4:8] == b"ftyp":
        return "mov"
    # A frame of MPEG sound; layer and rate must not be the values that mean nothing.
    if len(start) > 2 and start[0] == 0xFF and start[1] & 0xE0 == 0xE0:
        if start[1] & 0xF6 == 0xF0:
            return "aac"
        if start[1] & 0x06 and start[2] >> 4 != 15:
            return "mp3"
    return None


def kind_of(upload):
    """What an upload is, by what is in it.

    Args:
        upload: readable, with a name.

    Returns:
        a ``File.Kind``: sound or film; None for anything else.
    """
    upload.seek(0)
    start = upload.read(16)
    form = form_of(start)
    if form is None:
        return None
    if form not in HOLDS_BOTH or start[8:12] in SOUND_BRANDS:
        return File.Kind.SOUND
    ending = PurePath(upload.name or "").suffix.lower()
    sent_as = getattr(upload, "content_type", None) or ""
    is_sound = ending in SOUND_ENDINGS or sent_as.startswith("audio/")
    return File.Kind.SOUND if is_sound else File.Kind.FILM


def most_bytes(kind):
    """How large a recording of this kind may be.

    Args:
        kind: sound or film.
    """
    film = kind == File.Kind.FILM
    return MEGABYTE * (
        settings.ALLIANCE_FILM_MB if film else settings.ALLIANCE_SOUND_MB
    )


def most_seconds(kind):
    """How long a recording of this kind may be.

    Args:
        kind: sound or film.
    """
    film = kind == File.Kind.FILM
    return 60 * (
        settings.ALLIANCE_FILM_MINUTES if film else settings.ALLIANCE_SOUND_MINUTES
    )


def too_large(most):
    """The words for what is larger than it may be."""
    return _("This is larger than %(limit)d MB. Send a shorter part of it.") % {
        "limit": most // MEGABYTE
    }


def prepare_recording(upload):
    """Check sound or film, without reading it into memory.

    Args:
        upload: an uploaded file (``name``, ``size``, readable).

    Returns:
        ``Prepared``; what it holds is read from the upload.

    Raises:
        ValidationError: too large, no recording, or nothing here can play it; says why.
    """
    if not upload.size:
        raise ValidationError(_("This file is empty. Choose it again."))
    kind = kind_of(upload)
    if kind is None:
        raise ValidationError(
            _("This is no recording we know. Send sound (MP3, M4A, OGG) or film (MP4).")
        )
    if upload.size > (most := most_bytes(kind)):
        raise ValidationError(too_large(most))
    if not can_convert(kind):
        if kind == File.Kind.FILM:
            raise ValidationError(
                _(
                    "Films cannot be taken in here, for want of a program that makes "
                    "them small. Give the address of the film instead, or send its "
                    "sound."
                )
            )
        # A converter finds out by itself, and it is said where the recording stands.
        _check_readable(upload)
    upload.seek(0)
    return Prepared(
        kind=kind,
        name=PurePath(upload.name or "").name[-200:] or _("recording"),
        content_type=_type_of(upload, kind),
        source=upload,
        digest=_digest(upload),
        plays_as_is=not can_convert(kind),
    )


def can_convert(kind):
    """Whether this machine makes recordings of this kind small.

    Args:
        kind: sound or film.
    """
    found = converter()
    if found is None:
        return False
    return found.makes_film if kind == File.Kind.FILM else found.makes_sound


def strip_tags(path):
    """Take off what a recording that is kept as it came says of its maker, as far as
    its format is known.

    Args:
        path: where it lies.
    """
    try:
        if found := mutagen.File(path):
            found.delete()
    except (mutagen.MutagenError, OSError):
        return


def _check_readable(upload):
    upload.seek(0)
    try:
        found = mutagen.File(upload)
    except mutagen.MutagenError as error:
        raise ValidationError(FAULTS["unreadable"]) from error
    length = getattr(getattr(found, "info", None), "length", 0)
    if length > most_seconds(File.Kind.SOUND):
        raise ValidationError(FAULTS["long"])


def _type_of(upload, kind):
    upload.seek(0)
    form = form_of(upload.read(16))
    if kind == File.Kind.SOUND:
        return SOUND_TYPES[form]
    return "video/mp4" if form == "mov" else "video/webm"


def _digest(upload):
    upload.seek(0)
    found = hashlib.sha256()
    while piece := upload.read(MEGABYTE):
        found.update(piece)
    upload.seek(0)
    return found.hexdigest()
