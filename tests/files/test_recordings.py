"""Sound and film: taken in, made small, freed of where they were made."""

import os
import stat

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from files.actions import upload
from files.converters import Converter, converter
from files.converting import STALE_AFTER, convert_next
from files.models import File
from tests.factories.files import picture_bytes
from tests.files.recordings import FFMPEG, needs_ffmpeg, recording

pytestmark = pytest.mark.django_db


def sent(name, content):
    return SimpleUploadedFile(name, content)


def content_of(path):
    with default_storage.open(path) as file:
        return file.read()


def take(space, by, name, content):
    return upload(space, sent(name, content), by=by, kind=File.Kind.SOUND)


@needs_ffmpeg
@pytest.mark.parametrize("form", ["mp3", "m4a", "ogg", "webm", "wav", "amr"])
def test_sound_of_any_phone_becomes_opus_and_mp3(
    space, ben, form, django_capture_on_commit_callbacks
):
    name = {"webm": "voice.weba"}.get(form, f"voice.{form}")
    file = take(space, ben, name, recording(form))
    before = (file.kind, file.state, file.original.name)

    with django_capture_on_commit_callbacks(execute=True):
        assert convert_next() == file
    file.refresh_from_db()

    assert before[:2] == ("sound", "waiting")
    assert (file.kind, file.state, file.content_type) == ("sound", "ready", "audio/ogg")
    assert file.seconds == pytest.approx(2, abs=0.2)
    opus, mp3 = (content_of(path) for path in file.paths)
    assert opus[:4] == b"OggS"
    assert b"OpusHead" in opus
    assert mp3[:3] == b"ID3" or mp3[0] == 0xFF
    assert len(opus) < 2 * 32_000 / 8 + 3_000
    # What came in says where it was; it is gone, and so is what it said.
    assert not default_storage.exists(before[2])
    assert b"+05.33" not in opus + mp3
    assert b"Home" not in opus + mp3
    assert convert_next() is None


@needs_ffmpeg
def test_film_becomes_one_form_that_plays_everywhere(
    space, ben, django_capture_on_commit_callbacks
):
    file = take(space, ben, "ridge.mp4", recording("mp4", size="1280x720"))

    with django_capture_on_commit_callbacks(execute=True):
        convert_next()
    file.refresh_from_db()

    assert (file.kind, file.state, file.content_type) == ("film", "ready", "video/mp4")
    assert (file.width, file.height) == (854, 480)
    film, poster = (content_of(path) for path in file.paths)
    # Its table of contents comes first, so that it plays while it arrives.
    assert film.index(b"moov") < film.index(b"mdat")
    assert poster[:3] == b"\xff\xd8\xff"
    assert b"+05.33" not in film


@needs_ffmpeg
def test_an_upright_film_of_odd_size_stays_upright(space, ben):
    file = take(space, ben, "door.mp4", recording("mp4", seconds=1, size="362x900"))

    convert_next()
    file.refresh_from_db()

    assert (file.state, file.width, file.height) == ("ready", 344, 854)


@needs_ffmpeg
def test_a_film_that_is_sound_only_is_sound(space, ben):
    file = take(space, ben, "clip.webm", recording("webm"))
    assert file.kind == "film"

    convert_next()
    file.refresh_from_db()

    assert (file.kind, file.content_type) == ("sound", "audio/ogg")


def damaged():
    content = recording("mp3")
    return content[:4] + b"\0" * 400


BAD = [
    # name, content, what is said
    ("voice.mp3", b"MZ\x90\0" + b"\0" * 200, "no recording we know"),
    ("voice.mp3", b"\x7fELF" + b"\0" * 200, "no recording we know"),
    ("voice.m3u8", b"#EXTM3U\nfile:///etc/passwd", "no recording we know"),
    ("voice.ogg", b"<svg onload=alert(1)>", "no recording we know"),
    ("voice.mp3", b"", "empty"),
    ("voice.mp3", picture_bytes(), None),
]


@pytest.mark.parametrize(("name", "content", "said"), BAD)
def test_what_is_no_recording_is_refused_in_words(space, ben, name, content, said):
    # A JPEG begins with bytes that may also begin an MP3.
    with pytest.raises(ValidationError, match=said or "no recording we know"):
        take(space, ben, name, content)

    assert not File.objects.exists()


