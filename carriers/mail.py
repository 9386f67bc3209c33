"""E-mail out: a ``Letter`` is what is sent, a ``Postman`` carries it.

The only module that knows ``django.core.mail``. It keeps one connection open for as
many letters as there are, says *refused for good* and *cannot be reached now* apart,
and never sends a letter of which it cannot say whether the last attempt arrived:
that is for the caller to decide, who knows the Message-ID.
"""

import re
import smtplib
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import (  # noqa: TID251 (the one place that may)
    EmailMultiAlternatives,
    get_connection,
)
from django.core.mail.backends.smtp import (  # noqa: TID251 (the one place that may)
    EmailBackend as SmtpBackend,
)
from django.core.validators import validate_email
from django.utils import timezone

from carriers import mime

# Servers close a connection after some number of mails; closing first is politer.
LETTERS_PER_CONNECTION = 500
# A server that hangs up or falls silent so often in a row is away, whatever the letter.
MOST_BREAKS = 3


class Refused(Exception):
    """Nobody will take this letter, today or later: a wrong address, say."""


class Unreachable(Exception):
    """Not now: this letter can be tried again later, under the same Message-ID."""


class Busy(Unreachable):
    """Its host takes nothing now: what else goes there may wait as well."""


class Away(Unreachable):
    """The server takes nothing from us now, whatever the letter."""


@dataclass(frozen=True)
class Letter:
    """One mail to one person.

    Attributes:
        to: a bare address.
        subject: in people's words; line breaks become spaces.
        text: the plain text, always.
        html: the same for programs that draw.
        from_name: shown as the sender ("Forest Forum").
        from_address: only where a person, not the site, writes (``/dev/mail/``).
        reply_to: a bare address for answers.
        headers: further headers (``List-Id`` …).
        attachments: tuples of (name, bytes, mime type).
        calendar: an iCalendar object, sent as an alternative.
        calendar_method: its METHOD.
        message_id: with its angle brackets; made up when empty.
        language: the language it is written in.
    """

    to: str
    subject: str
    text: str
    html: str = ""
    from_name: str = ""
    from_address: str = ""
    reply_to: str = ""
    headers: dict = field(default_factory=dict)
    attachments: tuple = ()
    calendar: str = ""
    calendar_method: str = "REQUEST"
    message_id: str = ""
    language: str = ""


def weigh(letter):
    """How many bytes a letter has as it goes over the wire.

    Args:
        letter: a ``Letter``.

    Returns:
        a number of bytes.
    """
    sender = mime.named_address(
        letter.from_name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    )
    message_id = letter.message_id or make_msgid(domain=settings.ALLIANCE_MAIL_DOMAIN)
    data = mime.build(letter, sender=sender, message_id=message_id, date=timezone.now())
    return len(data)


class _Ready(EmailMultiAlternatives):
    """A finished letter for Django's other backends (memory, console, file)."""

    def __init__(self, letter, data, sender):
        headers = dict(letter.headers)
        if letter.message_id:
            headers["Message-ID"] = letter.message_id
        super().__init__(
            subject=mime.one_line(letter.subject),
            body=letter.text,
            from_email=sender,
            to=[letter.to],
            reply_to=[letter.reply_to] if letter.reply_to else None,
            headers=headers,
            attachments=list(letter.attachments),
        )
        if letter.html:
            self.attach_alternative(letter.html, "text/html")
        if letter.calendar:
            self.attach_alternative(
                letter.calendar, f"text/calendar; method={letter.calendar_method}"
            )
        self.data = data

    def message(self, **kwargs):
        """The very bytes that SMTP would carry."""
        return message_from_bytes(self.data, policy=policy.SMTP)


