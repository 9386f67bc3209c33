"""What is new in a stream of talk, asked for little (docs/decisions/live-talk.md).

A page with talk carries a *mark*: which stream, up to which change, sealed. Its script
comes back with it now and then. Nothing new: ``quiet_polls`` answers 204 after one look
into an index, before a session is opened. Something new: the view of the stream draws
it for this reader, through the same right to see it as the page.
"""

from django.db import connection
from django.http import HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from conversations.models import Message, Thread
from tags.models import Tag

#: The streams, and how each tells the number of its last change.
EXCHANGE, THREAD, TAG = "x", "t", "g"
_LAST = {
    EXCHANGE: (
        "SELECT changed FROM conversations_thread"
        " WHERE space_id = %s AND origin = 'exchange' ORDER BY changed DESC LIMIT 1"
    ),
    THREAD: "SELECT changed FROM conversations_thread WHERE id = %s",
    TAG: "SELECT changed FROM tags_tag WHERE id = %s",
}
_NEXT = (
    "INSERT INTO conversations_stream AS stream (space_id, number) VALUES (%s, 1)"
    " ON CONFLICT (space_id) DO UPDATE SET number = stream.number + 1"
    " RETURNING number"
)
ADDRESS_END = "/live/"


def stir(thread, *messages):
    """Number a change of a thread, so that those who read along are told of it.

    The last step of an action: the space's other changes wait from here to the commit,
    which is what makes the numbers follow the order in which changes can be read.

    Args:
        thread: the ``Thread``; call it inside the transaction that changes it.
        messages: those of its messages that look different now.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [thread.space_id])
        number = cursor.fetchone()[0]
    if messages:
        pks = [message.pk for message in messages]
        Message.objects.filter(pk__in=pks).update(changed=number)
    Thread.with_hidden.filter(pk=thread.pk).update(changed=number)
    Tag.objects.filter(tagged_threads__content_object=thread.pk).update(changed=number)
    thread.changed = number


def mark(sort, pk, number):
    """Seal how far a page has read.

    Args:
        sort: ``EXCHANGE``, ``THREAD`` or ``TAG``.
        pk: of the space, the thread or the tag.
        number: of the last change that the page shows.

    Returns:
        text for the page; only who was shown the page has it, so the quiet answer
        needs to know nobody.
    """
    words = f"{sort}{pk}.{number}"
    return f"{words}.{_seal(words)}"


def number_of(text, sort, pk):
    """The number in a mark of this stream; 0, the beginning, for any other text."""
    found = _read(text)
    return found[2] if found and found[:2] == (sort, pk) else 0


def _seal(words):
    return salted_hmac("conversations.stream", words, algorithm="sha256").hexdigest()[
        :20
    ]


def _read(text):
    words, _dot, seal = text.rpartition(".")
    if not words or not constant_time_compare(seal, _seal(words)):
        return None
    stream, _dot, number = words.partition(".")
    return stream[0], int(stream[1:]), int(number)


def last_change(sort, pk):
    """The number of a stream's last change, by one look into an index."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST[sort], [pk])
        row = cursor.fetchone()
    return row[0] if row else None


def quiet_polls(get_response):
    """Answer 204 to a poll that finds nothing, before anything else is done for it.

    Args:
        get_response: the next layer.

    Returns:
        the middleware.
    """

    def middleware(request):
        if request.method == "GET" and request.path_info.endswith(ADDRESS_END):
            found = _read(request.GET.get("at", ""))
            if found and last_change(*found[:2]) == found[2]:
                return _quiet()
        return get_response(request)

    return middleware


def _quiet():
    response = HttpResponse(status=204, headers={"Cache-Control": "no-store"})
    # There is no body that it could be the type of.
    del response["Content-Type"]
    return response
