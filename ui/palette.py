"""Shapes and colours of stakeholder groups.

A group is always drawn as shape + colour + word together, so that nobody needs to
see colour. Shape and colour are one choice, a number from 0 to 7; the colours keep
apart in lightness as well as in hue.
"""

PALETTE = (
    ("circle", "leaf"),
    ("square", "clay"),
    ("triangle", "sun"),
    ("diamond", "sky"),
    ("pentagon", "plum"),
    ("hexagon", "moss"),
    ("cross", "rose"),
    ("half", "slate"),
)


def shape_and_colour(number):
    """Return the pair of a palette number; numbers beyond the end begin again.

    Args:
        number: ``StakeholderGroup.palette``.

    Returns:
        (shape, colour), both words: the symbol ``shape-<shape>`` of the sprite and
        the token ``--group-<colour>``.
    """
    return PALETTE[number % len(PALETTE)]
