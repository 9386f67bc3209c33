"""How much of a mail is read: its parts, its headers, its head.

Reading takes time that grows faster than a header, a head or a depth does, and a
millisecond for each part: one hostile mail could keep the door shut for an hour.
"""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy

LONGEST_HEADER = 4_000
# All headers that are taken apart, those of the parts among them; each is once.
LONGEST_HEADERS = 100_000
LONGEST_HEAD = 256 * 1024
MOST_NESTED = 100
MOST_PARTS = 500

_NESTS = re.compile(rb"multipart/|message/rfc822", re.IGNORECASE)
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")


class _Parts:
    """Makes the messages of one mail, up to so many."""

    def __init__(self):
        self.number = 0

    def __call__(self, policy=None):
        self.number += 1
        if self.number > MOST_PARTS:
            raise ValueError("too many parts")
        return EmailMessage(policy=policy)


class BriefPolicy(EmailPolicy):
    """The standard library's reading, of the first part of each header only, and of
    each header once. Of one mail: it remembers."""

    read = None

    def __init__(self):
        super().__init__(read={}, message_factory=_Parts())

    def header_fetch_parse(self, name, value):
        key = name.lower(), value[:LONGEST_HEADER]
        if key not in self.read:
            if sum(len(text) for _name, text in self.read) > LONGEST_HEADERS:
                raise ValueError("too long headers")
            self.read[key] = super().header_fetch_parse(*key)
        return self.read[key]


def read_message(raw):
    """A mail's bytes as a message, without what would take too long to read.

    Args:
        raw: its bytes, whatever they are.

    Returns:
        An ``EmailMessage``.

    Raises:
        ValueError: it has more parts, or nests them deeper, than any program makes.
    """
    if sum(1 for _found in _NESTS.finditer(raw)) > MOST_NESTED:
        raise ValueError("nested too deeply")
    end = _END_OF_HEAD.search(raw)
    if end is not None and end.start() > LONGEST_HEAD:
        cut = raw.rfind(b"\n", 0, LONGEST_HEAD) + 1
        raw = raw[:cut] + raw[end.end() - 1 :]
    return message_from_bytes(raw, policy=BriefPolicy())
