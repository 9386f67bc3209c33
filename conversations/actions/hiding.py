"""Out of sight and back: hiding, restoring, letting through, withdrawing."""

from django.db import transaction
from django.utils import timezone

from conversations.actions.carding import drop_card, hang_card
from conversations.actions.counting import (
    count_again,
    is_opening,
    lock_around,
    save_counters,
    tell,
    tell_guest,
    uncount,
)
from conversations.models import Thread
from conversations.stream import stir
from conversations.wording import draw_message
from files.actions import follow_audience
from files.removing import remove
from spaces.actions.recording import write_record


@transaction.atomic
def hide_message(message, *, by, reason):
    """Take a message out of everybody's sight; it can be restored. On the record.

    Args:
        message: the ``Message``.
        by: the steward.
        reason: why; its author and the stewards read it.
    """
    thread = message.thread
    locked = lock_around(message)
    if message.hidden is None:
        was_shown = message.held is None
        message.hidden, message.hidden_by = timezone.now(), by
        message.hidden_reason = reason
        message.save(update_fields=["hidden", "hidden_by", "hidden_reason"])
        _cover_photo(message, locked, cover=True)
        uncount(message, locked, thread, was_shown=was_shown)
        if not was_shown:
            tell_guest(message, "conversations.guest_word_declined")
        write_record(
            "message_hidden",
            by=by,
            space=thread.space,
            about=message.author,
            reason=reason,
            message=message.pk,
            thread=thread.pk,
        )
        stir(thread, message)
    return message


@transaction.atomic
def restore_message(message, *, by):
    """Bring a hidden message back. On the record."""
    thread = message.thread
    locked = lock_around(message)
    if message.hidden is not None and not message.is_withdrawn:
        message.hidden = message.hidden_by = None
        message.hidden_reason = ""
        message.shown_since = timezone.now()
        message.save(
            update_fields=["hidden", "hidden_by", "hidden_reason", "shown_since"]
        )
        _cover_photo(message, locked, cover=message.held is not None)
        count_again(message, locked, thread)
        write_record(
            "message_restored",
            by=by,
            space=thread.space,
            about=message.author,
            message=message.pk,
            thread=thread.pk,
        )
        stir(thread, message)
    return message


@transaction.atomic
def release_message(message, *, by):
    """Let a message through that waited for a steward, and tell people of it now."""
    thread = message.thread
    locked = lock_around(message)
    if message.held is not None and message.hidden is None:
        message.held = None
        message.shown_since = timezone.now()
        hang_card(message, thread.space)
        message.save(update_fields=["held", "shown_since", "card"])
        _cover_photo(message, locked, cover=False)
        count_again(message, locked, thread)
        locked.last_activity = timezone.now()
        save_counters(locked, thread)
        write_record(
            "message_released",
            by=by,
            space=thread.space,
            about=message.author,
            message=message.pk,
            thread=thread.pk,
        )
        message.rendered, message.named = draw_message(
            message.body, thread.space, by_guest=message.author_id is None
        )
        tell(message, opening=is_opening(message, locked))
        tell_guest(message, "conversations.guest_word_released")
        stir(thread, message)
    return message


@transaction.atomic
def withdraw_message(message, *, by):
    """Take one's own words back for good: text and photo go.

    A post that nobody has answered goes altogether; otherwise its place stays, so that
    the answers can still be followed.

    Returns:
        the message, or None where its whole thread has gone.
    """
    thread = message.thread
    try:
        locked = lock_around(message)
    except Thread.DoesNotExist:
        return None  # the other press of the same button was quicker
    if message.is_withdrawn:
        return message
    if message.photo is not None:
        remove(message.photo, by=by)
        message.photo = None
    is_first = is_opening(message, locked)
    alone = not locked.messages.exclude(pk=message.pk).exists()
    if is_first and alone and locked.origin == Thread.Origin.EXCHANGE:
        thread.delete()
        return None
    was_shown = message.hidden is None and message.held is None
    message.body = message.body_html = message.trimmed = ""
    message.hidden, message.hidden_by = timezone.now(), by
    message.hidden_reason = ""
    message.held = None
    message.save()
    message.wordings.all().delete()
    message.reactions.all().delete()
    drop_card(message)
    if is_first and locked.origin == Thread.Origin.EXCHANGE:
        locked.title = ""
    uncount(message, locked, thread, was_shown=was_shown, hides_thread=False)
    stir(thread, message)
    return message


def _cover_photo(message, locked, *, cover):
    """A photo is out of sight with its message, also by its own address."""
    if message.photo_id is not None:
        follow_audience([message.photo_id], to=locked, is_draft=cover)
