"""Photos and sound: what making them small costs."""

import io
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from files.converters import converter
from files.converting import sound_arguments
from files.pictures import prepare_picture

# Millions of pixels, as phones make them.
PHOTOS = ((4000, 3000, "JPEG"), (4000, 3000, "HEIF"), (4000, 3000, "PNG"))
ROUNDS = 3
_ALONE = (
    "import django, sys; django.setup(); from tests.bench import media; "
    "media.main(sys.argv[1])"
)
MINUTES = 5


def table():
    """Photos in processes of their own, sound by the converter at hand.

    Returns:
        (head, rows) for a ``Report``.
    """
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for width, height, form in PHOTOS:
            path = Path(folder) / f"photo.{form}"
            path.write_bytes(_photo(width, height, form))
            rows.append(_measured_photo(path, width * height / 1e6, form))
        if converter() is not None:
            rows += _sound(Path(folder))
    return ("work", "CPU", "for each", "memory, or size"), rows


def _photo(width, height, form):
    picture = Image.effect_noise((width // 8, height // 8), 60).convert("RGB")
    out = io.BytesIO()
    picture.resize((width, height), Image.Resampling.BICUBIC).save(out, form)
    return out.getvalue()


def _measured_photo(path, megapixels, form):
    said = subprocess.run(  # noqa: S603 (our own module)
        [sys.executable, "-c", _ALONE, str(path)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    seconds, before, peak = map(float, said)
    return (
        f"photo, {megapixels:.0f} megapixels, {form}",
        f"{seconds:.2f} s",
        f"{1000 * seconds / megapixels:.0f} ms a megapixel",
        f"{peak:.0f} MB, {peak - before:.0f} for the photo",
    )


def _sound(folder):
    found, spoken = converter(), folder / "spoken.wav"
    make = ["-f", "lavfi", "-i", f"anoisesrc=color=pink:duration={60 * MINUTES}"]
    subprocess.run(  # noqa: S603 (the operator's program, our words)
        [found.path, "-nostdin", "-loglevel", "error", *make, "-y", str(spoken)],
        check=True,
    )
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    arguments = sound_arguments(folder / "a.ogg", folder / "a.mp3", 60 * MINUTES)
    found.run(str(spoken), "wav", arguments)
    used = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    size = sum((folder / name).stat().st_size for name in ("a.ogg", "a.mp3"))
    return [
        (
            f"sound, {MINUTES} minutes, to Opus and MP3",
            f"{cpu:.2f} s",
            f"{60 * MINUTES / used:.0f} × real time",
            f"{size / MINUTES / 1024:.0f} KB a minute",
        )
    ]


def main(path):
    """One photo, as the web process makes it small."""
    upload = SimpleUploadedFile("photo", Path(path).read_bytes())
    before = _peak()
    began = time.process_time()
    for _round in range(ROUNDS):
        prepare_picture(upload)
    seconds = (time.process_time() - began) / ROUNDS
    sys.stdout.write(f"{seconds} {before} {_peak()}\n")


def _peak():
    """Megabytes of this program alone; ``getrusage`` begins with its parent's."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024
