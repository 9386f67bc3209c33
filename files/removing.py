"""Deleting files for good, and what nobody asks for any more."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from files.models import File, Incoming

# As long as a form in an open tab may still be sent.
LOOSE_FOR = timedelta(days=7)
# An upload whose line broke may go on for so long.
INCOMING_FOR = timedelta(days=1)
MOST_AT_ONCE = 500


def remove(file, *, by):
    """Delete a file for good: the row, and after commit what lies on the disk.

    Args:
        file: the ``File``.
        by: who removes it; None for the clock.
    """
    paths = file.paths
    file.delete()
    transaction.on_commit(lambda: [default_storage.delete(path) for path in paths])


@transaction.atomic
def forget_loose(*, now=None):
    """Remove drafts that hang on nothing: of forms never sent, stories thrown away,
    photos replaced by others. What somebody took back shall not lie on a disk.

    Args:
        now: the moment; the present one when left out.

    Returns:
        How many were removed.
    """
    before = (now or timezone.now()) - LOOSE_FOR
    loose = File.objects.filter(is_draft=True, created__lt=before)
    # Hidden ones as well: most fields give no name for the way back.
    for relation in File._meta.get_fields(include_hidden=True):
        if relation.one_to_many or relation.one_to_one:
            holders = relation.related_model._base_manager.filter(
                **{relation.field.name: OuterRef("pk")}
            )
            loose = loose.filter(~Exists(holders))
    found = list(loose.select_for_update(skip_locked=True)[:MOST_AT_ONCE])
    for file in found:
        remove(file, by=None)
    return len(found) + _forget_incoming(now or timezone.now())


def remove_incoming(incoming):
    """Delete an upload under way.

    Args:
        incoming: the ``Incoming``.
    """
    path = incoming.path
    incoming.delete()
    transaction.on_commit(lambda: default_storage.delete(path))


def _forget_incoming(now):
    stale = Incoming.objects.filter(changed__lt=now - INCOMING_FOR)
    found = list(stale.select_for_update(skip_locked=True)[:MOST_AT_ONCE])
    for incoming in found:
        remove_incoming(incoming)
    return len(found)
