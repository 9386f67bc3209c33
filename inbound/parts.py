"""The parts of a mail: its text, its attachments, and what cannot be taken."""

import re
from dataclasses import dataclass, field
from email import errors, message_from_bytes

from conversations.charsets import decoded
from inbound.plain import text_of
from inbound.sealed import signed_content, without_armour

MOST_PARTS = 60
MOST_NESTED = 12
MOST_ATTACHMENTS = 20
LARGEST_ATTACHMENT = 25 * 1024 * 1024
LONGEST_TEXT = 200_000
# A logo in somebody's signature, not a photo they send.
LARGEST_ORNAMENT = 8 * 1024

# Why something was left out; said in words by ``inbound.telling``.
TOO_LARGE, TOO_MANY, SEALED, WINMAIL, A_MAIL = (
    "too large", "too many", "sealed", "winmail", "a mail",
)  # fmt: skip

# What the standard library raises at headers that are no headers.
FAULTS = (
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    errors.MessageError,
)
# Proof that somebody signed; nobody reads it.
SIGNATURES = {
    "application/pgp-signature",
    "application/pgp-keys",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
}
SEALED_KINDS = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{2,30})", re.I)


@dataclass
class Parts:
    """What a mail holds.

    Attributes:
        plain, html: texts in their order.
        files: tuples of (name, bytes, mime type), calendars among them.
        left_out: tuples of (name, why).
    """

    plain: list = field(default_factory=list)
    html: list = field(default_factory=list)
    files: list = field(default_factory=list)
    left_out: list = field(default_factory=list)
    number: int = 0

    @property
    def text(self):
        """The body as plain text."""
        text = "\n".join(self.plain)
        if not text.strip() and self.html:
            text = text_of("\n".join(self.html))
        return without_armour(text[:LONGEST_TEXT])


def read_parts(message):
    """Take a mail apart.

    Args:
        message: an ``EmailMessage``.

    Returns:
        ``Parts``; what cannot be read is left out.
    """
    parts = Parts()
    _walk(message, parts, 0)
    return parts


def _walk(part, parts, depth):
    parts.number += 1
    if parts.number > MOST_PARTS or depth > MOST_NESTED:
        return
    kind = part.get_content_type()
    if kind == "multipart/encrypted":
        parts.left_out.append(("", SEALED))
    elif kind == "multipart/alternative":
        _alternatives(part, parts, depth)
    elif kind == "message/rfc822":
        parts.left_out.append((_subject(part), A_MAIL))
    elif part.is_multipart():
        # Of a signed mail the first part is the mail, the second its signature.
        for each in part.iter_parts():
            _walk(each, parts, depth + 1)
    elif kind in SEALED_KINDS:
        _unseal(part, parts, depth)
    else:
        _leaf(part, kind, parts)


def _alternatives(part, parts, depth):
    """One text is enough; but a program that sends an empty plain text means HTML."""
    own = Parts(number=parts.number)
    for each in part.iter_parts():
        _walk(each, own, depth + 1)
    parts.number = own.number
    if any(text.strip() for text in own.plain) or not own.html:
        parts.plain += own.plain
    else:
        parts.plain.append(text_of("\n".join(own.html)))
    parts.files += own.files
    parts.left_out += own.left_out


def _leaf(part, kind, parts):
    is_file = part.get_content_disposition() == "attachment"
    if kind == "text/plain" and not is_file:
        parts.plain.append(_unflowed(part, _text(part)))
        return
    if kind == "text/html" and not is_file:
        parts.html.append(_text(part))
        return
    if kind in SIGNATURES:
        return
    data, name = part.get_payload(decode=True) or b"", file_name(part)
    if kind == "application/ms-tnef" or name.lower() == "winmail.dat":
        parts.left_out.append((name, WINMAIL))
    elif _is_ornament(part, kind, data):
        return
    elif len(data) > LARGEST_ATTACHMENT:
        parts.left_out.append((name, TOO_LARGE))
    elif len(parts.files) >= MOST_ATTACHMENTS:
        parts.left_out.append((name, TOO_MANY))
    else:
        parts.files.append((name, data, _kind_with_method(part)))


def _is_ornament(part, kind, data):
    return (
        kind.startswith("image/")
        and part.get("Content-ID") is not None
        and part.get_content_disposition() != "attachment"
        and len(data) <= LARGEST_ORNAMENT
    )


def _unseal(part, parts, depth):
    """S/MIME: signed mail lies inside its signature; encrypted mail stays closed."""
    content = signed_content(part.get_payload(decode=True) or b"")
    if content is None or content.count(b"multipart/") > MOST_NESTED:
        parts.left_out.append(("", SEALED))
    else:
        inner = message_from_bytes(content, policy=part.policy)
        _walk(inner, parts, depth + 1)


def _subject(part):
    try:
        inner = part.get_payload()[0]
        return storable(" ".join(str(inner.get("Subject") or "").split()))[:120]
    except FAULTS:
        return ""


def _text(part):
    data = part.get_payload(decode=True) or b""
    named = part.get_content_charset()
    if named is None and (said := _META_CHARSET.search(data[:4096])):
        named = said[1].decode("ascii", "replace")
    # A wrong charset is common, a letter without a word is not.
    for charset in (named or "utf-8", "utf-8", "cp1252"):
        try:
            return storable(decoded(data, charset))
        except (ValueError, LookupError):
            continue
    return storable(data.decode("latin-1"))


def storable(text):
    """Text that PostgreSQL takes: neither NUL nor half a character."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _unflowed(part, text):
    """Lines that format=flowed broke, whole again (RFC 3676)."""
    if part.get_param("format", "") != "flowed":
        return text
    joins_words = str(part.get_param("delsp", "")).lower() == "yes"
    lines = []
    is_open = False
    for line in text.replace("\r\n", "\n").split("\n"):
        quoted = line.startswith(">")
        is_signature = line == "-- "
        if is_open and not quoted and not is_signature:
            if joins_words:
                lines[-1] = lines[-1].removesuffix(" ")
            lines[-1] += line.removeprefix(" ")
        else:
            lines.append(line if quoted else line.removeprefix(" "))
        is_open = line.endswith(" ") and not quoted and not is_signature
    return "\n".join(line.rstrip(" ") if line != "-- " else line for line in lines)


def file_name(part):
    """An attachment's name, harmless."""
    try:
        name = part.get_filename() or ""
    except (ValueError, TypeError):
        name = ""
    name = re.sub(r"[\x00-\x1f/\\]", "_", storable(name)).strip()
    return name[-120:] or "file"


def _kind_with_method(part):
    kind = part.get_content_type()
    method = part.get_param("method")
    return f"{kind}; method={method}" if isinstance(method, str) else kind
