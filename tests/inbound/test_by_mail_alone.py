"""A member who never opens the website: everything from the first letter to the last by
mail, at the addresses that the letters themselves name."""

import io
import re
from datetime import timedelta
from email.message import EmailMessage
from email.utils import parseaddr
from itertools import count

import pytest
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from accounts.models import User
from conversations.actions import post_message, post_to_exchange
from conversations.models import Message, Reaction
from inbound.actions import Outcome, receive
from notifications.outbox import send_waiting
from spaces.actions.inviting import invite_people
from spaces.models import Membership
from stories.models import Story
from webinars.actions import schedule_webinar
from webinars.models import Registration

NANA = "nana@example.org"


class Mailbox:
    """Nana's mail program.

    Args:
        outbox: all that Alliance has sent.
    """

    def __init__(self, outbox):
        self.outbox = outbox
        self.numbers = count(1)

    def newest(self, words=""):
        """The newest letter to Nana that has these words in its subject or text."""
        send_waiting()
        letters = [
            letter
            for letter in self.outbox
            if letter.to == [NANA] and words in f"{letter.subject}\n{letter.body}"
        ]
        assert letters, [f"{each.to} {each.subject}" for each in self.outbox]
        return letters[-1]

    def write(self, to, text, *, subject="Hello", photo=False, **headers):
        """Send a mail.

        Returns:
            What became of it.
        """
        mail = EmailMessage()
        mail["From"] = f"Nana Yeboah <{NANA}>"
        mail["To"], mail["Subject"] = to, subject
        mail["Message-ID"] = f"<{next(self.numbers)}@phone.example>"
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        if photo:
            out = io.BytesIO()
            Image.new("RGB", (80, 60), (20, 90, 0)).save(out, "JPEG")
            mail.add_attachment(
                out.getvalue(), maintype="image", subtype="jpeg", filename="a.jpg"
            )
        return receive(mail.as_bytes(), to)

    def answer(self, letter, text):
        """Answer a letter as a phone does: above it, everything quoted below."""
        sent = letter.message()
        below = "\n".join(f"> {line}" for line in letter.body.splitlines())
        return self.write(
            parseaddr(str(sent["Reply-To"]))[1],
            f"{text}\n\nOn Monday, {sent['From']} wrote:\n{below}\n",
            subject=f"Re: {letter.subject}",
            In_Reply_To=str(sent["Message-ID"]),
        )


@pytest.fixture
def nana(mailoutbox):
    return Mailbox(mailoutbox)


def days_later(number, hour=9):
    """Let the clock be so many days on, and do what is due then."""
    moment = (timezone.now() + timedelta(days=number)).replace(hour=hour, minute=0)
    call_command("send_due", now=moment.isoformat())


def test_a_member_needs_no_website(space, ada, nana):
    # Joined by answering the invitation.
    invite_people(space, by=ada, rows=[{"address": NANA, "name": "Nana Yeboah"}])
    assert nana.answer(nana.newest("invites you"), "Yes, gladly.") is Outcome.TAKEN
    person = User.objects.get(email=NANA)
    assert Membership.objects.get(space=space, person=person).status == "active"

    # Read in the digest, answered by number.
    asked = post_to_exchange(
        space, by=ada, body="How deep is a good pit?", talk="question"
    )
    webinar = schedule_webinar(
        space,
        by=ada,
        words={
            "title": "Pits and trees",
            "starts": timezone.now() + timedelta(days=5),
            "ends": timezone.now() + timedelta(days=5, hours=1),
            "time_zone": "Africa/Accra",
        },
    )
    days_later(1)
    digest = nana.newest("How deep is a good pit?")
    number = re.search(r"(\d+)\. [^\n]*\n“How deep is a good pit", digest.body)[1]
    assert nana.answer(digest, f"{number}: Two feet, and a lid.") is Outcome.TAKEN
    said = Message.objects.get(author=person)
    assert (said.body, said.thread) == ("Two feet, and a lid.", asked.thread)

    # A nod to what somebody answers then.
    post_message(asked.thread, by=ada, body="Thank you, a lid is new to me.")
    assert nana.answer(nana.newest("a lid is new to me"), "+1") is Outcome.TAKEN
    assert Reaction.objects.filter(person=person).count() == 1

    # A question of one's own, at the address that the digest names.
    post_address = re.search(r"post\S*@\S+", digest.body)[0]
    assert nana.write(post_address, "Since May?", subject="Who has rain?") is (
        Outcome.TAKEN
    )
    own = Message.objects.filter(author=person).latest("pk")
    assert (own.thread.title, own.talk) == ("Who has rain?", "question")

    # A story with a photo; the address for it is told to who asks for help.
    nana.answer(nana.newest("Who has rain?"), "help")
    story_address = re.search(r"story\S*@[\w.-]+", nana.newest("story").body)[0]
    assert nana.write(
        story_address, "We dug at night.", subject="The night pit", photo=True
    ) is (Outcome.TAKEN)
    story = Story.objects.get(author=person)
    assert (story.title, story.state, story.photo is None) == (
        "The night pit", "published", False,
    )  # fmt: skip

    # Coming to the webinar.

    assert nana.answer(nana.newest("Webinar: Pits and trees"), "Yes") is Outcome.TAKEN
    assert Registration.objects.get(webinar=webinar, person=person).answer == "yes"

    # Less mail.
    assert nana.answer(digest, "weekly") is Outcome.TAKEN
    assert Membership.objects.get(person=person).digest == "weekly"
    person.refresh_from_db()
    assert person.last_login is None
