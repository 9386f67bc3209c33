"""Link cards: what the first link of a message leads to, asked by a worker."""

from functools import partial

from django.conf import settings
from django.db import transaction

from conversations import tasks
from conversations.models import LinkCard
from conversations.wording import first_link


def hang_card(message, space):
    """Put the card of the first link on a message; the message is not saved here.

    Call it in the transaction that shows the message, so that no stranger's waiting
    words send the worker anywhere.

    Args:
        message: a drawn ``Message``.
        space: where it is read; cards are not shared between spaces.
    """
    url = first_link(message.body_html) if settings.ALLIANCE_LINK_CARDS else ""
    if not url or message.held:
        message.card = None
        return
    message.card, is_new = LinkCard.objects.get_or_create(space=space, url=url)
    if is_new:
        transaction.on_commit(partial(tasks.nudge, message.card.pk))


def drop_card(message):
    """Take the card off a message that is withdrawn."""
    card, message.card = message.card, None
    message.save(update_fields=["card"])
    forget_unused(card)


def forget_unused(card):
    """Delete a card that no message shows any more.

    Args:
        card: the ``LinkCard``, or None.
    """
    if card is not None:
        LinkCard.objects.filter(pk=card.pk, messages__isnull=True).delete()
