"""Which addresses a text may link to or show."""

import html
import re
from urllib.parse import urlsplit

# Browsers drop these inside an address, so "java\nscript:" would run.
_INVISIBLE = re.compile(
    r"[\x00-\x20\x7f-\xa0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    r"\ufeff\ue000-\uf8ff]"
)
_HAS_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
SCHEMES = ("http", "https", "mailto")
LONGEST = 2_000


def safe_link(address: str) -> str | None:
    """Return an address that may stand in ``href``, or None.

    Kept: ``http``, ``https`` and ``mailto`` with something behind them, paths of this
    site, ``?query`` and ``#place``. Refused: every other scheme, ``//host`` and
    ``/\\host`` (which leave the site while looking local), backslashes at all.
    """
    address = _bare(address)
    if address is None:
        return None
    if address.startswith(("#", "?")):
        return address
    if address.startswith("/"):
        return None if address.startswith("//") else address
    if not _HAS_SCHEME.match(address):
        return None
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in SCHEMES:
        return None
    if parts.scheme == "mailto":
        return address if "@" in parts.path and "?" not in address else None
    return address if host and parts.netloc else None


def safe_image(address: str) -> str | None:
    """Return the address of a picture of this site, or None.

    Pictures elsewhere are never loaded: they would tell a stranger who reads here.
    """
    address = _bare(address)
    if address and address.startswith("/") and not address.startswith("//"):
        return address
    return None


def is_external(address: str) -> bool:
    """Say whether an address that passed ``safe_link`` leaves this site."""
    return not address.startswith(("/", "#", "?"))


def _bare(address: str) -> str | None:
    """Undo what browsers undo; None when the address is not worth looking at."""
    if len(address) > LONGEST:
        return None
    # "&#106;avascript:" reaches the browser decoded.
    address = html.unescape(address).strip().replace(" ", "%20")
    address = _INVISIBLE.sub("", address)
    if not address or "\\" in address or "<" in address or '"' in address:
        return None
    return address
