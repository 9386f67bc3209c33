"""Choices about letters that hold for all of a person's spaces at once."""

from django.db import transaction

from spaces.models import Membership, Space
from spaces.wishes import fields_of_state, state_of

Level, Frequency = Membership.NoticeLevel, Space.Frequency
CHANGED = ("notice_level", "mails_at_once", "digest")


@transaction.atomic
def less_everywhere(person):
    """Only what concerns me, weekly, in every space. It never makes anything more.

    Args:
        person: whose spaces.

    Returns:
        dict of membership id (as text) to its choices before, only of those that
        changed; ``restore_wishes`` takes it.
    """
    before = {}
    for membership in _own(person):
        state = state_of(membership)
        _quieten(membership)
        if state_of(membership) != state:
            membership.save(update_fields=CHANGED)
            before[str(membership.pk)] = state
    return before


def _quieten(membership):
    has_letters = membership.mails_at_once and membership.notice_level in (
        Level.EVERYTHING,
        Level.CONCERNED,
    )
    if membership.notice_level == Level.EVERYTHING:
        membership.notice_level = Level.CONCERNED
    if membership.digest == Frequency.OFF and not has_letters:
        return  # quieter than weekly already
    if membership.digest in (Frequency.DAILY, Frequency.OFF):
        membership.digest = Frequency.WEEKLY
    membership.mails_at_once = False


@transaction.atomic
def restore_wishes(person, before):
    """Undo ``less_everywhere``.

    Args:
        person: whose spaces; rows of anybody else are passed over.
        before: what it returned.

    Returns:
        How many memberships are as they were.
    """
    restored = 0
    for membership in _own(person):
        fields = fields_of_state(before.get(str(membership.pk)))
        if fields:
            for name, value in fields.items():
                setattr(membership, name, value)
            membership.save(update_fields=list(fields))
            restored += 1
    return restored


def _own(person):
    own = Membership.objects.active().of(person).select_for_update(of=("self",))
    return own.order_by("pk")
