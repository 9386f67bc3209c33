"""Nods: a word of thanks or "same here" without a message of its own."""

from django.db import transaction

from conversations.models import Message, Reaction
from conversations.stream import stir
from notifications.actions import notify
from notifications.kinds import kind_of


@transaction.atomic
def react(message, *, by, kind):
    """Nod to a message; doing it twice changes nothing.

    Args:
        message: the ``Message``; the caller has asked whether ``by`` may.
        by: who nods.
        kind: one of ``Reaction.Kind``.

    Returns:
        the ``Reaction``.
    """
    # Locked, so that two who nod at the same moment tell the author once.
    Message.objects.select_for_update().get(pk=message.pk)
    reaction, is_new = Reaction.objects.get_or_create(
        message=message, person=by, kind=kind
    )
    if is_new:
        notify(kind_of("conversations.message_reacted"), message)
        stir(message.thread, message)
    return reaction


@transaction.atomic
def take_reaction_back(message, *, by, kind):
    """Take a nod back; nobody is told.

    Args:
        message, by, kind: as for ``react``.

    Returns:
        the message.
    """
    message.reactions.filter(person=by, kind=kind).delete()
    stir(message.thread, message)
    return message


@transaction.atomic
def toggle_reaction(message, *, by, kind):
    """Nod, or take the nod back: what one button does.

    Args:
        message, by, kind: as for ``react``.

    Returns:
        whether the nod stands now.
    """
    if message.reactions.filter(person=by, kind=kind).exists():
        take_reaction_back(message, by=by, kind=kind)
        return False
    react(message, by=by, kind=kind)
    return True
