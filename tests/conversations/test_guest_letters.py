"""What a guest's letter says of the pass."""

from conversations.actions import give_guest_pass
from notifications.outbox import send_waiting
from tests.factories.conversations import MessageFactory


def test_the_letter_says_the_days_that_were_given(space, ada, mailoutbox):
    thread = MessageFactory(thread__space=space, author=ada).thread

    give_guest_pass(thread, by=ada, name="Marta", address="marta@example.org", days=14)
    send_waiting()

    (mail,) = mailoutbox
    assert "lasts 14 days" in " ".join(mail.body.split())
