"""Open hashtags: opening one, and what outsiders say there."""

import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from conversations.actions.hiding import hide_message
from conversations.actions.messages import post_message, post_to_exchange
from conversations.models import GuestWord
from markup.tags import hashtags, tag_key
from notifications.actions import notify
from notifications.kinds import kind_of
from spaces.actions.recording import write_record
from spaces.models import Audience
from spaces.tokens import hash_of
from tags.models import LONGEST, Tag

# Letters to an address that anybody may type must not become a nuisance; and a
# machine that writes all day is no guest. A school shares one address: hence not less.
MOST_OF_ADDRESS, MOST_OF_SENDER, MOST_OF_TAG = 10, 40, 500
WITHIN = timedelta(hours=12)


@transaction.atomic
def open_tag(tag, *, by, holds_guests=True):
    """Let anybody read a hashtag's public posts and answer them. On the record.

    Args:
        tag: the ``Tag``, perhaps one that nobody has used and that is not saved; the
            caller has asked whether its space allows it.
        by: the facilitator.
        holds_guests: whether guests' words wait for a steward.

    Returns:
        the tag.
    """
    tag, _is_new = Tag.objects.get_or_create(
        space=tag.space,
        slug=tag.slug,
        defaults={"name": tag.slug, "display": tag.display[:LONGEST]},
    )
    tag.is_open, tag.holds_guests = True, holds_guests
    tag.save(update_fields=["is_open", "holds_guests"])
    write_record("tag_opened", by=by, space=tag.space, tag=tag.display)
    return tag


@transaction.atomic
def close_tag(tag, *, by):
    """Back to members only; what guests have said stays. On the record."""
    Tag.objects.filter(pk=tag.pk).update(is_open=False)
    tag.is_open = False
    write_record("tag_closed", by=by, space=tag.space, tag=tag.display)
    return tag


@transaction.atomic
def say_as_guest(
    tag, *, name, address, body, client_id, thread=None, sender="", language="", proved
):
    """Take an outsider's words; a letter asks whether they are theirs.

    Args:
        tag: the open ``Tag``.
        name, address, body: as typed.
        client_id: UUID of the form: sending it twice is saying it once.
        thread: the post that is answered, or None.
        sender: key of the machine, for the limits.
        language: of the letter.
        proved: whether this browser has pressed the link of a letter to this address
            before; then no letter is sent.

    Returns:
        the ``GuestWord``; its ``message`` stands already where ``proved``.

    Raises:
        ValidationError: too many words in a short time.
    """
    standing = GuestWord.objects.filter(client_id=client_id).first()
    if standing is not None:
        return standing
    _refuse_floods(tag, address, sender)
    try:
        with transaction.atomic():
            word = GuestWord.objects.create(
                tag=tag,
                thread=thread,
                name=name,
                address=address,
                body=body,
                client_id=client_id,
                sender=sender,
                language=language,
                nonce=secrets.token_urlsafe(32),
                # Not known before the row has its number; nothing hashes to this.
                token_hash=f"new-{secrets.token_hex(16)}",
            )
    except IntegrityError:
        # The other press of the same button was a moment quicker.
        return GuestWord.objects.get(client_id=client_id)
    word.token_hash = hash_of(word.token)
    word.save(update_fields=["token_hash"])
    if proved:
        word.message = confirm_guest_word(word)
    else:
        notify(kind_of("conversations.guest_word_written"), word, addresses=[address])
    return word


def _refuse_floods(tag, address, sender):
    lately = GuestWord.objects.filter(created__gt=timezone.now() - WITHIN)
    for found, most in (
        (lately.filter(address__iexact=address), MOST_OF_ADDRESS),
        (lately.filter(sender=sender) if sender else lately.none(), MOST_OF_SENDER),
        (lately.filter(tag=tag), MOST_OF_TAG),
    ):
        if found.count() >= most:
            raise ValidationError(
                _(
                    "So much has been written here in a short time that we take no "
                    "more just now. Keep your words, and send them in a few hours."
                ),
                code="too_many",
            )


@transaction.atomic
def confirm_guest_word(word):
    """Its writer has the address: the words become a message. Twice is once.

    Args:
        word: the ``GuestWord``; the caller has asked whether its hashtag is open still.

    Returns:
        the ``Message``; it waits for a steward where the hashtag says so.

    Raises:
        ValidationError: the words can be no message.
    """
    word = GuestWord.objects.select_for_update(of=["self"]).get(pk=word.pk)
    if word.message is not None:
        return word.message
    tag, said = (
        word.tag,
        {
            "by": None,
            "author_name": _guest_name(word),
            "body": word.body,
            "client_id": word.client_id,
            "held": word.tag.holds_guests,
        },
    )
    if word.thread is not None:
        message = post_message(word.thread, **said)
    else:
        if tag.slug not in {tag_key(each) for each in hashtags(word.body)}:
            said["body"] = f"{word.body}\n\n#{tag.display}"
        message = post_to_exchange(tag.space, audience=Audience.PUBLIC, **said)
    word.message = message
    word.save(update_fields=["message"])
    if message.held is not None:
        notify(kind_of("conversations.word_waits"), message)
    return message


def _guest_name(word):
    """The name with what its bearer is: nobody passes for a member by typing one."""
    with translation.override(word.tag.space.language):
        return _("%(name)s (guest)") % {"name": word.name}


def decline_message(message, *, by, reason):
    """Do not let a waiting message through; its guest is told, kindly. On the record.

    Args:
        message: the ``Message``.
        by: the steward.
        reason: in a few words, for the guest and the record; may be empty.

    Returns:
        the message.
    """
    return hide_message(message, by=by, reason=reason)


def word_of_token(token):
    """The words a letter's link belongs to.

    Args:
        token: as it came in the address.

    Returns:
        the ``GuestWord``, or None when there is none such.
    """
    return (
        GuestWord.objects.filter(token_hash=hash_of(token))
        .select_related("tag__space", "thread__space", "message__thread__space")
        .first()
    )
