"""A raw mail as a ``Letter``: who, what, and whether a machine wrote it."""

import hashlib
import re
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings

from inbound.authentication import verdicts
from inbound.bounds import LONGEST_HEADER, read_message
from inbound.parts import FAULTS, SEALED, read_parts, storable
from inbound.quoting import split
from inbound.sealed import SEALED_ARMOUR
from inbound.tongues import AUTOMATIC_SUBJECT

MACHINES = re.compile(
    r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|daemon|root"
    r"|mdaemon|listserv|majordomo)([+=.-].*)?@",
    re.IGNORECASE,
)

# Why a letter that its own headers make unreadable is not taken.
UNREADABLE = "cannot be read"


@dataclass(frozen=True)
class Letter:
    """What came in.

    Attributes:
        sender: the address it says it is from, lower case.
        sender_name: the name beside it.
        subject: one line.
        text: the writer's own words.
        whole_text: with everything quoted.
        message_id: as its program made it; made from its bytes when missing.
        references: ids it answers.
        trimmed: what was cut from the text and might be the writer's all the same.
        attachments: tuples of (name, bytes, mime type), calendars among them.
        left_out: tuples of (name, why) of what cannot be taken.
        verdicts: what a server of ours found of the sender ("spf=pass dkim=fail").
        machine: why it is a machine's letter, or "".
        part: the item it answers, where the address it came to names one.
    """

    sender: str
    sender_name: str
    subject: str
    text: str
    whole_text: str
    message_id: str
    references: tuple = ()
    attachments: tuple = ()
    machine: str = ""
    trimmed: str = ""
    left_out: tuple = ()
    verdicts: str = ""
    part: int | None = None

    @property
    def photos(self):
        """Attachments that say they are pictures."""
        return [each for each in self.attachments if each[2].startswith("image/")]

    @property
    def documents(self):
        """Attachments that are neither pictures nor calendars."""
        return [
            each
            for each in self.attachments
            if not each[2].startswith(("image/", "text/calendar"))
        ]

    @property
    def is_sealed(self):
        """Whether it was encrypted, so that nobody here can read it."""
        return not self.text and any(why == SEALED for _name, why in self.left_out)


def parse(raw, *, envelope_from=None):
    """Read a raw mail.

    Args:
        raw: its bytes, whatever they are.
        envelope_from: MAIL FROM; ``""`` is the null sender, None is unknown.

    Returns:
        A ``Letter``. Never raises: what cannot be read is left out.
    """
    try:
        return _parse(raw, envelope_from)
    except FAULTS:
        return Letter("", "", "", "", "", _own_id(raw), machine=UNREADABLE)


def _parse(raw, envelope_from):
    message = read_message(raw)
    sender_name, sender = parseaddr(_header(message, "From"))
    parts = read_parts(message)
    text, left_out = parts.text, list(parts.left_out)
    if SEALED_ARMOUR in text:
        text = text.split(SEALED_ARMOUR, 1)[0]
        left_out.append(("", SEALED))
    words = split(text, domain=settings.ALLIANCE_MAIL_DOMAIN)
    message_id = _header(message, "Message-ID").strip()
    if not message_id:
        message_id = _own_id(raw)
    sender = sender.strip().lower()
    return Letter(
        sender=sender,
        sender_name=sender_name.strip(),
        subject=" ".join(_header(message, "Subject").split()),
        text=words.own,
        trimmed=words.trimmed,
        whole_text=text.strip(),
        message_id=message_id[:500],
        references=tuple(
            re.findall(
                r"<[^<>\s]+>",
                _header(message, "In-Reply-To") + _header(message, "References"),
            )
        ),
        attachments=tuple(parts.files),
        left_out=tuple(left_out),
        machine=why_machine(message, sender, envelope_from),
        verdicts=verdicts(message.get_all("Authentication-Results") or ()),
    )


def why_machine(message, sender, envelope_from=None):
    """Why nobody should answer this letter, or "".

    Args:
        message: the parsed mail.
        sender: the address of its From.
        envelope_from: MAIL FROM, where known.
    """
    checks = (
        ("null sender", envelope_from == "" or _header(message, "Return-Path") == "<>"),
        (
            "Auto-Submitted",
            _header(message, "Auto-Submitted").split(";")[0].strip().lower()
            not in ("", "no"),
        ),
        (
            "Precedence",
            _header(message, "Precedence").strip().lower()
            in ("bulk", "junk", "list", "auto_reply", "auto-reply"),
        ),
        (
            "auto-reply header",
            any(
                message.get(name) is not None
                for name in (
                    "X-Autoreply",
                    "X-Autorespond",
                    "X-Autoresponder",
                    "X-Auto-Reply",
                    "X-Mail-Autoreply",
                    "X-Failed-Recipients",
                    "X-Loop",
                )
            ),
        ),  # fmt: skip
        ("a list", bool(_header(message, "List-Id") or _header(message, "List-Post"))),
        (
            "delivery report",
            message.get_content_type()
            in ("multipart/report", "message/delivery-status"),
        ),
        ("no sender", "@" not in sender),
        ("machine sender", bool(MACHINES.match(sender))),
        (
            "our own mail",
            sender.rpartition("@")[2] == settings.ALLIANCE_MAIL_DOMAIN.lower()
            or sender == parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower(),
        ),
        ("subject", bool(AUTOMATIC_SUBJECT.match(_header(message, "Subject")))),
    )
    return next((why for why, is_so in checks if is_so), "")


def _own_id(raw):
    return f"<{hashlib.sha256(raw).hexdigest()}@no-message-id>"


def _header(message, name):
    """A header as text; a broken one is read as far as it goes."""
    try:
        return storable(str(message.get(name) or ""))
    except FAULTS:
        for key, value in message.raw_items():
            if key.lower() == name.lower():
                return storable(" ".join(str(value)[:LONGEST_HEADER].split()))
        return ""
