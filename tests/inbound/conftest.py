"""Letters that come in, and a thread they answer."""

from email.message import EmailMessage

import pytest
from django.conf import settings

from notifications.actions import letter_row
from notifications.kinds import kind_of
from tests.factories.conversations import MessageFactory, ThreadFactory

DOMAIN = settings.ALLIANCE_MAIL_DOMAIN


@pytest.fixture
def thread(space, oda):
    """Oda asks in the forest forum."""
    thread = ThreadFactory(space=space, title="")
    MessageFactory(thread=thread, author=oda, body="How deep?", talk="question")
    thread.refresh_from_db()
    return thread


@pytest.fixture
def told(thread):
    """``told(person)``: the letter about Oda's question, as it was sent to them."""

    def send(person, **fields):
        kind = kind_of("conversations.message_posted")
        message = thread.messages.first()
        row = letter_row(
            kind,
            {
                "kind": kind.slug,
                "target": str(message.pk),
                "about": {"opening": True},
                "scope": f"space-{thread.space_id}",
            },
            recipient=person,
        )
        row.state = "sent"
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
        return row

    return send


@pytest.fixture
def written():
    """``written("words", sender=…)``: the bytes of a mail."""
    counter = iter(range(1000))

    def write(
        text="Two feet.", *, sender="ben@example.org", message_id=None, **headers
    ):
        mail = EmailMessage()
        mail["From"] = f"Somebody <{sender}>"
        mail["To"] = f"reply@{DOMAIN}"
        mail["Subject"] = headers.pop("Subject", "Re: How deep?")
        mail["Message-ID"] = message_id or f"<{next(counter)}@example.org>"
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        return mail.as_bytes()

    return write
