"""Posting, editing, hiding: every door ends here.

A thread's row is locked first, so its counters, its tags and its messages can never
tell different stories, however many people write at the same moment.
"""

import uuid

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conversations.actions.carding import forget_unused, hang_card
from conversations.actions.counting import (
    first_answer,
    is_newcomer,
    is_opening,
    lock,
    lock_around,
    recount_tags,
    save_counters,
    tell,
)
from conversations.actions.threads import TITLE_LENGTH, start_following
from conversations.models import Message, Thread, Wording
from conversations.stream import stir
from conversations.wording import draw_message, title_of
from files.actions import attach
from markup.rendering import TextTooLong
from markup.tags import hashtags
from notifications.actions import notify
from notifications.kinds import kind_of
from spaces.models import Audience


def post_message(
    thread,
    *,
    by,
    body,
    talk="",
    photo=None,
    answers=None,
    client_id=None,
    author=None,
    author_name="",
    came_by="web",
    held=False,
    trimmed="",
):
    """Add one message to a thread. The same ``client_id`` twice makes one message.

    Args:
        thread: the ``Thread``; the caller has asked whether this person may write.
        by: who types it; None for a guest.
        body: the words, as typed.
        talk: one of ``Message.Talk``, or "".
        photo: a draft ``File`` of the writer, from ``files.actions.upload``.
        answers: the message this one answers.
        client_id: UUID made by the browser or from a Message-ID.
        author: whose words they are, where a linker types for somebody.
        author_name: a guest's name.
        came_by: one of ``Authored.CameBy``.
        held: a steward must look first.
        trimmed: what was cut from a mail, kept behind a fold.

    Returns:
        the ``Message`` (the one that stands already, on a second try).

    Raises:
        ValidationError: no words, or too many.
    """
    message = _compose(
        thread.space,
        by=by,
        author=author,
        author_name=author_name,
        body=body,
        talk=talk,
        client_id=client_id,
        came_by=came_by,
        held=held,
        trimmed=trimmed,
    )
    try:
        with transaction.atomic():
            standing = _standing(message)
            if standing is not None:
                return standing
            return _add(thread, message, photo=photo, answers=answers)
    except IntegrityError:
        # The other press of the same button was a moment quicker.
        standing = _standing(message)
        if standing is None:
            raise
        return standing


def post_to_exchange(
    space,
    *,
    by,
    body,
    talk="",
    photo=None,
    client_id=None,
    author=None,
    author_name="",
    came_by="web",
    audience=Audience.MEMBERS,
    audience_group=None,
    tags=(),
    held=False,
    trimmed="",
    telling=tell,
):
    """Open a thread of the exchange with its first message, once per ``client_id``.

    Args:
        space: where.
        tags: hashtags beside those in the text.
        audience, audience_group: who may see it.
        telling: called with the message; tells followers and the named unless given.
        by, body, talk, photo, client_id, author, author_name, came_by, held, trimmed:
            as for ``post_message``.

    Returns:
        the first ``Message``; its thread is ``message.thread``.

    Raises:
        ValidationError: no words, or too many.
    """
    message = _compose(
        space,
        by=by,
        author=author,
        author_name=author_name,
        body=body,
        talk=talk,
        client_id=client_id,
        came_by=came_by,
        held=held,
        trimmed=trimmed,
    )
    try:
        with transaction.atomic():
            standing = _standing(message)
            if standing is not None:
                return standing
            thread = Thread.objects.create(
                space=space, audience=audience, audience_group=audience_group
            )
            return _add(thread, message, photo=photo, tags=tags, telling=telling)
    except IntegrityError:
        standing = _standing(message)
        if standing is None:
            raise
        return standing


def _compose(space, *, by, author, author_name, body, client_id, held, **fields):
    """A message that is not saved yet, drawn; refuses what cannot be one."""
    body = (body or "").strip()
    if not body:
        raise ValidationError(_("Write a few words first."))
    try:
        rendered, named = draw_message(
            body, space, by_guest=by is None and author is None
        )
    except TextTooLong as error:
        raise ValidationError(str(error)) from error
    author = author or by
    message = Message(
        body=body,
        body_html=rendered.html,
        author=author,
        author_name="" if author else author_name[:120],
        author_group=_group_of(author, space),
        entered_by=by if by is not None and by != author else None,
        client_id=client_id or uuid.uuid4(),
        held=timezone.now() if held else None,
        **fields,
    )
    # Carried to the end of the same call; never stored.
    message.rendered, message.named = rendered, named
    return message


