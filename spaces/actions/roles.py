"""Roles and hand-over. A space is never left without a facilitator."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.actions import notify
from notifications.kinds import kind_of
from spaces.actions.admitting import lock_space
from spaces.actions.recording import write_record
from spaces.actions.refusals import Refused
from spaces.models import Membership
from spaces.permissions import can_facilitate_space

Role = Membership.Role


@transaction.atomic
def change_role(membership, *, by, role, is_linker=False, reason=""):
    """Give a member another role, or the linker's flag.

    Args:
        membership: whose.
        by: a facilitator.
        role: one of ``Membership.Role``.
        is_linker: whether they type for people without an account.
        reason: words for the record and for the member.

    Returns:
        the membership as it is now.

    Raises:
        PermissionDenied: ``by`` is no facilitator (any more).
        Refused: this would take the last facilitator's role, or the member is gone.
    """
    space = lock_space(membership.space)
    _refuse_without_right(by, space)
    member = _lock_member(membership)
    before = {"role": member.role, "is_linker": member.is_linker}
    after = {"role": str(role), "is_linker": is_linker}
    if before == after:
        return member
    if member.role == Role.FACILITATOR and role != Role.FACILITATOR:
        refuse_orphan(space, without=member)
    member.role, member.is_linker = role, is_linker
    member.save(update_fields=["role", "is_linker"])
    _tell(member, by, reason, before, after)
    return member


@transaction.atomic
def hand_over(space, *, by, successor, own_role, reason=""):
    """Make somebody else facilitator and take another role, in one step.

    Args:
        space: which.
        by: the facilitator who hands over.
        successor: an active membership of this space.
        own_role: what ``by`` is afterwards.
        reason: words for the record and the successor.

    Returns:
        (the successor's membership, one's own).

    Raises:
        PermissionDenied, Refused: as ``change_role``.
    """
    space = lock_space(space)
    _refuse_without_right(by, space)
    next_one = _lock_member(successor)
    if next_one.person_id == by.pk:
        raise Refused(_("Choose somebody else as your successor."))
    if not next_one.person.has_account:
        raise Refused(_("A facilitator needs an account of their own."))
    own = _lock_member(space.memberships.get(person=by))
    for member, role in ((next_one, Role.FACILITATOR), (own, own_role)):
        before = {"role": member.role, "is_linker": member.is_linker}
        if member.role == role:
            continue
        member.role = role
        member.save(update_fields=["role"])
        after = before | {"role": str(role)}
        _tell(member, by, reason, before, after)
    return next_one, own


def refuse_orphan(space, *, without):
    """Call it with the space locked (``lock_space``), else two may leave at once.

    Raises:
        Refused: nobody but ``without`` facilitates this space.
    """
    others = space.memberships.facilitators().exclude(pk=without.pk)
    if not others.filter(person__is_active=True).exists():
        raise Refused(
            _(
                "%(space)s would be left without a facilitator. "
                "Hand over to somebody first."
            )
            % {"space": space.name}
        )


def _lock_member(membership):
    locked = (
        Membership.objects.select_for_update(of=("self",))
        .active()
        .select_related("space", "person", "group")
        .filter(pk=membership.pk)
        .first()
    )
    if locked is None:
        raise Refused(_("This person is no longer a member."))
    return locked


def _tell(member, by, reason, before, after):
    write_record(
        "role_changed",
        by=by,
        space=member.space,
        about=member.person,
        reason=reason,
        old=before["role"],
        new=after["role"],
        linker=after["is_linker"],
    )
    if member.person_id == by.pk:
        return
    about = {"by": str(by), "reason": reason, "before": before, "after": after}
    notify(
        kind_of("spaces.role_changed"),
        member,
        about=about,
        occurrence=timezone.now().isoformat(),
    )


def _refuse_without_right(by, space):
    # The space was fetched afresh under its lock, so this asks the database.
    if not can_facilitate_space(by, space):
        raise PermissionDenied(_("Only facilitators change roles."))
