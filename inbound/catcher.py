"""The local mail server of a run: keeps every letter, takes answers in."""

import os
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.parser import BytesHeaderParser
from pathlib import Path

from asgiref.sync import sync_to_async
from django.conf import settings

from inbound.server import is_ours, one_answer, take_in

NAME = re.compile(r"^\d{8}T\d{12}-[0-9a-f]{8}$")
MOST_LISTED = 2000


class Catcher:
    """aiosmtpd handler: a letter becomes a file, an answer is taken in as well."""

    async def handle_DATA(self, server, session, envelope):
        """Keep it, then bring it in where it is for us."""
        raw = envelope.original_content
        await sync_to_async(keep)(raw, envelope.mail_from, envelope.rcpt_tos)
        ours = [address for address in envelope.rcpt_tos if is_ours(address)]
        if not ours:
            return "250 Kept"
        return one_answer(await sync_to_async(take_in)(raw, ours, envelope.mail_from))


def keep(raw, sender, recipients):
    """Write a letter to the run's mail folder.

    Args:
        raw: its bytes.
        sender: MAIL FROM.
        recipients: RCPT TO.

    Returns:
        The file's path.
    """
    folder = Path(settings.ALLIANCE_MAIL_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"
    head = (
        f"X-Envelope-From: {sender or ''}\r\nX-Envelope-To: {', '.join(recipients)}\r\n"
    )
    part = folder / f".{name}.part"
    number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "wb") as file:
        file.write(head.encode("utf-8", "replace") + raw)
    # Whole or not at all: a reader never sees half a letter.
    return part.rename(folder / f"{name}.eml")


@dataclass(frozen=True)
class Kept:
    """One kept letter, as the list shows it."""

    name: str
    to: str
    sender: str
    subject: str
    when: datetime


def kept_letters():
    """The run's letters, newest first.

    Returns:
        list of ``Kept``.
    """
    folder = Path(settings.ALLIANCE_MAIL_FOLDER)
    if not folder.is_dir():
        return []
    names = sorted(
        (path.stem for path in folder.glob("*.eml") if NAME.match(path.stem)),
        reverse=True,
    )
    return [_glance(folder / f"{name}.eml") for name in names[:MOST_LISTED]]


def _glance(path):
    with path.open("rb") as file:
        head = BytesHeaderParser(policy=policy.default).parse(file)
    return Kept(
        name=path.stem,
        to=_first(head, "X-Envelope-To", "To"),
        sender=_first(head, "From", "X-Envelope-From"),
        subject=_first(head, "Subject"),
        when=datetime.strptime(path.stem[:15], "%Y%m%dT%H%M%S").replace(tzinfo=UTC),
    )


def _first(message, *names):
    for name in names:
        try:
            if found := str(message.get(name) or "").strip():
                return found
        except (ValueError, IndexError, AttributeError, TypeError):
            continue
    return ""


def open_kept(name):
    """One kept letter.

    Args:
        name: from ``Kept.name``.

    Returns:
        (raw bytes, the parsed message), or None when there is none of that name.
    """
    if not NAME.match(name):
        return None
    path = Path(settings.ALLIANCE_MAIL_FOLDER) / f"{name}.eml"
    if not path.is_file():
        return None
    raw = path.read_bytes()
    return raw, message_from_bytes(raw, policy=policy.default)
