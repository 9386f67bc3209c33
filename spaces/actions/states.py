"""Resting, waking, archiving: what each means, and doing it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.actions import notify
from notifications.kinds import kind_of
from spaces.actions.recording import write_record
from spaces.models import Space
from spaces.permissions import can_change_openness

State = Space.State

# What each state means for people, shown before it is chosen.
MEANINGS = {
    State.ACTIVE: gettext_lazy(
        "People read and write. Digests go out to everybody at their own hour, and "
        "newcomers can join."
    ),
    State.RESTING: gettext_lazy(
        "People can still read and write, but no digests are sent; members are told "
        "once that the space rests. Good between two seasons. Waking it brings "
        "everything back as it was."
    ),
    State.ARCHIVED: gettext_lazy(
        "Everything can be read by those who could read it before, and nothing can be "
        "written. Nobody joins, no mail is sent. It can be restored at any time."
    ),
}


@transaction.atomic
def change_state(space, *, by, state, reason=""):
    """Rest, wake, archive or restore a space.

    Args:
        space: the space.
        by: a facilitator, or a site administrator.
        state: a ``Space.State``.
        reason: words for the record.

    Returns:
        the space; unchanged when it is in that state already.

    Raises:
        PermissionDenied: this person may not.
    """
    if not can_change_openness(by, space):
        raise PermissionDenied(_("Only a facilitator lets a space rest or wakes it."))
    locked = Space.objects.select_for_update().get(pk=space.pk)
    old = locked.state
    if old == state:
        return space
    locked.state = state
    locked.resting_since = timezone.now() if state == State.RESTING else None
    locked.save(update_fields=["state", "resting_since"])
    record = write_record(
        "state_changed", by=by, space=locked, reason=reason.strip(), old=old, new=state
    )
    notify(kind_of("spaces.space_changed"), record)
    space.state, space.resting_since = locked.state, locked.resting_since
    return space
