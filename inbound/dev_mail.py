"""A kept letter as a mail program shows it, and answering it as its reader would."""

import re
from collections import Counter
from dataclasses import dataclass
from email.utils import getaddresses, parseaddr

from django.utils.translation import gettext as _

from carriers.mail import Letter, Postman, Refused, Unreachable
from inbound.server import is_ours

SHOWN_HEADERS = (
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To",
    "References", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post",
    "Auto-Submitted", "Precedence", "Content-Language",
)  # fmt: skip


@dataclass(frozen=True)
class FileShown:
    """An attachment."""

    name: str
    kind: str
    data: bytes

    @property
    def size(self):
        """In bytes."""
        return len(self.data)

    @property
    def safe_name(self):
        """For a header."""
        return re.sub(r"[^A-Za-z0-9._-]", "_", self.name) or "file"


class LetterShown:
    """One kept letter.

    Args:
        name: its name in the folder.
        raw: its bytes.
        message: the parsed mail.
    """

    def __init__(self, name, raw, message):
        self.name = name
        self.size = len(raw)
        self.message = message
        self.subject = self._header("Subject")
        self.sender = self._header("From")
        self.to = self._header("X-Envelope-To") or parseaddr(self._header("To"))[1]
        self.reply_to = parseaddr(self._header("Reply-To"))[1]
        self.message_id = self._header("Message-ID")
        self.date = self._header("Date")
        self.text = self._body("plain")
        self.html = self._body("html")

    @property
    def headers(self):
        """(name, value) of what is worth reading."""
        return [
            (name, value) for name in SHOWN_HEADERS if (value := self._header(name))
        ]

    @property
    def html_page(self):
        """The HTML part; its links open in a tab of their own."""
        base = '<base target="_blank">'
        if "<head>" in self.html:
            return self.html.replace("<head>", f"<head>{base}", 1)
        return base + self.html

    @property
    def files(self):
        """Its attachments."""
        found = []
        for part in self.message.walk():
            if part.is_multipart():
                continue
            is_file = part.get_content_disposition() == "attachment"
            if is_file or part.get_content_maintype() != "text":
                found.append(
                    FileShown(
                        part.get_filename() or part.get_content_type(),
                        part.get_content_type(),
                        part.get_payload(decode=True) or b"",
                    )
                )
        return found

    def _header(self, name):
        try:
            return str(self.message.get(name) or "").strip()
        except (ValueError, IndexError, AttributeError, TypeError):
            return ""

    def _body(self, kind):
        part = self.message.get_body((kind,))
        if part is None:
            return ""
        try:
            return part.get_content()
        except (LookupError, KeyError):
            return (part.get_payload(decode=True) or b"").decode("utf-8", "replace")


def addresses_of(letters):
    """Who got mail, and how much.

    Args:
        letters: from ``kept_letters``.

    Returns:
        list of (address, number), most first; our own addresses are nobody's box.
    """
    count = Counter(
        address
        for letter in letters
        for _name, address in getaddresses([letter.to])
        if address and not is_ours(address)
    )
    return count.most_common(40)


def answer_as(letter, text, form):
    """Send an answer as the reader of this letter would.

    Args:
        letter: a ``LetterShown`` with a Reply-To.
        text: their words.
        form: gets an error where it could not be sent.

    Returns:
        Whether it went out.
    """
    quoted = "\n".join(f"> {line}".rstrip() for line in letter.text.splitlines())
    subject = letter.subject
    try:
        with Postman() as postman:
            postman.post(
                Letter(
                    to=letter.reply_to,
                    subject=subject if subject.startswith("Re:") else f"Re: {subject}",
                    text=f"{text.strip()}\n\n{_introduction(letter)}\n{quoted}\n",
                    from_address=letter.to,
                    headers={
                        "In-Reply-To": letter.message_id,
                        "References": letter.message_id,
                    },
                )
            )
    except (Refused, Unreachable) as fault:
        form.add_error(
            None, _("The mail server did not take it: %(why)s") % {"why": fault}
        )
        return False
    return True


def _introduction(letter):
    return f"On {letter.date}, {letter.sender} wrote:\n"