class Postman:
    """Carries letters over one kept connection::

        with Postman() as postman:
            postman.post(letter)

    Raises nothing on entering: a server that is away shows at the first letter.
    """

    def __init__(self):
        self.address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        self.name = parseaddr(settings.DEFAULT_FROM_EMAIL)[0]
        self.connection = get_connection()
        self.is_smtp = isinstance(self.connection, SmtpBackend)
        self.carried = 0
        self.breaks = 0
        self._senders = {}

    def __enter__(self):
        return self

    def __exit__(self, *fault):
        self.close()

    def close(self):
        """Say goodbye to the server."""
        try:
            self.connection.close()
        except (OSError, smtplib.SMTPException):
            self.connection.connection = None
        self.carried = 0

    def post(self, letter):
        """Hand one letter over.

        Args:
            letter: a ``Letter``.

        Returns:
            The Message-ID it went out with.

        Raises:
            Refused: it can never be delivered; do not try again.
            Away: the server is not there or does not want us; stop for now.
            Unreachable: it was not accepted now; try later, with the same Message-ID.
        """
        to = valid_address(letter.to)
        message_id = letter.message_id or make_msgid(
            domain=settings.ALLIANCE_MAIL_DOMAIN
        )
        sender = self._sender(letter.from_name, letter.from_address)
        if self.is_smtp:
            if self.carried >= LETTERS_PER_CONNECTION:
                self.close()
            eight_bit = self._open().has_extn("8bitmime")
        else:
            eight_bit = False
        data = mime.build(
            letter,
            sender=sender,
            message_id=message_id,
            date=timezone.now(),
            eight_bit=eight_bit,
        )
        if self.is_smtp:
            self._post_smtp(letter.from_address or self.address, to, data)
        else:
            self._post_other(letter, data, sender)
        return message_id

    def _sender(self, name, address):
        if address:
            return mime.named_address(name, valid_address(address))
        name = name or self.name
        if name not in self._senders:
            self._senders[name] = mime.named_address(name, self.address)
        return self._senders[name]

    def _post_other(self, letter, data, sender):
        try:
            self.connection.send_messages([_Ready(letter, data, sender)])
        except OSError as fault:
            raise Away(str(fault)) from fault

    def _post_smtp(self, sender, to, data):
        fresh = self.carried == 0
        try:
            self._hand_over(sender, to, data)
        except _Idle as fault:
            # A kept connection that the server has closed meanwhile: once more.
            self.close()
            if fresh:
                raise Away(str(fault)) from fault
            try:
                self._hand_over(sender, to, data)
            except _Idle as again:
                self.close()
                raise Away(str(again)) from again
        self.carried += 1

    def _hand_over(self, sender, to, data):
        smtp = self._open()
        body = " BODY=8BITMIME" if smtp.has_extn("8bitmime") else ""
        commands = [f"MAIL FROM:<{sender}>{body}", f"RCPT TO:<{to}>", "DATA"]
        try:
            self._say(smtp, commands, data)
        except (smtplib.SMTPException, OSError) as fault:
            self.close()
            self.breaks += 1
            kind = Away if self.breaks >= MOST_BREAKS else Unreachable
            raise kind(str(fault) or type(fault).__name__) from fault
        self.breaks = 0

    def _say(self, smtp, commands, data):
        """One mail's dialogue; all three commands at once where the server allows it,
        which saves two round trips per letter (RFC 2920)."""
        together = smtp.has_extn("pipelining")
        replies = []
        try:
            if together:
                smtp.send("\r\n".join([*commands, ""]))
            else:
                smtp.putcmd(commands[0])
            replies.append(smtp.getreply())
        except (smtplib.SMTPServerDisconnected, OSError) as fault:
            raise _Idle(str(fault)) from fault
        if replies[0][0] == 421:
            raise _Idle(_words(*replies[0]))
        for command in commands[1:]:
            if not together:
                if not _is_good(len(replies) - 1, replies[-1][0]):
                    break
                smtp.putcmd(command)
            replies.append(smtp.getreply())
        bad = next(
            (
                number
                for number, (code, _answer) in enumerate(replies)
                if not _is_good(number, code)
            ),
            None,
        )
        if bad is not None:
            if len(replies) == 3 and replies[2][0] == 354:
                # It waits for a text that nobody may have: end it at once.
                smtp.send(".\r\n")
                smtp.getreply()
            # A server that does not want *us* is no letter's fault.
            code, answer = replies[bad]
            kind = Away if bad == 0 else _fault_of(code)
            if bad == 1 and kind is Unreachable:
                kind = Busy
            raise self._back_out(kind, code, answer)
        smtp.send(_DOTS.sub(b"..", data) + b".\r\n")
        code, answer = smtp.getreply()
        if code != 250:
            raise self._back_out(_fault_of(code), code, answer)

    def _back_out(self, kind, code, answer):
        """Leave the connection ready for the next letter, or closed."""
        self.breaks = 0
        smtp = self.connection.connection
        try:
            if code == 421 or smtp is None:
                self.close()
            else:
                smtp.rset()
        except (smtplib.SMTPException, OSError):
            self.close()
        return kind(_words(code, answer))

    def _open(self):
        if self.connection.connection is None:
            try:
                self.connection.open()
                self.connection.connection.ehlo_or_helo_if_needed()
            except (smtplib.SMTPException, OSError) as fault:
                self.connection.connection = None
                raise Away(str(fault)) from fault
            self.carried = 0
        return self.connection.connection


class _Idle(Exception):
    """The server went away before it took anything of this letter."""


# A line that begins with a dot gets a second one (RFC 5321 §4.5.2).
_DOTS = re.compile(rb"(?m)^\.")
_GOOD = ((250,), (250, 251), (354,))


def _is_good(number, code):
    """Whether this is the answer that MAIL, RCPT or DATA wants."""
    return code in _GOOD[number]


def _fault_of(code):
    return Refused if 500 <= code < 600 else Unreachable


def _words(code, answer):
    if isinstance(answer, bytes):
        answer = answer.decode("utf-8", "replace")
    return mime.one_line(f"{code} {answer}")[:280]


def valid_address(address):
    """An address a server can be asked about.

    Args:
        address: as somebody wrote it.

    Returns:
        It, with its domain as ASCII.

    Raises:
        Refused: it is none.
    """
    try:
        validate_email(address)
        local, domain = address.rsplit("@", 1)
        local.encode("ascii")
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except (ValidationError, UnicodeError) as fault:
        raise Refused(f"not an e-mail address: {mime.one_line(address)}") from fault
