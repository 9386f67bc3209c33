"""Announcements: a post that every member is told of, and a copy to try it first."""

import re
import uuid

from django.db import transaction

from conversations.actions.messages import post_to_exchange
from conversations.models import Announcement
from conversations.reaching import Way, counted, reach
from notifications.actions import notify
from notifications.kinds import kind_of
from spaces.actions.recording import write_record

# As a list would begin in Markdown.
_LIST_BEGINS = re.compile(r"^(\d*)([-+*>.)])(?=\s)")


def announce(space, *, by, title, text, client_id):
    """Post it in the exchange and tell every member as they chose.

    The same ``client_id`` twice makes one announcement: a second press tells nobody
    anything.

    Args:
        space: where; the caller has asked whether ``by`` may.
        by: the facilitator.
        title: becomes the first line, and the subject of the letters.
        text: the words.
        client_id: UUID made with the form.

    Returns:
        the ``Announcement``.

    Raises:
        ValidationError: no words, or too many.
    """
    message = post_to_exchange(
        space,
        by=by,
        body=as_post(title, text),
        client_id=client_id,
        telling=_tell_members,
    )
    return message.announcement


def as_post(title, text):
    """Title and text as one post, the title as its first line: no line breaks in it,
    and a dash or a number in front does not begin a list."""
    line = _LIST_BEGINS.sub(r"\1\\\2", " ".join(title.split()))
    return f"{line}\n\n{text.strip()}"


def _tell_members(message, *, opening):
    named = [person.pk for person in message.named]
    space, by = message.thread.space, message.author
    told = counted(reach(space, by=by, named=named))
    Announcement.objects.create(message=message, told=told)
    write_record("announced", by=by, space=space, number=told[Way.NOW])
    notify(
        kind_of("conversations.announced"),
        message,
        about={"named": named, "opening": opening},
    )


@transaction.atomic
def try_announcement(space, *, by, title, text):
    """Send the writer a copy, as every member would get it.

    Args:
        space, by, title, text: as for ``announce``.

    Returns:
        list with the new ``Delivery``.
    """
    return notify(
        kind_of("conversations.announcement_tried"),
        space,
        about={"title": title, "text": text},
        occurrence=uuid.uuid4().hex,
        to=[by],
    )
