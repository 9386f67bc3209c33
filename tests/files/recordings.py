"""Recordings as phones make them, synthesised by the converter at hand."""

import subprocess
from functools import lru_cache
from tempfile import gettempdir

import pytest

from files.converters import where_is_it

FFMPEG = where_is_it("")
needs_ffmpeg = pytest.mark.skipif(FFMPEG is None, reason="no ffmpeg on this machine")

_SOUND = ("-f", "lavfi", "-i", "sine=frequency=330:duration={seconds}")
_FILM = ("-f", "lavfi", "-i", "testsrc=size={size}:rate=10:duration={seconds}")
_WHERE = ("-metadata", "location=+05.3300-000.2000/", "-metadata", "title=Home")
_AS = {
    "mp3": ("-c:a", "libmp3lame", "-f", "mp3"),
    "m4a": ("-c:a", "aac", "-f", "ipod"),
    "ogg": ("-c:a", "libopus", "-f", "ogg"),
    "webm": ("-c:a", "libopus", "-f", "webm"),
    "wav": ("-f", "wav"),
    "amr": ("-ar", "8000", "-c:a", "libopencore_amrnb", "-f", "amr"),
    "mp4": ("-pix_fmt", "yuv420p", "-c:v", "libx264", "-c:a", "aac", "-f", "mp4"),
}


@lru_cache
def recording(form="mp3", *, seconds=2, size="320x240"):
    """Bytes of a recording.

    Args:
        form: mp3, m4a, ogg, webm, wav, amr: sound; mp4: film with sound.
        seconds: how long.
        size: of a film.
    """
    words = {"seconds": seconds, "size": size}
    inputs = [*(_FILM if form == "mp4" else ()), *_SOUND]
    path = f"{gettempdir()}/alliance-test-{form}-{seconds}-{size}"
    subprocess.run(
        [
            *(FFMPEG, "-nostdin", "-loglevel", "error", "-y"),
            *(part.format(**words) for part in inputs),
            *(*_WHERE, *_AS[form], path),
        ],
        check=True,
    )
    with open(path, "rb") as made:
        return made.read()
