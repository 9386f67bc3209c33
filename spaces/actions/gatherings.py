"""The meetings the year hangs on: adding, changing, removing."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from markup.rendering import render
from spaces.actions.recording import write_record
from spaces.models import Gathering
from spaces.permissions import can_edit_space


@transaction.atomic
def create_gathering(space, *, by, title, starts, client_id=None, **fields):
    """Add a gathering. The same ``client_id`` twice makes one.

    Args:
        space: the space.
        by: a facilitator.
        title, starts, **fields: the gathering's own fields.
        client_id: UUID made when the form was drawn.

    Returns:
        the ``Gathering``.

    Raises:
        PermissionDenied: this person may not.
    """
    _check(by, space)
    fields |= {
        "title": title,
        "starts": starts,
        "notes_html": render(fields.get("notes", "")).html,
        "created_by": by,
    }
    elsewhere = Gathering.objects.exclude(space=space).filter(client_id=client_id)
    if client_id is None or elsewhere.exists():
        gathering, is_new = Gathering.objects.create(space=space, **fields), True
    else:
        gathering, is_new = Gathering.objects.get_or_create(
            client_id=client_id, space=space, defaults=fields
        )
    gathering.space = space
    if is_new:
        write_record("gathering_added", by=by, space=space, title=gathering.title)
    return gathering


@transaction.atomic
def change_gathering(gathering, *, by, **fields):
    """Change a gathering.

    Args:
        gathering: the ``Gathering``.
        by: a facilitator.
        **fields: what changes.

    Returns:
        the gathering.
    """
    _check(by, gathering.space)
    for name, value in fields.items():
        setattr(gathering, name, value)
    gathering.notes_html = render(gathering.notes).html
    gathering.save()
    write_record(
        "gathering_changed", by=by, space=gathering.space, title=gathering.title
    )
    return gathering


@transaction.atomic
def remove_gathering(gathering, *, by):
    """Take a gathering out of the year."""
    _check(by, gathering.space)
    write_record(
        "gathering_removed", by=by, space=gathering.space, title=gathering.title
    )
    gathering.delete()


def _check(by, space):
    if not can_edit_space(by, space):
        raise PermissionDenied(_("Only a facilitator sets the gatherings."))
