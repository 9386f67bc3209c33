"""The list of the exchange: one card per thread, drawn from its first message."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.prepared import Prepared
from conversations.models import Message, TaggedThread
from conversations.rows import talk_label
from conversations.wording import cut_headline
from files.drawing import photo as draw_photo
from markup.rendering import excerpt
from spaces.models import Audience
from spaces.permissions import can_tend_space
from ui import drawing
from ui.sprite import icon
from ui.times import when

# A post up to this long is read where it stands; a longer one is opened.
READ_IN_PLACE = 700
PATIENCE_DAYS = 2


@dataclass
class Card:
    """One thread of the list; ``body_html`` is markup's own."""

    pk: int
    head: str
    body_html: str
    excerpt: str
    foot: str


_openings = Prepared(lambda user, pks: Message.objects.filter(pk__in=pks).with_people())
_tagged = Prepared(
    lambda user, threads: TaggedThread.objects.filter(
        content_object__in=threads
    ).select_related("tag")
)


def draw_cards(threads, user, *, now=None):
    """Draw a page of threads; two queries whatever their number.

    Args:
        threads: threads of one space with ``opening_id`` (``with_opening``).
        user: the reader.
        now: the clock.

    Returns:
        list of ``Card``.
    """
    now = now or timezone.now()
    threads = list(threads)
    openings = {
        message.thread_id: message
        for message in _openings(
            user, pks=[thread.opening_id for thread in threads if thread.opening_id]
        )
    }
    tags = {}
    for tagged in _tagged(user, threads=[thread.pk for thread in threads]):
        tags.setdefault(tagged.content_object_id, []).append(tagged.tag)
    spare = getattr(user, "low_bandwidth", False)
    tends = bool(threads) and can_tend_space(user, threads[0].space)
    return [
        _card(thread, openings[thread.pk], tags.get(thread.pk, ()), now, spare, tends)
        for thread in threads
        if thread.pk in openings
    ]


def _card(thread, message, tags, now, spare, tends):
    address = thread.get_absolute_url()
    headline, rest = cut_headline(message.body_html)
    if message.is_withdrawn:
        headline, rest = _("Withdrawn by its author"), ""
    is_long = len(message.body) > READ_IN_PLACE
    return Card(
        pk=thread.pk,
        head=format_html(
            '{}{}<h2 class="card-title{}"><a href="{}">{}</a></h2>{}',
            _eyebrow(thread, message, now),
            format_html("{}{}", _first_post(thread) if tends else "", _reason(thread)),
            "" if headline else " hidden-visually",
            address,
            thread.title or headline,
            drawing.byline(
                message.author,
                message.author_name or _("former member"),
                message.author_group,
                when=message.created,
                came_by=message.came_by,
                entered_by=message.entered_by,
                extra=_("edited") if message.edited else "",
            ),
        ),
        body_html="" if is_long else rest,
        excerpt=_beginning(message.body, headline) if is_long else "",
        foot=_foot(
            thread,
            message,
            _tags(thread, tags, drawn="" if is_long else rest),
            address,
            is_long,
            spare,
        ),
    )


def _eyebrow(thread, message, now):
    after = ""
    days = (now - thread.created).days
    if thread.is_unanswered and days >= PATIENCE_DAYS:
        after = ngettext(
            "%d day without an answer", "%d days without an answer", days
        ) % (days,)
    return talk_label(message.talk, after)


def _first_post(thread):
    """For those who tend the space: somebody here is new and nobody has answered."""
    if not (thread.is_first_post and thread.answered is None):
        return ""
    return format_html(
        '<p class="message-state">{}{}</p>',
        icon("hands"),
        _("A newcomer’s first post: nobody has answered yet"),
    )


def _reason(thread):
    if thread.audience != Audience.GROUP:
        return ""
    return format_html(
        '<p class="message-audience">{}{}{}</p>',
        icon("lock"),
        _("Only for"),
        drawing.group(thread.audience_group),
    )


def _beginning(body, headline):
    """The first words after the headline."""
    first, _newline, after = body.partition("\n")
    return excerpt(after if headline and after.strip() else first + "\n" + after)


def _foot(thread, message, tags, address, is_long, spare):
    answers = thread.message_count - 1
    photo = ""
    if message.photo is not None:
        photo = format_html(
            '<p class="message-photo">{}</p>',
            draw_photo(message.photo, space=thread.space, spare=spare),
        )
    if thread.is_unanswered:
        step = format_html(
            '<a class="button button-primary button-small" href="{}#reply">{}</a>',
            address,
            _("Answer"),
        )
    elif answers < 1:
        step = format_html('<a href="{}#reply">{}</a>', address, _("Answer"))
    else:
        step = format_html(
            '<a href="{}">{}{}</a><span class="soft">{}</span>',
            address,
            icon("talk"),
            ngettext("%d answer", "%d answers", answers) % answers,
            format_html(_("last {}"), when(thread.last_activity)),
        )
    more = format_html('<a href="{}">{}</a>', address, _("Read on")) if is_long else ""
    return format_html('{}<p class="post-foot">{}{}{}</p>', photo, more, step, tags)


def _tags(thread, tags, *, drawn):
    """Links to the hashtags that do not stand in the text above anyway."""
    for tag in tags:
        tag.space = thread.space
    tags = [tag for tag in tags if f'"{tag.get_absolute_url()}"' not in drawn]
    return format_html_join(
        "",
        '<a class="tag" href="{}">#{}</a>',
        ((tag.get_absolute_url(), tag.display) for tag in tags),
    )
