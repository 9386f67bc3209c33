"""Making sound and film small, in a worker: one form for everybody's phone.

Sound becomes Opus for today's browsers and MP3 for the others, of one voice and of even
loudness; film becomes H.264 with AAC, no larger than a phone shows, with a picture of
its beginning. Where it was recorded, and by what, is left out.

One recording at a time for the whole site: letters and pages come first.
"""

import logging
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files import File as Opened
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from PIL import Image

from files.converters import ConversionError, converter
from files.models import File, stored_path
from files.recordings import form_of, most_seconds

log = logging.getLogger(__name__)

# A claim whose worker has died is taken over after this long; none lives so long.
STALE_AFTER = timedelta(minutes=20)
MOST_ATTEMPTS = 3
TOLD_EVERY = 2  # seconds
MOST_PIXELS = 4096 * 2304
LONGEST_SIDE = 854
LOUDNESS = "loudnorm=I=-16:TP=-1.5:LRA=11"
ANONYMOUS = ("-map_metadata", "-1", "-map_chapters", "-1", "-threads", "2")


def convert_next(*, now=None):
    """Make the recording that has waited longest small.

    Args:
        now: the moment; the present one when left out.

    Returns:
        the ``File``, ready or failed; None when nothing waits, another is being made,
        or this machine has no converter.
    """
    if converter() is None:
        return None
    file = _claim(now or timezone.now())
    if file is None:
        return None
    try:
        with TemporaryDirectory(prefix="alliance-") as folder:
            _keep(file, _made(file, Path(folder)))
    except ConversionError as fault:
        _fail(file, fault.args[0])
    except OSError:
        # The disk is full, or the file gone: tried again later, a few times.
        log.exception("recording %s was not converted", file.pk)
    return file


@transaction.atomic
def _claim(now):
    stale = Q(state=File.State.WORKING, claimed__lt=now - STALE_AFTER)
    if File.objects.filter(state=File.State.WORKING).exclude(stale).exists():
        return None
    due = File.objects.filter(stale | Q(state=File.State.WAITING)).order_by("created")
    file = due.select_for_update(skip_locked=True).first()
    if file is None:
        return None
    if file.attempts >= MOST_ATTEMPTS:
        _fail(file, "slow")
        return None
    file.state, file.claimed = File.State.WORKING, now
    file.attempts += 1
    file.save(update_fields=["state", "claimed", "attempts"])
    return file


def _made(file, folder):
    """(content type, main file, {name: file}, fields) of what was made of it."""
    source = file.original.path
    with file.original.open("rb") as opened:
        form = form_of(opened.read(16))
    found = converter().probe(source, form)
    if found.seconds and found.seconds > most_seconds(file.kind) + 1:
        raise ConversionError("long")
    if file.kind == File.Kind.FILM and found.pixels:
        return _film(file, source, form, found, folder)
    if not found.has_sound:
        raise ConversionError("silent" if found.pixels else "unreadable")
    return _sound(file, source, form, found, folder)


def _sound(file, source, form, found, folder):
    opus, mp3 = folder / "sound.opus", folder / "sound.mp3"
    most = most_seconds(file.kind)
    seconds = converter().run(
        source,
        form,
        sound_arguments(opus, mp3, most + 2),
        told=_teller(file, found.seconds),
    )
    if seconds > most + 1:
        raise ConversionError("long")
    fields = {"kind": File.Kind.SOUND, "seconds": seconds}
    return "audio/ogg", opus, {"mp3": mp3}, fields


def sound_arguments(opus, mp3, most):
    """What ffmpeg is told to make of sound, behind its input.

    Args:
        opus, mp3: paths of both forms.
        most: seconds; what is longer is cut off.
    """
    limit = ("-t", str(most))
    return [
        "-filter_complex",
        f"[0:a:0]aresample=48000,aformat=channel_layouts=mono,{LOUDNESS},"
        "aresample=48000,asplit=2[one][two]",
        *("-map", "[one]", "-c:a", "libopus", "-b:a", "28k"),
        *("-application", "voip", *ANONYMOUS, *limit, "-f", "ogg", str(opus)),
        *("-map", "[two]", "-c:a", "libmp3lame", "-b:a", "40k", "-ar", "24000"),
        *(*ANONYMOUS, *limit, "-f", "mp3", str(mp3)),
    ]


def _film(file, source, form, found, folder):
    if found.pixels[0] * found.pixels[1] > MOST_PIXELS:
        raise ConversionError("large")
    if not converter().makes_film:
        raise ConversionError("unreadable")
    film, poster = folder / "film.mp4", folder / "poster.jpg"
    most = most_seconds(file.kind)
    side = f"'if(gt(iw,ih),min({LONGEST_SIDE},iw),-2)'"
    other = f"'if(gt(iw,ih),-2,min({LONGEST_SIDE},ih))'"
    sound = ["-map", "0:a:0", "-af", f"{LOUDNESS},aresample=44100", "-ac", "1"]
    seconds = converter().run(
        source,
        form,
        [
            *("-map", "0:v:0", "-vf"),
            f"scale={side}:{other},crop='trunc(iw/2)*2':'trunc(ih/2)*2',format=yuv420p",
            *("-c:v", "libx264", "-preset", "veryfast", "-profile:v", "main"),
            *("-crf", "28", "-maxrate", "700k", "-bufsize", "1400k", "-r", "25"),
            *([*sound, "-c:a", "aac", "-b:a", "48k"] if found.has_sound else ()),
            *(*ANONYMOUS, "-t", str(most + 2), "-movflags", "+faststart"),
            *("-f", "mp4", str(film)),
        ],
        told=_teller(file, found.seconds),
    )
    if seconds > most + 1:
        raise ConversionError("long")
    moment = str(min(1.0, seconds / 3))
    converter().run(
        str(film),
        "mov",
        ["-ss", moment, "-frames:v", "1", "-q:v", "5", "-f", "mjpeg", str(poster)],
    )
    with Image.open(poster) as picture:
        width, height = picture.size
    fields = {"seconds": seconds, "width": width, "height": height}
    return "video/mp4", film, {"poster": poster}, fields


def _teller(file, length):
    """Writes down how far it is, now and then, for whoever waits."""
    last = [time.monotonic()]

    def tell(done):
        if length and time.monotonic() - last[0] > TOLD_EVERY:
            last[0] = time.monotonic()
            progress = min(99, int(100 * done / length))
            File.objects.filter(pk=file.pk).update(progress=progress)

    return tell


def _keep(file, made):
    content_type, main, others, fields = made
    old = file.paths
    kept, versions = _store(file, main), {}
    for name, path in others.items():
        versions[name] = _store(file, path)
    with transaction.atomic():
        # Taken off, or taken over by another worker, in the meantime?
        mine = File.objects.select_for_update().filter(
            pk=file.pk, state=File.State.WORKING, claimed=file.claimed
        )
        is_mine = mine.exists()
        if is_mine:
            mine.update(
                state=File.State.READY,
                original=kept,
                versions=versions,
                content_type=content_type,
                size=main.stat().st_size,
                progress=100,
                fault="",
                **fields,
            )
        gone = old if is_mine else [kept, *versions.values()]
        transaction.on_commit(lambda: [default_storage.delete(path) for path in gone])
    if is_mine:
        file.refresh_from_db()


def _store(file, path):
    with path.open("rb") as made:
        return default_storage.save(stored_path(file, ""), Opened(made))


def _fail(file, fault):
    log.info("recording %s: %s", file.pk, fault)
    File.objects.filter(pk=file.pk).update(state=File.State.FAILED, fault=fault)
    file.state, file.fault = File.State.FAILED, fault
