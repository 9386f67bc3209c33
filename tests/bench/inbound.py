"""Letters that come in: read, and taken in up to the message in its thread."""

import io
import random
import time
from email import message_from_bytes, policy
from email.message import EmailMessage

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from conversations.models import Message
from inbound.actions import Outcome, receive
from inbound.letters import parse
from notifications.actions import letter_row
from notifications.kinds import kind_of
from spaces.models import Membership
from tests.inbound.corpus import letters

ROUNDS = 10
WRITERS = 50
WORDS = (
    "Two feet where the ground is soft, deeper on the ridge.\n\nWe lined the pit with "
    "stones from the old wall, and it held through the first rain. #pits\n"
)


def measure(world):
    """Read the corpus, a mail with a photo, and take in answers.

    Args:
        world: a ``seed.World``.

    Returns:
        dict of what was done to (letters, seconds, CPU seconds, queries).
    """
    corpus = [sample.raw for sample in letters()] * ROUNDS
    photo = [_with_photo()] * 20
    return {
        "read: the corpus of clients and languages": _timed(parse, corpus),
        "read: with a photo of 3 MB": _timed(parse, photo),
        "taken in: an answer to a thread": _taken(world),
    }


def _timed(work, items):
    begin, cpu = time.perf_counter(), time.process_time()
    for item in items:
        work(item)
    return len(items), time.perf_counter() - begin, time.process_time() - cpu, 0


def _with_photo():
    noise = random.Random(1).randbytes(1400 * 1000 * 3)  # noqa: S311 (a picture)
    out = io.BytesIO()
    Image.frombytes("RGB", (1400, 1000), noise).save(out, "JPEG", quality=88)
    mail = message_from_bytes(
        _answer("ben@example.org", "photo"), policy=policy.default
    )
    mail.add_attachment(
        out.getvalue(), maintype="image", subtype="jpeg", filename="field.jpg"
    )
    return mail.as_bytes()


def _answer(sender, mark):
    mail = EmailMessage()
    mail["From"] = sender
    mail["Subject"] = "Re: How deep do you dig?"
    mail["Message-ID"] = f"<{mark}-{time.time_ns()}@bench.example>"
    mail.set_content(
        f"{WORDS}\nOn Mon, 23 Nov 2026 at 07:00, Forum <hello@mail.alliance.example> "
        "wrote:\n\n> ~~~ Write your answer above this line ~~~\n>\n> Oda asks:\n"
        "> How deep?\n"
    )
    return mail.as_bytes()


def _taken(world):
    """Every writer answers one letter of each space: rights, limits, counters, notices
    and the commit are part of it."""
    kind = kind_of("conversations.message_posted")
    waiting = []
    for space in world.spaces:
        message = (
            Message.objects.filter(thread__space=space, thread__origin="exchange")
            .exclude(thread__audience="group")
            .first()
        )
        shared = {
            "kind": kind.slug,
            "target": str(message.pk),
            "about": {},
            "scope": f"space-{space.pk}",
        }
        members = Membership.objects.active().filter(space=space)
        for member in members.select_related("person")[:WRITERS]:
            row = letter_row(
                kind,
                shared,
                recipient=member.person,
                occurrence=f"bench-{time.time_ns()}",
            )
            row.state, row.sent = "sent", timezone.now()
            row.save()
            waiting.append((_answer(member.person.email, row.pk), row.reply_address))
    with CaptureQueriesContext(connection) as queries:
        if receive(*waiting[0]) is not Outcome.TAKEN:
            raise RuntimeError("The bench's own letter was not taken.")
    number, seconds, cpu, _none = _timed(lambda each: receive(*each), waiting[1:])
    return number, seconds, cpu, len(queries)


def table(found):
    """Rows for the table.

    Args:
        found: from ``measure``.
    """
    head = ("", "letters", "letters/s", "CPU ms each", "queries each")
    rows = [
        (
            name,
            f"{number:,}",
            f"{number / seconds:.0f}",
            f"{1000 * cpu / number:.1f}",
            str(queries) if queries else "none",
        )
        for name, (number, seconds, cpu, queries) in found.items()
    ]
    return head, rows
