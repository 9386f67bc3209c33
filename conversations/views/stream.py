"""What is new in a stream of talk, for ``static/js/live``.

Polls that find nothing end in ``conversations.stream.quiet_polls`` and never come here.
"""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.prepared import Prepared
from conversations.cards import draw_cards
from conversations.drawing import drawing_of, heading_of, rows_of, was_declined
from conversations.entry import enter_thread
from conversations.models import Message, Thread
from conversations.readers import notice_key
from conversations.stream import EXCHANGE, THREAD, last_change, mark, number_of
from notifications.inbox import mark_seen
from spaces.entry import enter
from spaces.models import Space

# In one answer; what is left comes with the next one, at once.
MOST_MESSAGES, MOST_POSTS = 60, 20
MOST_SHOWN = 60

_changed_messages = Prepared(
    lambda user, thread, after: (
        Message.objects.filter(thread=thread, changed__gt=after)
        .drawn_for(user)
        .order_by("changed", "pk")[: MOST_MESSAGES + 1]
    )
)
_changed_posts = Prepared(
    lambda user, space, after: (
        Thread.objects.visible_to(user)
        .filter(space=space, changed__gt=after, message_count__gt=0)
        .exchange()
        .with_opening()
        .select_related("audience_group")
        .order_by("changed")[: MOST_POSTS + 1]
    )
)


@login_not_required
@require_safe
def thread_live(request, space, pk):
    """Messages of a thread that came or changed since the page's mark."""
    thread = enter_thread(request, space, pk)
    after = number_of(request.GET.get("at", ""), THREAD, thread.pk)
    messages = _changed_messages(request.user, thread=thread.pk, after=after)
    upto, is_more = thread.changed, len(messages) > MOST_MESSAGES
    if is_more:
        messages.pop()
        upto = messages[-1].changed
    messages.sort(key=lambda message: (message.created, message.pk))
    if messages:
        # Only a page in sight asks (static/js/live/poll.js).
        mark_seen(request, notice_key(thread.pk))
    drawn = drawing_of(request.user, thread, messages)
    opening = None
    if thread.origin == Thread.Origin.EXCHANGE and messages:
        first = thread.messages.oldest_first().values_list("pk", flat=True).first()
        if messages[0].pk == first:
            opening = drawn.opening(messages.pop(0))[1]
    return _answer(
        request,
        at=mark(THREAD, thread.pk, upto),
        more=is_more,
        heading=heading_of(thread),
        opening=opening,
        gone=" ".join(f"m{each.pk}" for each in messages if was_declined(drawn, each)),
        rows=rows_of(drawn, messages),
    )


@login_not_required
@require_safe
def exchange_live(request, space):
    """Posts of the exchange that came or changed since the page's mark."""
    space = enter(request, space, tool=Space.Tool.EXCHANGE)
    after = number_of(request.GET.get("at", ""), EXCHANGE, space.pk)
    # Asked before the posts: what comes in between is told again, not left out.
    upto = last_change(EXCHANGE, space.pk) or 0
    threads = _changed_posts(request.user, space=space.pk, after=after)
    is_more = len(threads) > MOST_POSTS
    if is_more:
        threads.pop()
        upto = threads[-1].changed
    for thread in threads:
        thread.space = space
    threads.sort(key=lambda thread: thread.last_activity, reverse=True)
    return _answer(
        request,
        at=mark(EXCHANGE, space.pk, upto),
        more=is_more,
        gone=gone_posts(request),
        cards=draw_cards(threads, request.user),
    )


_still_seen = Prepared(
    lambda user, shown: (
        Thread.objects.visible_to(user)
        .filter(pk__in=shown, message_count__gt=0)
        .only("pk")
    )
)


def gone_posts(request):
    """Posts that a page shows and that are not there, or not for its reader, now.

    Args:
        request: its ``shown`` names what the page shows.

    Returns:
        what they are called on the page, as a text.
    """
    words = request.GET.get("shown", "").split(",")[:MOST_SHOWN]
    shown = {int(word) for word in words if word.isdecimal() and len(word) < 19}
    if not shown:
        return ""
    seen = _still_seen(request.user, shown=sorted(shown))
    gone = shown - {thread.pk for thread in seen}
    return " ".join(f"t{pk}" for pk in sorted(gone))


def _answer(request, **context):
    context = {"gone": "", "heading": "", "opening": None, "cards": (), **context}
    response = render(request, "conversations/live.html", {"rows": (), **context})
    response["Cache-Control"] = "no-store"
    return response
