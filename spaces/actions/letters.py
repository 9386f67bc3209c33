"""What a site administrator does with letters that failed."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from notifications.standing import retry
from spaces.actions.recording import write_record
from spaces.permissions import can_run_site


@transaction.atomic
def retry_letters(*, by, **chosen):
    """Let failed letters be tried again, and write it down.

    Args:
        by: a site administrator.
        **chosen: ``pk`` of one, or ``kind`` and ``why`` of many
            (``notifications.standing.retry``).

    Returns:
        How many wait again.

    Raises:
        PermissionDenied: by is none.
    """
    if not can_run_site(by):
        raise PermissionDenied
    number = retry(**chosen)
    if number:
        write_record("letters_retried", by=by, number=number)
    return number
