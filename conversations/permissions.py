"""Who may do what in a conversation; ``visible_to`` decides who sees it."""

from conversations.models import Thread
from spaces.models import Audience
from spaces.permissions import (
    can_facilitate_space,
    can_tend_space,
    can_write_in_space,
)


def can_post_to_exchange(user, space):
    """Members, while the space has the tool and is not archived."""
    return space.has_tool("exchange") and can_write_in_space(user, space)


def can_see_announcements(user, space):
    """Facilitators: the page says by name who cannot be reached."""
    return can_facilitate_space(user, space)


def can_announce(user, space):
    """Facilitators, where one can post to the exchange: people answer there."""
    return can_facilitate_space(user, space) and can_post_to_exchange(user, space)


def can_be_answered(thread):
    """Whether anybody at all may still write there, whatever door they come by."""
    return thread.closed is None and thread.hidden is None and thread.space.is_writable


def can_write_in_thread(user, thread):
    """Members who see it, and guests whose pass lets them; not where it is closed."""
    if not can_be_answered(thread):
        return False
    if writes_by_pass(user, thread):
        return True
    membership = thread.space.membership_of(user)
    if membership is None:
        return False
    return (
        thread.audience != Audience.GROUP
        or membership.group_id == thread.audience_group_id
    )


def pass_for(user, thread):
    """The guest pass this visitor holds for the thread, or None."""
    guest_pass = getattr(user, "guest_passes", {}).get(thread.pk)
    return guest_pass if guest_pass is not None and guest_pass.is_usable else None


def writes_by_pass(user, thread):
    """Whether it is a pass, not a membership, that lets this visitor write."""
    guest_pass = pass_for(user, thread)
    if guest_pass is None or not guest_pass.may_write:
        return False
    return thread.space.membership_of(user) is None


def can_edit_message(user, message):
    """Its author, or the linker who typed it; not what is hidden."""
    return (
        user.is_authenticated
        and user.pk in (message.author_id, message.entered_by_id)
        and message.hidden is None
        and can_write_in_space(user, message.thread.space)
    )


def can_withdraw_message(user, message):
    """One's own words can always be taken back, also where nothing new is written."""
    return (
        user.is_authenticated
        and user.pk in (message.author_id, message.entered_by_id)
        and not message.is_withdrawn
    )


def can_react_in_thread(user, thread):
    """Members who may write there; a guest's pass is for words."""
    return (
        user.is_authenticated
        and thread.space.membership_of(user) is not None
        and can_write_in_thread(user, thread)
    )


def can_react_to_message(user, message):
    """About what others wrote and everybody there can read."""
    return (
        can_react_in_thread(user, message.thread)
        and user.pk != message.author_id
        and message.hidden is None
        and message.held is None
    )


def can_read_wordings(user, message):
    """Who reads a message reads how it came to say so; what is out of sight is for
    those who tend the space and for its author."""
    if message.is_withdrawn:
        return False
    if message.hidden is None and message.held is None:
        return True
    return can_tend_space(user, message.thread.space) or (
        user.is_authenticated and user.pk in (message.author_id, message.entered_by_id)
    )


def can_hide_message(user, message):
    """Those who tend the space."""
    return message.hidden is None and can_tend_space(user, message.thread.space)


def can_restore_message(user, message):
    """Those who tend the space; what its author withdrew is gone."""
    return (
        message.hidden is not None
        and not message.is_withdrawn
        and can_tend_space(user, message.thread.space)
    )


def can_release_message(user, message):
    """Those who tend the space let a waiting message through; one that was declined
    is restored first."""
    return (
        message.held is not None
        and message.hidden is None
        and can_tend_space(user, message.thread.space)
    )


def can_follow_thread(user, thread):
    """Members: a visitor has no inbox here."""
    return thread.space.membership_of(user) is not None


def can_give_guest_pass(user, thread):
    """Those who tend the space, for a thread that people can still write in."""
    return can_tend_space(user, thread.space) and can_be_answered(thread)


def can_revoke_guest_pass(user, guest_pass):
    """Those who tend the space; at any time, archived or not."""
    return can_tend_space(user, guest_pass.thread.space)


def can_change_thread_audience(user, thread, *, opening=None):
    """A post's author; only of the exchange (talk under a page follows the page).

    ``opening`` is the post itself, where the page has it at hand.
    """
    if thread.origin != Thread.Origin.EXCHANGE or not thread.space.is_writable:
        return False
    opening = opening or thread.messages.oldest_first().first()
    return (
        opening is not None
        and user.is_authenticated
        and user.pk in (opening.author_id, opening.entered_by_id)
        and thread.space.membership_of(user) is not None
    )


def can_open_tag(user, space):
    """Facilitators, where anybody may read the space anyway: never wider than it."""
    return (
        can_facilitate_space(user, space)
        and space.is_open
        and space.is_writable
        and space.has_tool("exchange")
    )


def can_close_tag(user, space):
    """Facilitators, at any time."""
    return can_facilitate_space(user, space)


def can_speak_under_tag(user, tag):
    """Outsiders, while the hashtag and its space are open; members have their own form.

    ``tag.space`` was entered by this reader.
    """
    return _takes_guests(tag) and tag.space.membership_of(user) is None


def can_confirm_guest_word(word):
    """Whoever has its letter, while what they spoke under is still open to guests:
    days lie between the form and the press of the link."""
    if not _takes_guests(word.tag):
        return False
    thread = word.thread
    return thread is None or (
        can_be_answered(thread) and thread.audience == Audience.PUBLIC
    )


def _takes_guests(tag):
    space = tag.space
    return (
        tag.is_open
        and space.is_open
        and space.is_writable
        and space.has_tool("exchange")
    )


def can_decide_held(user, space):
    """Those who tend the space let waiting words through, or not."""
    return can_tend_space(user, space)
