"""Icons: one SVG file with a symbol for each, drawn by ``<use>``."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

SPRITE = "img/icons.svg"
_FILE = Path(__file__).resolve().parent.parent / "static" / SPRITE


@cache
def icon_names():
    """Return the names of all symbols in the sprite (source: static/img/icons.svg)."""
    return frozenset(re.findall(r'<symbol id="([\w-]+)"', _FILE.read_text("utf-8")))


@cache
def _draw(name, extra_class, _static_url):
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"/></svg>',
        f" {extra_class}" if extra_class else "",
        static(SPRITE),
        name,
    )


def icon(name, extra_class=""):
    """Draw an icon. It is decoration: the word beside it carries the meaning.

    Args:
        name: a symbol of the sprite; empty draws nothing.
        extra_class: a further CSS class.

    Returns:
        Safe HTML.

    Raises:
        ValueError: the sprite has no such symbol.
    """
    if not name:
        return SafeString("")
    if name not in icon_names():
        raise ValueError(f"No icon named {name!r} in {SPRITE}")
    return _draw(str(name), extra_class, settings.STATIC_URL)
