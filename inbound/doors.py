"""From an address to who may write there and what it is about.

* ``reply+<token>@``: an answer to one letter of ours; the token is the letter's.
  ``reply+<token>-3@``: to item 3 of it, where the letter has numbered items.
* ``post+<token>@`` and ``story+<token>@``: a member's own addresses of one space.
* An answer to our answer ("this is what your mail did") goes where the first mail went.
"""

import re
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings

from inbound.models import ReceivedLetter
from notifications.letters import language_of
from notifications.models import Delivery
from spaces.models import Membership, Space

Way = ReceivedLetter.Way
OWN_KINDS = "inbound.letter_"
MOST_STEPS = 20

_ADDRESS = re.compile(
    r"^(reply|post|story)\+([0-9a-f]{16,40})(?:-(\d{1,3}))?@(.+)$", re.IGNORECASE
)
_SPACE_KEY = re.compile(r"^space-(\d{1,18})$")


@dataclass
class Door:
    """Where a letter goes in.

    Attributes:
        way: one of ``ReceivedLetter.Way``.
        delivery: the letter of ours that is answered; or
        membership: whose own address it is.
        space: where it leads; None for what belongs to no space.
        earlier: an answer to our answer is about this letter.
        part: the number of the item that is answered; None for all of it.
    """

    way: str
    delivery: Delivery | None = None
    membership: Membership | None = None
    space: Space | None = None
    earlier: ReceivedLetter | None = None
    part: int | None = None

    @property
    def person(self):
        """Who may write here; None for a bare address."""
        if self.membership is not None:
            return self.membership.person
        return self.delivery.recipient

    @property
    def language(self):
        """What this person reads."""
        if self.membership is not None:
            return self.membership.person.language
        return language_of(self.delivery)

    def is_for(self, sender):
        """Whether a letter from this address can be this person's own.

        Args:
            sender: the address in its From, lower case.
        """
        person = self.person
        own = self.delivery.to if self.delivery is not None else person.email
        if (own or "").lower() == sender:
            return True
        if person is None:
            return False
        return EmailAddress.objects.filter(
            user=person.pk, email__iexact=sender, verified=True
        ).exists()


def token_in(address):
    """(way, token, part) of one of our addresses, or ("", "", None)."""
    found = _ADDRESS.match(address.strip().strip("<>"))
    if not found or found[4].lower() != settings.ALLIANCE_MAIL_DOMAIN.lower():
        return "", "", None
    return found[1].lower(), found[2].lower(), int(found[3]) if found[3] else None


def door_of(address):
    """Find the door.

    Args:
        address: where a letter came to (RCPT TO).

    Returns:
        A ``Door``, or None where there is none.
    """
    way, token, part = token_in(address)
    if not token:
        return None
    if way != Way.REPLY:
        return _own_door(way, mail_token=token)
    delivery = (
        Delivery.objects.filter(reply_token=token).select_related("recipient").first()
    )
    earlier = None
    for _step in range(MOST_STEPS):
        if delivery is None or not delivery.kind.startswith(OWN_KINDS):
            break
        # Our own "this is what it did": what is written to it is meant for what the
        # first mail was meant for.
        row = (
            ReceivedLetter.objects.filter(pk=delivery.target)
            .select_related("delivery__recipient")
            .first()
        )
        if row is None:
            return None
        earlier = earlier or row
        if row.membership_id:
            return _own_door(row.way, pk=row.membership_id, earlier=earlier)
        delivery = row.delivery
    if delivery is None:
        return None
    return reply_door(delivery, earlier=earlier, part=part)


def reply_door(delivery, *, earlier=None, part=None):
    """The door behind a letter of ours.

    Args:
        delivery: its row.
        earlier, part: as on ``Door``.
    """
    found = _SPACE_KEY.match(delivery.scope)
    space = Space.objects.filter(pk=found[1]).first() if found else None
    return Door(Way.REPLY, delivery=delivery, space=space, earlier=earlier, part=part)


def door_of_row(row):
    """The door that a kept letter came by; None where there was none."""
    if row.delivery is not None:
        return reply_door(row.delivery, part=row.part)
    if row.membership_id is None:
        return None
    return _own_door(row.way, pk=row.membership_id)


def _own_door(way, *, earlier=None, **lookup):
    membership = (
        Membership.objects.filter(**lookup)
        .select_related("person", "space", "group")
        .first()
    )
    if membership is None or not membership.person.has_account:
        return None
    return Door(way, membership=membership, space=membership.space, earlier=earlier)