def _group_of(person, space):
    membership = space.membership_of(person) if person is not None else None
    return membership.group if membership else None


def _standing(message):
    """The message this one repeats. The same id with other words, or of somebody
    else, becomes a new one, so that nothing anybody typed is swallowed."""
    standing = (
        Message.objects.filter(client_id=message.client_id)
        .select_related("thread__space")
        .first()
    )
    if standing is None:
        return None
    if (
        (standing.body == message.body or standing.edited or standing.is_withdrawn)
        and standing.author_id == message.author_id
        and standing.entered_by_id == message.entered_by_id
        and standing.author_name == message.author_name
    ):
        return standing
    message.client_id = uuid.uuid4()
    return None


def _add(thread, message, *, photo=None, answers=None, tags=(), telling=tell):
    """Save the message in its thread, count it, tell people. In a transaction."""
    locked = lock(thread)
    is_first = not locked.messages.exists()
    if answers is not None and answers.thread_id != thread.pk:
        answers = None
    message.thread = thread
    message.answers = answers
    # A waiting message's photo stays a draft, which only its uploader sees.
    message.photo = photo if message.held else attach(photo, to=locked)
    hang_card(message, thread.space)
    message.created = timezone.now()
    message.save(force_insert=True)
    if is_first:
        locked.opening_talk = message.talk
        if locked.origin == Thread.Origin.EXCHANGE:
            locked.title = title_of(message.rendered)[:TITLE_LENGTH]
            locked.hidden = message.held
            locked.is_first_post = is_newcomer(message.author, thread)
    if message.held is None:
        locked.message_count += 1
        locked.last_activity = message.created
        if not is_first and locked.answered is None:
            locked.answered = first_answer(locked)
        thread.tags.add_words([*message.rendered.tags, *tags])
    save_counters(locked, thread)
    start_following(thread, [message.author, message.entered_by])
    if message.held is None:
        telling(message, opening=is_first)
    stir(thread, message)
    return message


@transaction.atomic
def edit_message(message, *, by, body, talk=None):
    """Change one's own words; what stood before can be read behind "edited".

    Args:
        message: the ``Message``; the caller has asked whether ``by`` may.
        by: who edits.
        body: the new words.
        talk: the new kind of talk, or None to leave it.

    Returns:
        the message.

    Raises:
        ValidationError: no words, or too many; or it is out of sight by now.
    """
    thread = message.thread
    talk = message.talk if talk is None else talk
    fresh = _compose(
        thread.space,
        by=by,
        author=message.author,
        author_name=message.author_name,
        body=body,
        talk=talk,
        client_id=message.client_id,
        held=False,
        came_by=message.came_by,
    )
    if fresh.body == message.body and talk == message.talk:
        return message
    locked = lock_around(message)
    if message.hidden is not None:
        raise ValidationError(
            _("This message has been taken out of sight meanwhile; nothing is changed.")
        )
    gone = set(hashtags(message.body)) - set(fresh.rendered.tags)
    newly_named = _newly_named(message, fresh)
    _keep_wording(message)
    message.body, message.body_html = fresh.body, fresh.body_html
    message.talk, message.edited, message.edited_by = talk, timezone.now(), by
    card = message.card
    hang_card(message, thread.space)
    message.save(
        update_fields=["body", "body_html", "talk", "edited", "edited_by", "card"]
    )
    forget_unused(card)
    if is_opening(message, locked):
        locked.opening_talk = talk
        if locked.origin == Thread.Origin.EXCHANGE:
            locked.title = title_of(fresh.rendered)[:TITLE_LENGTH]
    save_counters(locked, thread)
    if gone:
        recount_tags(thread)
    else:
        thread.tags.add_words(fresh.rendered.tags)
    if newly_named and message.held is None:
        notify(
            kind_of("conversations.person_mentioned"),
            message,
            about={"named": newly_named, "opening": False},
        )
    stir(thread, message)
    return message


def _keep_wording(message):
    """Keep the words as they stand, before others take their place."""
    Wording.objects.create(
        message=message,
        body=message.body,
        talk=message.talk,
        written=message.edited or message.created,
        writer=message.edited_by or message.entered_by or message.author,
    )


def _newly_named(message, fresh):
    """Ids of the people whom only the new words name."""
    if not fresh.named:
        return []
    _rendered, before = draw_message(message.body, message.thread.space)
    known = {person.pk for person in before}
    return [person.pk for person in fresh.named if person.pk not in known]
