"""Every pair of colours that meets on a page is readable (WCAG 2.2 AA)."""

import re
from pathlib import Path

import pytest

from ui.bundle import SOURCE
from ui.palette import PALETTE

TEXT, SIGN = 4.5, 3.0
GROUNDS = ("ground", "card")
PAIRS = [
    *(
        (ink, ground, TEXT)
        for ink in ("ink", "soft", "leaf", "clay")
        for ground in GROUNDS
    ),
    *((ink, "sunk", TEXT) for ink in ("ink", "soft")),
    *((f"{name}-deep", f"{name}-tint", TEXT) for name in ("leaf", "clay")),
    *(("ink", f"{name}-tint", TEXT) for name in ("leaf", "clay", "sun")),
    ("leaf", "leaf-tint", TEXT),
    ("clay", "clay-tint", TEXT),
    ("sun-ink", "sun-tint", TEXT),
    ("sun-ink", "ground", TEXT),
    ("on-leaf", "leaf", TEXT),
    ("on-leaf", "leaf-deep", TEXT),
    ("on-clay", "clay", TEXT),
    *(("edge", ground, SIGN) for ground in GROUNDS),
    *(("focus", ground, SIGN) for ground in GROUNDS),
    *(
        (f"group-{colour}", ground, SIGN)
        for _s, colour in PALETTE
        for ground in GROUNDS
    ),
    *(("ink", f"tone-{number}", TEXT) for number in range(8)),
]


def _colours():
    text = Path(SOURCE / "css" / "tokens.css").read_text("utf-8")
    light, dark = text.split("@media (prefers-color-scheme: dark)")
    pattern = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
    day = dict(pattern.findall(light))
    return {"light": day, "dark": day | dict(pattern.findall(dark))}


def _luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """The WCAG contrast of two colours."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert round(contrast("#000000", "#ffffff"), 2) == 21


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_pair_is_readable(scheme, ink, ground, least):
    colours = _colours()[scheme]

    assert contrast(colours[ink], colours[ground]) >= least


def test_dark_mode_has_every_colour_of_its_own():
    text = Path(SOURCE / "css" / "tokens.css").read_text("utf-8")
    light, dark = text.split("@media (prefers-color-scheme: dark)")
    pattern = re.compile(r"--([\w-]+): #")

    assert set(pattern.findall(dark)) == set(pattern.findall(light))
