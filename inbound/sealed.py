"""Signed mail is read; what proves the signature is not asked about.

Whom to believe is decided by the address a letter came to and the one it came from,
as for every other letter; a signature is only in the way of the words.
"""

import re

_ARMOUR = re.compile(
    r"-----BEGIN PGP SIGNED MESSAGE-----\n(?:Hash: [^\n]*\n|[A-Z][\w-]*: [^\n]*\n)*\n"
    r"(?P<words>.*?)\n-----BEGIN PGP SIGNATURE-----\n.*?(?:-----END PGP SIGNATURE-----"
    r"\n?|\Z)",
    re.DOTALL,
)
SEALED_ARMOUR = "-----BEGIN PGP MESSAGE-----"
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
MOST_NESTED = 8


def without_armour(text):
    """A clear-signed text (PGP) without what surrounds it.

    Args:
        text: a mail's text.

    Returns:
        The same where nobody signed.
    """
    if "-----BEGIN PGP SIGNED MESSAGE-----" not in text:
        return text
    return _ARMOUR.sub(
        lambda found: re.sub(r"^- ", "", found["words"], flags=re.MULTILINE) + "\n",
        text.replace("\r\n", "\n"),
    )


def signed_content(data):
    """What lies inside an opaque S/MIME signature (CMS SignedData, RFC 5652).

    Args:
        data: the part's bytes, DER or BER.

    Returns:
        The signed mail's bytes; None when it is encrypted, or no such thing.
    """
    try:
        kind, body, _end = _element(data, 0)
        if kind != 0x30 or not body.startswith(_SIGNED_DATA):
            return None
        outer = _inside(body[len(_SIGNED_DATA) :], 0xA0)
        for tag, content in _children(_inside(outer, 0x30)):
            if tag == 0x30:
                # SignedData: version, digestAlgorithms (a SET), encapContentInfo.
                for inner, value in _children(content):
                    if inner == 0xA0:
                        return _octets(value)
                return None
    except (IndexError, ValueError, RecursionError):
        return None
    return None


def _octets(data):
    """An OCTET STRING's bytes, whole or in pieces."""
    pieces = []
    for tag, content in _children(data):
        if tag == 0x04:
            pieces.append(content)
        elif tag == 0x24:
            pieces.append(_octets(content))
    return b"".join(pieces)


def _inside(data, wanted):
    tag, content, _end = _element(data, 0)
    if tag != wanted:
        raise ValueError("not what was expected")
    return content


def _children(data):
    at = 0
    while at < len(data):
        tag, content, at = _element(data, at)
        if tag == 0 and not content:
            return
        yield tag, content


def _element(data, at, depth=0):
    """(tag, content, where the next one begins)."""
    if depth > MOST_NESTED:
        raise ValueError("nested too deeply")
    tag, length, at = data[at], data[at + 1], at + 2
    if length == 0x80:
        # Indefinite: until two zero bytes, past whatever lies inside.
        begin = at
        while data[at] or data[at + 1]:
            _tag, _content, at = _element(data, at, depth + 1)
        return tag, data[begin:at], at + 2
    if length > 0x80:
        number = length - 0x80
        length = int.from_bytes(data[at : at + number], "big")
        at += number
    if at + length > len(data):
        raise ValueError("ends too early")
    return tag, data[at : at + length], at + length
