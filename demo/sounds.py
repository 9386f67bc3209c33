"""A voice of things, made by code: what the story of the bell is about."""

import io
import math
import random
import wave
from array import array

from django.core.files.uploadedfile import SimpleUploadedFile

RATE = 16_000
SECONDS = 7
# name → what is heard, in words; the same with its times
SOUNDS = {
    "rim": (
        "Three slow strokes on a wheel rim, with crickets behind them. Kofi strikes it "
        "with the handle of a cutlass, the way he would for a fire.",
        "WEBVTT\n\n00:00.400 --> 00:02.300\n[A stroke on a wheel rim]\n\n"
        "00:02.400 --> 00:04.300\n[A second stroke]\n\n"
        "00:04.400 --> 00:06.900\n[A third, and crickets]\n",
    ),
}
# A rim rings in parts that are no harmonics of each other: Hz, loudness, seconds.
_PARTS = ((311, 0.5, 1.1), (742, 0.3, 0.8), (1189, 0.25, 0.5), (2043, 0.15, 0.3))


def play(name):
    """Make one recording.

    Args:
        name: a key of ``SOUNDS``.

    Returns:
        (an upload, as a browser would send it; what is heard; the same as WebVTT).
    """
    words, cues = SOUNDS[name]
    # Not for secrets: the same name always sounds the same.
    chance = random.Random(name)  # noqa: S311
    samples = array("h", (round(12_000 * s) for s in _heard(chance)))
    held = io.BytesIO()
    with wave.open(held, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(samples.tobytes())
    return SimpleUploadedFile(f"{name}.wav", held.getvalue(), "audio/wav"), words, cues


def _heard(chance):
    for number in range(RATE * SECONDS):
        now = number / RATE
        crickets = 0.5 + 0.5 * math.sin(math.tau * 11 * now)
        heard = 0.02 * crickets * math.sin(math.tau * 4_100 * now)
        heard += 0.006 * chance.uniform(-1, 1)
        for stroke in (0.4, 2.4, 4.4):
            if (since := now - stroke) > 0:
                heard += sum(
                    loud * math.exp(-since / long) * math.sin(math.tau * pitch * since)
                    for pitch, loud, long in _PARTS
                )
        yield max(-1.0, min(1.0, heard))
