"""Tomorrow's digest today: what a made-up member would get, and who gets one when.

Nobody's own digest is shown: what somebody has muted, written or been told by name is
their business. And the made-up member sees no more than the person who looks.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.models import Reachability, User
from digests.actions import KIND
from digests.collect import collect
from digests.corner import Acquaintance
from digests.drawing import Drawer
from digests.personalise import Personal, personalise
from digests.schedule import next_for, scheduled_for
from notifications.kinds import kind_of
from notifications.letters import Drawn
from notifications.models import Delivery
from spaces.models import Membership, Space

UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Preview:
    """A digest as it would leave now.

    Attributes:
        drawn: its words; None when there is nothing to tell.
        since, until: its window.
        due: when the next one leaves.
        unseen: how many items are for that group alone, and so not shown here.
    """

    drawn: Drawn | None
    since: datetime
    until: datetime
    due: datetime
    unseen: int

    @property
    def html_size(self):
        """Bytes of the part with formatting."""
        return len(self.drawn.html.encode())

    @property
    def text_size(self):
        """Bytes of the plain part."""
        return len(self.drawn.text.encode())

    @property
    def size(self):
        """Bytes of both; headers and envelope come to one or two thousand more."""
        return self.html_size + self.text_size


def preview(space, *, by, group, often, looks, language, now):
    """Draw the next digest of a made-up member.

    Args:
        space: the ``Space``.
        by: the membership of the person who looks; they see no more than ever.
        group: a ``StakeholderGroup``, or None.
        often: one of ``Space.Frequency``, not off.
        looks: one of ``Membership.MailFormat``.
        language: a language code.
        now: the clock.

    Returns:
        ``Preview``.
    """
    person = User(
        name=_("A member"), language=language, time_zone=space.time_zone, pk=0
    )
    made_up = Membership(
        space=space,
        person=person,
        group=group,
        status=Membership.Status.ACTIVE,
        digest=often,
        mail_format=looks,
        joined=now - timedelta(days=365),
    )
    clock = (often, made_up.digest_day, made_up.digest_hour, person.zone, now)
    made_up.since_last_delivered = scheduled_for(*clock)
    collected = collect([(made_up, now)])
    items = collected.items.get(space.pk, [])
    seen = [item for item in items if item.is_for(by.group_id)]
    unseen = [
        item
        for item in items
        if item.is_for(made_up.group_id)
        and not item.is_for(by.group_id)
        and any(event.when > made_up.since_last_delivered for event in item.events)
    ]
    collected.items[space.pk] = seen
    collected.beyond[space.pk] = [
        rest for rest in collected.beyond.get(space.pk, []) if rest.is_for(by.group_id)
    ]
    selection = personalise(made_up, now, collected, Personal(), Acquaintance())
    drawn = None
    if selection is not None:
        kind = kind_of(KIND)
        delivery = Delivery(kind=KIND, recipient=person, reply_token="0" * 32)
        drawn, _selection = Drawer(kind).sample(made_up, delivery, selection)
    return Preview(
        drawn,
        made_up.since_last_delivered,
        now,
        next_for(*clock),
        len(unseen),
    )


def readers(space):
    """The members of a space with ``gets``: how often, or that nothing reaches them.

    Args:
        space: the ``Space``.

    Returns:
        ``Membership`` queryset, by name, people and groups loaded.
    """
    stopped = Reachability.objects.stopped().filter(
        address=Lower(OuterRef("person__email"))
    )
    return (
        Membership.objects.active()
        .filter(space=space)
        .annotate(is_stopped=Exists(stopped))
        .annotate(
            gets=Case(
                When(
                    Q(person__email__isnull=True) | Q(person__is_active=False),
                    then=Value(UNREACHABLE),
                ),
                When(digest=Space.Frequency.OFF, then=Value(Space.Frequency.OFF)),
                When(is_stopped=True, then=Value(UNREACHABLE)),
                default=F("digest"),
                output_field=CharField(),
            )
        )
        .with_person()
        .by_name()
    )


def next_of(membership, now):
    """When this member's next digest leaves, in their own time zone; None for never."""
    if membership.gets in (Space.Frequency.OFF, UNREACHABLE):
        return None
    return next_for(
        membership.digest,
        membership.digest_day,
        membership.digest_hour,
        membership.person.zone,
        now,
    )
