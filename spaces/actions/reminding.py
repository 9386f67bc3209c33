"""Reminders: the invited twice, the facilitators of a resting space once."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from notifications.actions import notify
from notifications.kinds import kind_of
from spaces.actions.inviting import Known, tell_invited
from spaces.actions.recording import write_record
from spaces.models import Invitation, Record, Space

# Counted from the first letter.
REMINDERS = (timedelta(days=4), timedelta(days=9))

# A season; after that a facilitator is asked once whether the space shall wake.
REST = timedelta(days=90)


def send_reminders(now=None):
    """Remind the invited after four and after nine days, then stop.

    What is due is decided by the rows: run twice, it sends once.

    Args:
        now: the clock.

    Returns:
        number of letters.
    """
    now = now or timezone.now()
    sent = 0
    for number, after in enumerate(REMINDERS):
        due = _due_for_reminder(now, number, after)
        for invitation in due.iterator(chunk_size=200):
            sent += _remind(invitation, number, now)
    return sent


def _due_for_reminder(now, number, after):
    return (
        Invitation.objects.open(now)
        .by_letter()
        .filter(use_count=0, reminders_sent=number, created__lte=now - after)
        # After a pause of the clockwork the two do not come on one day.
        .filter(last_sent__lte=now - REMINDERS[0])
        .filter(space__state=Space.State.ACTIVE)
        .select_related("space", "invited_by")
    )


@transaction.atomic
def _remind(invitation, number, now):
    claimed = Invitation.objects.filter(
        pk=invitation.pk, use_count=0, reminders_sent=number
    ).update(reminders_sent=number + 1, last_sent=now)
    if not claimed:
        return 0
    person = Known(invitation.space, [invitation.address]).person_of(invitation.address)
    tell_invited(invitation, person, occurrence=f"reminder-{number + 1}")
    return 1


def ask_the_resting(now=None):
    """Ask the facilitators of spaces at rest for a season, once per rest.

    The line on the record says that it was done: run twice, it asks once.

    Args:
        now: the clock.

    Returns:
        number of spaces.
    """
    now = now or timezone.now()
    asked = 0
    resting = Space.objects.filter(
        state=Space.State.RESTING, resting_since__lte=now - REST
    )
    for space in resting.exclude(
        Exists(
            Record.objects.filter(
                space=OuterRef("pk"),
                verb="rest_reminded",
                created__gte=OuterRef("resting_since"),
            )
        )
    ):
        asked += _ask(space)
    return asked


@transaction.atomic
def _ask(space):
    locked = Space.objects.select_for_update().get(pk=space.pk)
    if locked.resting_since != space.resting_since or locked.records.filter(
        verb="rest_reminded", created__gte=space.resting_since
    ):
        return 0
    record = write_record("rest_reminded", by=None, space=locked)
    notify(kind_of("spaces.space_still_resting"), record)
    return 1
