"""Letters come in over SMTP or LMTP; each door ends in ``actions.receive``."""

import asyncio
import logging
import signal

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections

from inbound.actions import Outcome, receive

log = logging.getLogger(__name__)

# 25 MB of attachments, and the third that e-mail puts on top.
LARGEST = 36 * 1024 * 1024
ANSWERS = {
    Outcome.TAKEN: "250 Taken",
    Outcome.HELD: "250 Waits for review",
    Outcome.REFUSED: "250 Read; an answer is on its way",
    Outcome.UNKNOWN: "550 5.1.1 No such address here",
    Outcome.IGNORED: "250 Read",
    Outcome.BOUNCED: "250 Read",
    Outcome.DUPLICATE: "250 Known already",
    Outcome.UNREADABLE: "554 5.6.0 This cannot be read; please send it as plain text",
}
TRY_AGAIN = "451 4.3.0 Not now, please try again"


def take_in(raw, recipients, envelope_from):
    """``bring``, from outside a request: with a database connection that is alive."""
    close_old_connections()
    answers = bring(raw, recipients, envelope_from)
    close_old_connections()
    return answers


def bring(raw, recipients, envelope_from):
    """Bring one mail to every address of ours it names.

    Args:
        raw: its bytes.
        recipients: addresses (RCPT TO).
        envelope_from: MAIL FROM.

    Returns:
        One SMTP answer per recipient.
    """
    answers = []
    for address in recipients:
        try:
            outcome = receive(raw, address, envelope_from=envelope_from)
            answers.append(ANSWERS[outcome])
        except (DatabaseError, InterfaceError):
            log.exception("a letter has to be brought again")
            answers.append(TRY_AGAIN)
        except Exception:  # noqa: BLE001 (a fault must not lose a letter)
            log.exception("a letter could not be taken in")
            answers.append(TRY_AGAIN)
    return answers


def is_ours(address):
    """Whether an address is at the domain that answers come to."""
    return address.rpartition("@")[2].lower() == settings.ALLIANCE_MAIL_DOMAIN.lower()


class Door:
    """aiosmtpd handler: takes letters to our domain in, refuses to relay others."""

    async def handle_RCPT(self, server, session, envelope, address, options):
        """Only our own addresses."""
        if not is_ours(address):
            return "550 5.7.1 This server takes no letters for others"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        """Take it in; an LMTP client gets one answer per recipient."""
        answers = await sync_to_async(take_in)(
            envelope.original_content, envelope.rcpt_tos, envelope.mail_from
        )
        return "\r\n".join(answers) if isinstance(server, LMTP) else one_answer(answers)


def one_answer(answers):
    """One answer for all: trouble first, so that nothing is lost."""
    return next(
        (
            answer
            for code in ("4", "2", "5")
            for answer in answers
            if answer.startswith(code)
        ),
        "250 OK",
    )


def serve(handler, *, host=None, port=None, path=None, is_lmtp=False):
    """Listen until a signal says stop.

    Args:
        handler: an aiosmtpd handler.
        host, port: where; or
        path: a unix socket.
        is_lmtp: LMTP instead of SMTP.
    """
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    kind = LMTP if is_lmtp else SMTP

    def protocol():
        return kind(
            handler,
            hostname=settings.ALLIANCE_MAIL_DOMAIN,
            ident="Alliance",
            data_size_limit=LARGEST,
            enable_SMTPUTF8=True,
        )

    asyncio.run(_serve(protocol, host, port, path))


async def _serve(protocol, host, port, path):
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    if path:
        server = await loop.create_unix_server(protocol, path=path)
    else:
        server = await loop.create_server(protocol, host=host, port=port)
    async with server:
        await stop.wait()
