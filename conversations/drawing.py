"""The talk as it is drawn: under a page, a story, a webinar, or as a page of its own.

    context |= thread_context(request, page.thread)
    {% include "conversations/_thread.html" %}

Each message is one row of ready pieces, because a template include per message would
cost more than all the rest of the page.
"""

from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.prepared import Prepared
from conversations.forms import ReplyForm
from conversations.guests import guest_url_of, open_tag_of
from conversations.models import MESSAGES_PER_PAGE, Follow, Message, Thread
from conversations.permissions import (
    can_follow_thread,
    can_write_in_thread,
    pass_for,
)
from conversations.readers import notice_key
from conversations.rows import Drawing, Row, talk_label
from conversations.saying import level_choices, readers_words, why_closed
from conversations.stream import THREAD, mark
from conversations.wording import quote_of
from notifications.inbox import mark_seen

# As a page's number: the last one.
FURTHEST = 99_999


@dataclass
class Talk:
    """What ``_thread.html`` draws.

    Attributes:
        thread: the ``Thread``.
        opening: the post itself, on the first page of an exchange thread.
        rows: the other messages of this page, oldest first.
        page: the paginator's page, or None where one page holds all.
        form: the form to answer with, or None.
        closed_words: why there is no form.
        level: one of ``Follow.Level``: how much this reader hears of the thread.
        levels: (value, label, what it means) of each.
        readers: who will see what is written here, in words.
        last: the newest message drawn; what came after it is fetched with an answer.
        at: how far this page has read; empty where nothing new comes by itself.
        look: where what is new is found without JavaScript.
        guest_url: where an outsider answers under an open hashtag.
        elsewhere: the page on which new messages stand, when it is not this one.
    """

    thread: Thread
    opening: Row | None = None
    opening_title: str = ""
    opening_message: Message | None = None
    rows: list = field(default_factory=list)
    page: object = None
    form: object = None
    closed_words: str = ""
    can_follow: bool = False
    level: str = ""
    levels: list = field(default_factory=list)
    readers: str = ""
    heading: str = ""
    last: int = 0
    answering: str = ""
    can_react: bool = False
    opening_label: str = ""
    keep: str = ""
    ask: str = ""
    at: str = ""
    look: str = ""
    elsewhere: str = ""
    guest_url: str = ""


def thread_context(request, thread, *, form=None):
    """Everything ``conversations/_thread.html`` needs, as ``{"talk": Talk}``.

    Four queries at most, whatever the number of messages.

    Args:
        request: the request; the reader must have been let in to ``thread``.
        thread: the ``Thread``, its ``space`` entered by this reader.
        form: a bound ``ReplyForm`` that was refused.
    """
    user = request.user
    messages, page = _page_of(request, thread)
    is_post = thread.origin == Thread.Origin.EXCHANGE
    drawn = Drawing(user, thread, messages)
    talk = Talk(thread=thread, page=page)
    is_first_page = page is None or page.number == 1
    for number, message in enumerate(messages):
        if is_post and is_first_page and number == 0:
            talk.opening_title, talk.opening = drawn.opening(message)
            talk.opening_label = talk_label(message.talk)
            talk.opening_message = message
        else:
            talk.rows += rows_of(drawn, [message])
    talk.last = messages[-1].pk if messages else 0
    can_write = can_write_in_thread(user, thread)
    if page is not None and page.has_next():
        # An answer typed here would appear pages away: the form is on the last one.
        talk.last = 0
    if can_write:
        meant = _meant(request, thread, messages, form)
        talk.form = form or ReplyForm(
            thread=thread,
            user=user,
            after=talk.last,
            answers=meant.pk if meant else None,
            initial={"body": quote_of(meant)}
            if meant and "quote" in request.GET
            else {},
        )
        talk.answering = meant.author_label if meant else ""
        talk.can_react = drawn.reacts
    else:
        talk.closed_words = why_closed(user, thread)
        talk.guest_url = _guest_url(user, thread)
    talk.can_follow = can_follow_thread(user, thread)
    if talk.can_follow:
        level = _own_level(user, thread=thread.pk)
        talk.level = level[0] if level else Follow.Level.CONCERNED
        talk.levels = level_choices()
    mark_seen(request, notice_key(thread.pk))
    talk.readers = readers_words(thread)
    talk.keep = f"reply-{thread.pk}"
    talk.ask = _("Your answer") if is_post else _("Say something about this")
    talk.heading = heading_of(thread)
    if talk.guest_url or talk.can_follow or pass_for(user, thread):
        # The thread was read before its messages: what came since is in neither mark.
        talk.at = mark(THREAD, thread.pk, thread.changed)
        talk.look = f"{request.path}?talk={FURTHEST}#talk"
        if page is not None and page.has_next():
            talk.elsewhere = f"{request.path}?talk={FURTHEST}#reply"
    return {"talk": talk, "thread": thread}


