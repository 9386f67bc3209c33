"""What a mailbox shows of a letter before it is opened."""

import pytest

from notifications.actions import notify
from notifications.kinds import kind_of
from notifications.letters import PREVIEW_MARK, preview_of
from notifications.outbox import send_waiting
from tests.factories.conversations import MessageFactory


@pytest.mark.parametrize(
    ("text", "own", "expected"),
    [
        ("~~~ Write above ~~~\n\nOda asks:\n\nHow deep?\n\n-- \nForum", "",
         "Oda asks: How deep?"),
        ("Hello Ben,\n\nyou are a\nmember now.\n", "", "you are a member now."),
        ("Only this,\n", "", "Only this,"),
        ("Hello,\n\nx", "Oda: How  deep?", "Oda: How deep?"),
        ("word " * 60, "", "word " * 17 + "word…"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_preview_of(text, own, expected):
    assert preview_of(text, own).strip(PREVIEW_MARK) == expected


def test_nobody_can_write_the_mark_into_a_preview():
    assert preview_of("x", f"a{PREVIEW_MARK}b").strip(PREVIEW_MARK) == "ab"


def test_a_letter_begins_with_who_says_what(space, oda, ben, mailoutbox):
    message = MessageFactory(thread__space=space, author=oda, body="How <deep>?")

    notify(
        kind_of("conversations.person_mentioned"), message, about={"named": [ben.pk]}
    )
    send_waiting()

    html = mailoutbox[0].alternatives[0].content
    first = html.split("<body", 1)[1].split(">", 1)[1].split("</div>")[0]
    assert "display: none" in first
    assert f"{PREVIEW_MARK}{oda}: How &lt;deep&gt;?{PREVIEW_MARK}" in first
    # Only there: the plain text says it in its own place.
    assert PREVIEW_MARK not in mailoutbox[0].body