@pytest.mark.parametrize(("name", "limit"), [("a.mp3", 60), ("a.mp4", 200)])
def test_what_is_too_large_is_refused_unread(space, ben, name, limit):
    class Endless(SimpleUploadedFile):
        def read(self, count=-1):
            assert 0 < count <= 16
            return super().read(count)

    start = {"a.mp3": b"ID3" + b"\0" * 40, "a.mp4": b"\0\0\0\x20ftypisom" + b"\0" * 40}
    film = Endless(name, start[name])
    film.size = 300 * 1024 * 1024

    with pytest.raises(ValidationError, match=f"larger than {limit} MB"):
        upload(space, film, by=ben, kind=File.Kind.FILM)


FAILS = [
    (b"ID3\x04\0\0\0\0\0\0" + b"\0" * 900, "voice.mp3", "unreadable"),
    (b"OggS" + b"\x11" * 900, "voice.ogg", "unreadable"),
    # A playlist behind the beginning of a film opens nothing.
    (b"\0\0\0\x20ftypisom#EXTM3U\nfile:///etc/passwd\n" * 9, "a.mp4", "unreadable"),
]


@needs_ffmpeg
@pytest.mark.parametrize(("content", "name", "fault"), FAILS)
def test_damaged_recordings_are_told_of(space, ben, content, name, fault):
    file = take(space, ben, name, content)

    convert_next()
    file.refresh_from_db()

    assert (file.state, file.fault) == ("failed", fault)
    assert convert_next() is None


@needs_ffmpeg
def test_too_long_is_told_of(space, ben, settings):
    settings.ALLIANCE_SOUND_MINUTES = 0
    file = take(space, ben, "voice.mp3", recording("mp3", seconds=4))

    convert_next()
    file.refresh_from_db()

    assert (file.state, file.fault) == ("failed", "long")


@pytest.fixture
def hanging(tmp_path):
    """A converter that never ends."""
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\nexec sleep 600\n")
    os.chmod(program, stat.S_IRWXU)
    return Converter(path=str(program), encoders=frozenset())


def test_a_converter_that_hangs_is_ended(hanging):
    found = []
    for work in (
        lambda: hanging.run("a", "mp3", [], most_seconds=0.2),
        lambda: hanging.probe("a", "mp3", most_seconds=0.2),
    ):
        with pytest.raises(Exception, match="slow") as fault:
            work()
        found.append(fault.type.__name__)

    assert found == ["ConversionError", "ConversionError"]


def test_a_dead_workers_claim_is_taken_over_but_not_for_ever(space, ben, settings):
    now = timezone.now()
    old = now - STALE_AFTER * 2
    file = take(space, ben, "voice.mp3", b"ID3" + b"\0" * 99)
    working = {"state": "working", "claimed": now, "attempts": 3}
    File.objects.filter(pk=file.pk).update(**working)
    assert convert_next(now=now) is None  # somebody works on it

    File.objects.filter(pk=file.pk).update(claimed=old)
    convert_next(now=now)

    file.refresh_from_db()
    assert (file.state, file.fault) == ("failed", "slow")


@pytest.fixture
def no_converter(settings):
    settings.ALLIANCE_FFMPEG = "none"


@needs_ffmpeg
@pytest.mark.parametrize("form", ["mp3", "m4a", "ogg"])
def test_without_a_converter_sound_is_kept_as_it_came(space, ben, no_converter, form):
    file = take(space, ben, f"voice.{form}", recording(form))

    assert converter() is None
    assert (file.kind, file.state, file.versions) == ("sound", "ready", {})
    assert b"Home" not in content_of(file.original.name)


@needs_ffmpeg
def test_without_a_converter_what_is_damaged_or_a_film_is_refused(
    space, ben, no_converter
):
    for name, content, said in (
        ("voice.mp3", b"ID3\x04\0\0\0\0\0\0" + b"\0" * 900, "could not be read"),
        ("ridge.mp4", recording("mp4"), "address of the film"),
    ):
        with pytest.raises(ValidationError, match=said):
            take(space, ben, name, content)


@needs_ffmpeg
def test_one_at_a_time_and_in_order(space, ben):
    first, second = (
        take(space, ben, "voice.ogg", recording("ogg", seconds=seconds))
        for seconds in (1, 2)
    )

    assert [convert_next(), convert_next(), convert_next()] == [first, second, None]
    assert FFMPEG
