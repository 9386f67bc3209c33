"""Stakeholder groups: adding, renaming, ordering, removing without losing anything."""

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spaces.actions.recording import write_record
from spaces.actions.refusals import Refused
from spaces.models import Item, StakeholderGroup
from spaces.permissions import can_edit_space

MOST_GROUPS = 16


@transaction.atomic
def add_group(space, *, by, name, palette=None):
    """Add a group at the end; the first unused shape when none is chosen.

    Args:
        space: the space.
        by: a facilitator.
        name: one line, not used yet (the form says so).
        palette: number of the shape and colour.

    Returns:
        the ``StakeholderGroup``.

    Raises:
        PermissionDenied, Refused: not a facilitator; too many groups.
    """
    _check(by, space)
    groups = list(space.groups.select_for_update())
    if len(groups) >= MOST_GROUPS:
        raise Refused(
            _("A space has at most %(most)d groups; merge two first.")
            % {"most": MOST_GROUPS}
        )
    if palette is None:
        used = [group.palette for group in groups]
        palette = min(range(8), key=lambda number: (used.count(number), number))
    last = space.groups.aggregate(last=Max("position"))["last"]
    group = StakeholderGroup.objects.create(
        space=space,
        name=name,
        palette=palette,
        position=0 if last is None else last + 1,
    )
    write_record("group_added", by=by, space=space, group=name)
    return group


@transaction.atomic
def change_group(group, *, by, name, palette):
    """Rename a group or give it another shape; who is in it stays in it."""
    _check(by, group.space)
    old = StakeholderGroup.objects.select_for_update().get(pk=group.pk).name
    group.name, group.palette = name, palette
    group.save(update_fields=["name", "palette"])
    if old != name:
        write_record("group_renamed", by=by, space=group.space, old=old, new=name)
    return group


@transaction.atomic
def move_group(group, *, by, up):
    """Move a group one place up or down in every list."""
    _check(by, group.space)
    groups = list(group.space.groups.select_for_update())
    here = next(n for n, each in enumerate(groups) if each.pk == group.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(groups):
        groups[here], groups[there] = groups[there], groups[here]
    for position, each in enumerate(groups):
        each.position = position
    StakeholderGroup.objects.bulk_update(groups, ["position"])


def addressed_to(group):
    """How many items only this group may see.

    Args:
        group: a ``StakeholderGroup``.

    Returns:
        int, over every kind of content.
    """
    return sum(
        relation.model._base_manager.filter(audience_group=group).count()
        for relation in _relations()
        if issubclass(relation.model, Item) and relation.name == "audience_group"
    )


@transaction.atomic
def remove_group(group, *, by, into=None):
    """Remove a group; its people, and the name beside their words, may go to another.

    What was written for this group alone blocks it: moving it to another group would
    show it to people its authors did not mean. Moving outwards is the author's act.

    Args:
        group: the ``StakeholderGroup``.
        by: a facilitator.
        into: another group of the space that takes its people; None: they have none.

    Raises:
        PermissionDenied: not a facilitator.
        Refused: items are addressed to this group alone.
    """
    space = group.space
    _check(by, space)
    group = StakeholderGroup.objects.select_for_update().get(pk=group.pk)
    if number := addressed_to(group):
        raise Refused(
            ngettext(
                "%(number)d item was written for “%(group)s” alone. Its author would "
                "have to open or remove it first; you can also rename the group.",
                "%(number)d items were written for “%(group)s” alone. Their authors "
                "would have to open or remove them first; you can also rename the "
                "group.",
                number,
            )
            % {"number": number, "group": group.name}
        )
    if into is not None:
        for relation in _relations():
            rows = relation.model._base_manager.filter(**{relation.name: group})
            rows.update(**{relation.name: into})
        write_record(
            "group_merged", by=by, space=space, group=group.name, into=into.name
        )
    else:
        write_record("group_removed", by=by, space=space, group=group.name)
    group.delete()


def _relations():
    """Every foreign key that points at a group, in every app."""
    return [
        relation.field
        for relation in StakeholderGroup._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel)
    ]


def _check(by, space):
    if not can_edit_space(by, space):
        raise PermissionDenied(_("Only a facilitator changes the stakeholder groups."))