_own_level = Prepared(
    lambda user, thread: Follow.objects.filter(
        thread=thread, person=user.pk
    ).values_list("level", flat=True)
)
_first_messages = Prepared(
    lambda user, thread: (
        Message.objects.filter(thread=thread)
        .drawn_for(user)
        .oldest_first()[: MESSAGES_PER_PAGE + 1]
    )
)


def _page_of(request, thread):
    """Messages of the page asked for, and the page where there are several."""
    wanted = request.GET.get("talk", "")
    if not wanted or wanted == "1":
        first = _first_messages(request.user, thread=thread.pk)
        if len(first) <= MESSAGES_PER_PAGE:
            return first, None
    messages = thread.messages.drawn_for(request.user).oldest_first()
    page = Paginator(messages, MESSAGES_PER_PAGE).get_page(wanted or 1)
    return list(page.object_list), page if page.has_other_pages() else None


def _meant(request, thread, messages, form):
    """The message that the form answers, or None: by its own word, or ``?answers=``."""
    if form is not None:
        number = str(form["answers"].value() or "")
    else:
        number = request.GET.get("answers", "")
    if not number.isdecimal() or len(number) > 18:
        return None
    for message in messages:
        if message.pk == int(number) and not message.hidden and not message.held:
            return message
    # It stands on another page of a long talk.
    shown = thread.messages.shown().select_related("author")
    return shown.filter(pk=number).first()


def new_rows(request, thread, after):
    """Rows of what was written since a reader's page was drawn, for HTMX.

    Args:
        request: the request.
        thread: the ``Thread``.
        after: id of the newest message on that page.
    """
    messages = list(
        thread.messages.drawn_for(request.user).oldest_first().filter(pk__gt=after)
    )
    drawn = drawing_of(request.user, thread, messages)
    return rows_of(drawn, messages)


def rows_of(drawn, messages):
    """The rows of these messages, without what a steward did not let through."""
    return [drawn.row(each) for each in messages if not was_declined(drawn, each)]


def was_declined(drawn, message):
    """Waited once and was not let through: for this reader it was never there."""
    is_out = message.held is not None and message.hidden is not None
    return is_out and not (drawn.tends or drawn.owns(message))


def _guest_url(user, thread):
    if thread.space.membership_of(user) is not None or pass_for(user, thread):
        return ""
    tag = open_tag_of(thread)
    return f"{guest_url_of(tag)}?to={thread.pk}" if tag is not None else ""


def drawing_of(user, thread, messages):
    """The ``Drawing`` of some messages that answer others which are not drawn."""
    drawn = Drawing(user, thread, messages)
    meant = {message.answers_id for message in messages} - {None, *drawn.names}
    if meant:
        answered = Message.objects.filter(pk__in=meant).select_related("author")
        drawn.names |= {message.pk: message.author_label for message in answered}
    return drawn


def heading_of(thread):
    """What stands above the answers."""
    if thread.origin != Thread.Origin.EXCHANGE:
        return _("Talk about this")
    answers = thread.message_count - 1
    if answers < 1:
        return _("No answers yet")
    return ngettext("%d answer", "%d answers", answers) % answers
