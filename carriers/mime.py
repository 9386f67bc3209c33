"""A letter as bytes on the wire (RFC 5322, 2045 to 2049).

The standard library's ``EmailMessage`` needs more time to build a mail than it takes to
render one, and a digest run builds thousands; a mail of ours has few shapes, so it is
written here directly: text, text and HTML, a calendar, attachments.
"""

import binascii
import secrets
from base64 import b64encode
from email.header import Header
from email.utils import format_datetime, formataddr

# RFC 5322 §2.1.1 allows 998; a margin for what servers on the way add.
LONGEST_PLAIN_LINE = 900
LINE = b"\r\n"
# A name such as "=?utf-8?q?…?=" would be read as other words than it was kept as.
LOOKS_ENCODED = "=?"


def one_line(value):
    """Text as it may stand in a header: no line breaks, no control characters.

    Args:
        value: any text, perhaps a stranger's.

    Returns:
        One line. A line break in a header would let a text write headers of its own.
    """
    value = str(value)
    if value.isprintable():
        return " ".join(value.split()) if "  " in value else value.strip()
    printable = "".join(
        " " if letter in "\r\n\t\v\f\x85\u2028\u2029" else letter
        for letter in value
        if letter.isprintable() or letter in "\r\n\t\v\f\x85\u2028\u2029"
    )
    return " ".join(printable.split())


def named_address(name, address):
    """``Name <address>``, the name encoded where it must be.

    Args:
        name: what people read; may be empty.
        address: a bare address.

    Returns:
        A header value.
    """
    if not name:
        return address
    name = one_line(name)
    if LOOKS_ENCODED in name:
        return f"{Header(name, 'utf-8').encode(linesep='')} <{address}>"
    return formataddr((name, address))


def header_line(name, value):
    """One header, encoded and folded.

    Args:
        name: the header's name.
        value: its text; line breaks become spaces.

    Returns:
        Bytes that end with a line break.
    """
    value = one_line(value)
    # What is encoded here already is an address; what people wrote is a subject.
    is_disguised = name == "Subject" and LOOKS_ENCODED in value
    if is_disguised or not value.isascii() or len(name) + len(value) > 900:
        charset = "us-ascii" if value.isascii() and not is_disguised else "utf-8"
        value = Header(value, charset, header_name=name, maxlinelen=76).encode(
            linesep="\r\n"
        )
    return f"{name}: {value}\r\n".encode("ascii")


def build(letter, *, sender, message_id, date, eight_bit=False):
    """Write a whole mail.

    Args:
        letter: the ``Letter``.
        sender: value of ``From``.
        message_id: value of ``Message-ID``.
        date: an aware datetime.
        eight_bit: whether the server takes 8-bit text as it is (RFC 6152).

    Returns:
        Bytes with CRLF line ends.
    """
    headers = {
        "From": sender,
        "To": letter.to,
        "Subject": letter.subject,
        "Date": format_datetime(date),
        "Message-ID": message_id,
    }
    if letter.reply_to:
        headers["Reply-To"] = letter.reply_to
    if letter.language:
        headers["Content-Language"] = letter.language
    headers |= letter.headers
    head = [header_line(name, value) for name, value in headers.items()]
    body = _alternatives(letter, eight_bit)
    if letter.attachments:
        body = _multipart("mixed", [body, *map(_attachment, letter.attachments)])
    return b"".join([*head, b"MIME-Version: 1.0\r\n", body])


def _alternatives(letter, eight_bit):
    parts = [_text("plain", letter.text, eight_bit)]
    if letter.html:
        parts.append(_text("html", letter.html, eight_bit))
    if letter.calendar:
        parts.append(
            _text(
                f"calendar; method={letter.calendar_method}", letter.calendar, eight_bit
            )
        )
    return parts[0] if len(parts) == 1 else _multipart("alternative", parts)


def _text(subtype, text, eight_bit):
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    data = text.encode("utf-8", "replace")
    if not data.endswith(b"\n"):
        data += b"\n"
    is_plain = data.isascii()
    if (is_plain or eight_bit) and (
        max(map(len, data.split(b"\n"))) < LONGEST_PLAIN_LINE
    ):
        encoding = "7bit" if is_plain else "8bit"
    else:
        encoding = "quoted-printable"
        data = binascii.b2a_qp(data, istext=True)
    head = (
        f"Content-Type: text/{subtype}; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    return head.encode("ascii") + data.replace(b"\n", LINE)


def _multipart(subtype, parts):
    # Quoted-printable never holds "=_", and nobody can guess the rest.
    edge = f"=_{secrets.token_hex(12)}"
    between = f"--{edge}\r\n".encode()
    body = b"".join(between + part + LINE for part in parts)
    head = f'Content-Type: multipart/{subtype}; boundary="{edge}"\r\n\r\n'
    return head.encode("ascii") + body + f"--{edge}--\r\n".encode()


def _attachment(attachment):
    name, data, kind = attachment
    # RFC 2231 would be right for names; encoded words are what every program reads.
    safe = one_line(name).replace('"', "'").replace("\\", "_") or "file"
    if not safe.isascii():
        safe = Header(safe, "utf-8").encode(linesep="")
    packed = b64encode(data)
    lines = [packed[start : start + 76] for start in range(0, len(packed), 76)]
    head = (
        f'Content-Type: {one_line(kind)}; name="{safe}"\r\n'
        f'Content-Disposition: attachment; filename="{safe}"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode("ascii", "replace") + LINE.join(lines) + LINE
