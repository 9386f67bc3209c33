"""A hashtag's page as a live stream, and as a room that is open to everybody."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.prepared import Prepared
from conversations.guests import guest_url_of
from conversations.models import Thread
from conversations.permissions import can_open_tag, can_speak_under_tag
from conversations.stream import TAG, mark, number_of
from conversations.views.stream import gone_posts
from discover import entries
from markup.tags import tag_key
from spaces.entry import enter, find_prepared, refuse
from tags.models import Tag

MOST_POSTS = 20

_tags = Prepared(
    lambda user, space, key: Tag.objects.visible_to(user).filter(space=space, slug=key)
)


def _under(user, tag):
    return (
        Thread.objects.visible_to(user)
        .exchange()
        .filter(tagged__tag=tag, message_count__gt=0)
    )


_changed_under = Prepared(
    lambda user, tag, after: (
        _under(user, tag).filter(changed__gt=after).order_by("changed")
    )[: MOST_POSTS + 1]
)
_used = Prepared(lambda user, tag: _under(user, tag)[:1])


def open_parts(request, space, label, *, is_used):
    """What a hashtag's page says of being open and live.

    Args:
        request: the request.
        space: from ``enter``.
        label: the ``Tag``, read before its posts; None where nobody has used the word.
        is_used: whether anything stands under it that this reader may see; a word
            that only others' items carry says nothing of itself.

    Returns:
        dict for the template: open_tag, guest_url, can_open, at.
    """
    parts = {"open_tag": None, "guest_url": "", "at": ""}
    parts["can_open"] = can_open_tag(request.user, space)
    if label is None or not (is_used or label.is_open):
        return parts
    label.space = space
    if label.is_open and space.is_open:
        parts["open_tag"] = label
        if can_speak_under_tag(request.user, label):
            parts["guest_url"] = guest_url_of(label)
    is_member = space.membership_of(request.user) is not None
    if (is_member or parts["open_tag"]) and "page" not in request.GET:
        parts["at"] = mark(TAG, label.pk, label.changed)
    return parts


def invite_guests(posts, guest_url):
    """Each post says where a guest answers it."""
    for entry in posts:
        entry.step = _("Answer")
        entry.step_url = f"{guest_url}?to={entry.key[1:]}"


@login_not_required
@require_safe
def tag_live(request, space, tag):
    """Posts under a hashtag that came or changed since the page's mark."""
    space = enter(request, space)
    key = tag_key(tag.replace("\x00", ""))
    label = find_prepared(request, _tags, space=space.pk, key=key)
    label.space = space
    after = number_of(request.GET.get("at", ""), TAG, label.pk)
    threads = _changed_under(request.user, tag=label.pk, after=after)
    if not (threads or label.is_open or _used(request.user, tag=label.pk)):
        # Only others' items carry it: as good as a word that nobody has used.
        refuse(request)
    upto, is_more = label.changed, len(threads) > MOST_POSTS
    if is_more:
        threads.pop()
        upto = threads[-1].changed
    threads.sort(key=lambda thread: thread.last_activity, reverse=True)
    by_id = {space.pk: space}
    posts = list(entries.post_entries(request.user, threads, by_id, timezone.now()))
    if label.is_open and can_speak_under_tag(request.user, label):
        invite_guests(posts, guest_url_of(label))
    context = {
        "at": mark(TAG, label.pk, upto),
        "more": is_more,
        "gone": gone_posts(request),
        "posts": posts,
    }
    response = render(request, "discover/tag_live.html", context)
    response["Cache-Control"] = "no-store"
    return response
