"""The ffmpeg of this machine: found, asked what it can, run within limits.

What comes in was made by strangers, so ffmpeg is told which format to read (a playlist
that names other files is none of them), may open nothing but files, and gets a limit
of time, memory and output.
"""

import os
import re
import resource
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from threading import Timer

from django.conf import settings

try:
    import imageio_ffmpeg
except ImportError:  # only in requirements-local; a server has its own
    imageio_ffmpeg = None

MOST_SECONDS = 480  # below Celery's own limit of a task
MOST_MEMORY = 3 * 1024**3  # of addresses, which threads use up without filling them
MOST_OUTPUT = 512 * 1024**2
PROBE_SECONDS = 30
QUIET = ("-nostdin", "-hide_banner", "-protocol_whitelist", "file,pipe")
_DURATION = re.compile(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")
_VIDEO = re.compile(r"Stream #.*Video: (?!.*attached pic).*?(\d{2,5})x(\d{2,5})")
_TIME = re.compile(rb"out_time_us=(\d+)")


class ConversionError(Exception):
    """It did not work; ``args[0]`` is one of ``files.recordings.FAULTS``."""


@dataclass(frozen=True)
class Probed:
    """What is in a file: its length in seconds (None: not said), whether sound is in
    it, and the size of its pictures (None: it has none)."""

    seconds: float | None
    has_sound: bool
    pixels: tuple | None


@dataclass(frozen=True)
class Converter:
    """One ffmpeg.

    Attributes:
        path: where it is.
        encoders: what it writes.
    """

    path: str
    encoders: frozenset

    @property
    def makes_sound(self):
        """Whether it writes both forms of sound that we hand out."""
        return {"libopus", "libmp3lame"} <= self.encoders

    @property
    def makes_film(self):
        """Whether it writes the one form of film that plays everywhere."""
        return {"libx264", "aac"} <= self.encoders

    def probe(self, path, form, *, most_seconds=PROBE_SECONDS):
        """Look into a file.

        Args:
            path: where it lies.
            form: its format, in ffmpeg's words.
            most_seconds: it is stopped after as long.

        Returns:
            ``Probed``.

        Raises:
            ConversionError: it took too long.
        """
        # ffmpeg names no output, complains, and has said by then what is in it.
        command = [self.path, *QUIET, "-f", form, "-i", path]
        with _started(command, stdout=None, stderr=subprocess.PIPE) as process:
            with _killed_after(process, most_seconds) as timer:
                said = process.stderr.read(64 * 1024).decode(errors="replace")
                process.kill()
            if timer.has_rung:
                raise ConversionError("slow")
        length, video = _DURATION.search(said), _VIDEO.search(said)
        return Probed(
            seconds=_seconds(*length.groups()) if length else None,
            has_sound=bool(re.search(r"Stream #.*Audio:", said)),
            pixels=(int(video[1]), int(video[2])) if video else None,
        )

    def run(self, path, form, arguments, *, told=None, most_seconds=MOST_SECONDS):
        """Convert a file.

        Args:
            path, form: as for ``probe``.
            arguments: what comes behind the input.
            told: called now and then with the seconds that are done.
            most_seconds: it is stopped after as long.

        Returns:
            the seconds that were written.

        Raises:
            ConversionError: it took too long, or the file cannot be read.
        """
        command = [
            *(self.path, *QUIET, "-loglevel", "quiet", "-progress", "pipe:1", "-y"),
            *("-f", form, "-i", path, *arguments),
        ]
        done = 0.0
        with _started(command, stdout=subprocess.PIPE, stderr=None) as process:
            with _killed_after(process, most_seconds) as timer:
                for line in process.stdout:
                    if found := _TIME.match(line):
                        done = int(found[1]) / 1e6
                        if told is not None:
                            told(done)
                code = process.wait()
        if timer.has_rung:
            raise ConversionError("slow")
        if code or not done:
            raise ConversionError("unreadable")
        return done


def converter():
    """The converter of this machine: the one the operator names, else the system's,
    else the one that came with ``make run``.

    Returns:
        ``Converter``, or None.
    """
    return _asked(where_is_it(settings.ALLIANCE_FFMPEG))


def where_is_it(named):
    """Path of an ffmpeg, or None.

    Args:
        named: ALLIANCE_FFMPEG: a path, "none" (do without), or empty (look for one).
    """
    if named == "none":
        return None
    if found := shutil.which(named or "ffmpeg"):
        return found
    if named or imageio_ffmpeg is None:
        return None
    try:
        return imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError:
        return None


@lru_cache
def _asked(path):
    if path is None:
        return None
    try:
        said = subprocess.run(  # noqa: S603 (the operator's program, our words)
            [path, "-hide_banner", "-encoders"],
            capture_output=True,
            text=True,
            timeout=PROBE_SECONDS,
            check=True,
            stdin=subprocess.DEVNULL,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    names = re.findall(r"^ [VAS][A-Z.]{5} (\S+)", said, re.MULTILINE)
    return Converter(path=path, encoders=frozenset(names))


def _seconds(hours, minutes, seconds):
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _started(command, *, stdout, stderr):
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603 (the operator's program, our words)
        command, stdin=quiet, stdout=stdout or quiet, stderr=stderr or quiet
    )
    # After the start and from outside: a function between fork and exec may hang in a
    # worker with threads. Elsewhere than on Linux only the time is limited.
    if hasattr(resource, "prlimit"):
        for what, most in (
            (resource.RLIMIT_CPU, 2 * MOST_SECONDS),
            (resource.RLIMIT_AS, MOST_MEMORY),
            (resource.RLIMIT_FSIZE, MOST_OUTPUT),
            (resource.RLIMIT_CORE, 0),
        ):
            try:
                resource.prlimit(process.pid, what, (most, most))
            except ProcessLookupError:
                break
        else:
            # Pages come first.
            os.setpriority(os.PRIO_PROCESS, process.pid, 10)
    return process


class _killed_after:  # noqa: N801 (reads as a word)
    def __init__(self, process, seconds):
        self.process, self.has_rung = process, False
        self.timer = Timer(seconds, self._ring)

    def _ring(self):
        self.has_rung = True
        self.process.kill()

    def __enter__(self):
        self.timer.start()
        return self

    def __exit__(self, *fault):
        self.timer.cancel()
        # Whatever ended the reading: nothing goes on behind our back.
        if self.process.poll() is None:
            self.process.kill()
