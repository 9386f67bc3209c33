"""Bytes as text, in the charset that whoever sent them names."""

import codecs

# Python's own codecs beside the charsets of letters and pages: some take hours for what
# a mail may hold (the square of its length), some make halves of characters.
_NOT_FOR_TEXT = {
    "idna",
    "punycode",
    "raw-unicode-escape",
    "undefined",
    "unicode-escape",
}


def decoded(raw, charset, errors="strict"):
    """Read bytes in a named charset.

    Args:
        raw: the bytes.
        charset: its name, as somebody else wrote it.
        errors: as ``bytes.decode`` takes it.

    Returns:
        Text that can be stored and sent, but for NUL.

    Raises:
        LookupError: no charset that people write in.
        ValueError: the bytes are not of that charset.
    """
    found = codecs.lookup(charset)
    if found.name.replace("_", "-") in _NOT_FOR_TEXT:
        raise LookupError(charset)
    text = raw.decode(found.name, errors)
    return text.encode("utf-8", "replace").decode("utf-8")
