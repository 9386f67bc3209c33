"""Looking at fresh changes, and trusting those who write well."""

from django.db import transaction
from django.utils import timezone

from spaces.actions.recording import write_record
from wiki.models import Revision, Trust


def mark_seen(revisions, *, by):
    """Say that versions were looked at. Who it was stands in the history.

    Args:
        revisions: ``Revision`` queryset, from what ``by`` may see.
        by: who looked.

    Returns:
        how many nobody had looked at before.
    """
    # A sliced or joined queryset cannot be updated.
    found = Revision.objects.unseen().filter(pk__in=revisions.values("pk"))
    return found.update(seen=timezone.now(), seen_by=by)


@transaction.atomic
def trust_writer(space, person, *, by, is_trusted=True):
    """Take a member's changes as looked at from now on, or look at them again.

    Args:
        space: where.
        person: an active member.
        by: who says so.
        is_trusted: whether trust is given or taken back.
    """
    if is_trusted:
        _trust, is_new = Trust.objects.get_or_create(
            space=space, person=person, defaults={"given_by": by}
        )
        if is_new:
            write_record("writer_trusted", by=by, space=space, about=person)
    elif Trust.objects.filter(space=space, person=person).delete()[0]:
        write_record("writer_untrusted", by=by, space=space, about=person)
