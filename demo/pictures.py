"""Four small landscapes, drawn by code, for stories that have a photo."""

import io
import math
import random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1200, 720

# name → (what it shows, in words; sky above and below; hills from far to near; sun)
PICTURES = {
    "belt": (
        "Drawing: evening hills behind tall yellow grass, and through the grass a bare "
        "swept strip that leads to one large tree.",
        ((236, 176, 120), (250, 226, 184)),
        [(190, 140, 110), (128, 112, 84), (74, 92, 66), (196, 158, 82)],
        (246, 206, 120),
    ),
    "rim": (
        "Drawing: a wheel rim hung on a rope from the lowest branch of a great tree, "
        "with roofs far behind it.",
        ((214, 168, 132), (248, 224, 190)),
        [(176, 148, 120), (140, 128, 96), (104, 112, 74), (172, 130, 84)],
        (248, 214, 150),
    ),
    "nursery": (
        "Drawing: rows of seedlings in pale morning light, with a trodden path running "
        "through the middle of them.",
        ((190, 214, 214), (242, 236, 214)),
        [(150, 180, 166), (110, 150, 124), (78, 122, 92), (158, 116, 84)],
        (252, 240, 204),
    ),
    "river": (
        "Drawing: a wide slow river between dark green hills, a red road beside it and "
        "a few sheets of paper on the bank.",
        ((164, 190, 206), (232, 230, 214)),
        [(132, 160, 158), (84, 124, 110), (44, 92, 76), (178, 92, 60)],
        (250, 244, 224),
    ),
}


def draw(name):
    """Draw one picture.

    Args:
        name: a key of ``PICTURES``.

    Returns:
        (an upload, as a browser would send it; what it shows in words).
    """
    words, sky, hills, sun = PICTURES[name]
    # Not for secrets: the same name always gives the same hills.
    chance = random.Random(name)  # noqa: S311
    picture = _sky(sky)
    brush = ImageDraw.Draw(picture)
    brush.ellipse((820, 110, 930, 220), fill=sun)
    picture = picture.filter(ImageFilter.GaussianBlur(3))
    brush = ImageDraw.Draw(picture)
    for number, colour in enumerate(hills):
        brush.polygon(_ridge(chance, number), fill=colour)
    _FOREGROUND[name](brush, chance)
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=85)
    return SimpleUploadedFile(f"{name}.jpg", held.getvalue(), "image/jpeg"), words


def _sky(colours):
    above, below = colours
    column = Image.new("RGB", (1, HEIGHT))
    for y in range(HEIGHT):
        share = min(1, y / (HEIGHT * 0.6))
        column.putpixel(
            (0, y),
            tuple(
                round(a + (b - a) * share) for a, b in zip(above, below, strict=True)
            ),
        )
    return column.resize((WIDTH, HEIGHT))


def _ridge(chance, number):
    """A hill's outline: two waves of its own, lower and calmer the nearer it is."""
    level = 300 + 95 * number
    long, short = chance.uniform(260, 420), chance.uniform(70, 130)
    shift = chance.uniform(0, 6)
    points = [
        (
            x,
            level
            + (46 - 9 * number) * math.sin(x / long + shift)
            + (14 - 3 * number) * math.sin(x / short + 2 * shift),
        )
        for x in range(0, WIDTH + 20, 20)
    ]
    return [(0, HEIGHT), *points, (WIDTH, HEIGHT)]


def _belt(brush, chance):
    for _blade in range(900):
        x, y = chance.randint(0, WIDTH), chance.randint(600, HEIGHT)
        lean, tall = chance.randint(-8, 12), chance.randint(24, 70)
        tone = chance.randint(-22, 22)
        colour = (206 + tone, 168 + tone, 88 + tone)
        brush.line((x, y, x + lean, y - tall), fill=colour, width=2)
    brush.polygon(
        [(420, HEIGHT), (700, HEIGHT), (628, 560), (596, 560)], fill=(150, 104, 72)
    )
    _tree(brush, 612, 560, 120, (52, 74, 50))


def _rim(brush, chance):
    for house in range(5):
        x, y = 640 + house * 104 + chance.randint(-16, 16), 566 + chance.randint(-6, 10)
        brush.rectangle((x, y - 34, x + 62, y), fill=(188, 150, 112))
        brush.polygon(
            [(x - 8, y - 34), (x + 31, y - 66), (x + 70, y - 34)], fill=(112, 84, 62)
        )
    _tree(brush, 330, 690, 420, (66, 88, 56))
    brush.line((330, 420, 560, 372), fill=(84, 64, 48), width=20)
    brush.line((528, 384, 528, 470), fill=(92, 78, 60), width=5)
    brush.ellipse((464, 466, 592, 594), outline=(70, 66, 62), width=17)
    brush.arc((464, 466, 592, 594), 200, 290, fill=(150, 144, 136), width=6)


def _nursery(brush, chance):
    for row in range(7):
        y = 600 + row * 18
        step = 30 + row * 5
        for x in range(-10, WIDTH + 30, step):
            if abs(x - 560 - row * 8) < 34 + row * 9 or chance.random() < 0.22:
                continue
            tall = 10 + row * 2
            brush.line((x, y, x, y - tall), fill=(70, 96, 60), width=2)
            brush.ellipse(
                (x - tall / 2, y - tall * 1.5, x + tall / 2, y - tall * 0.7),
                fill=(86, 134 + chance.randint(-14, 14), 78),
            )
    _tree(brush, 980, 590, 150, (50, 96, 70))


def _river(brush, chance):
    brush.polygon(
        [(0, 560), (380, 596), (760, 572), (WIDTH, 640), (WIDTH, 705), (620, 668),
         (240, 690), (0, 640)],
        fill=(150, 182, 190),
    )  # fmt: skip
    for _ripple in range(40):
        x, y = chance.randint(0, WIDTH), chance.randint(600, 660)
        long = chance.randint(30, 90)
        brush.line((x, y, x + long, y), fill=(184, 206, 208), width=2)
    for _sheet in range(7):
        x, y = chance.randint(80, 460), chance.randint(682, 706)
        brush.polygon(
            [(x, y), (x + 26, y - 5), (x + 31, y + 7), (x + 5, y + 12)],
            fill=(250, 246, 236),
        )


def _tree(brush, x, y, size, colour):
    brush.rectangle((x - size / 16, y - size, x + size / 16, y + 6), fill=(84, 64, 48))
    for dx, dy, reach in ((0, 1.15, 0.5), (-0.36, 0.95, 0.36), (0.38, 0.98, 0.38)):
        brush.ellipse(
            (
                x + size * (dx - reach),
                y - size * (dy + reach * 0.6),
                x + size * (dx + reach),
                y - size * (dy - reach * 0.6),
            ),
            fill=colour,
        )


_FOREGROUND = {"belt": _belt, "rim": _rim, "nursery": _nursery, "river": _river}
