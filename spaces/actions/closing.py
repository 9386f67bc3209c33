"""Closing an account: first every space is left in good hands, then the person goes."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import close_account
from spaces.actions.admitting import lock_space
from spaces.actions.members import leave_space
from spaces.actions.recording import write_record
from spaces.actions.refusals import Refused
from spaces.models import Membership, Space


@dataclass(frozen=True)
class ClosingReport:
    """What closing an account would do to the spaces of a person.

    Attributes:
        needs_successor: spaces in which others are left and nobody would facilitate.
        ends_alone: spaces of which the person is the only member; they are archived.
        others: spaces the person simply leaves.
    """

    needs_successor: list
    ends_alone: list
    others: list


def report_closing(person):
    """Look at what closing would do, before it happens.

    Args:
        person: whose account it is.

    Returns:
        ``ClosingReport``, in two queries however many spaces there are.
    """
    memberships = list(
        Membership.objects.active()
        .of(person)
        .select_related("space")
        .order_by("space__name")
    )
    spaces = [membership.space_id for membership in memberships]
    rest = list(
        Membership.objects.active()
        .filter(space__in=spaces, person__email__isnull=False, person__is_active=True)
        .exclude(person=person)
        .values_list("space", "role")
    )
    peopled = {space for space, _role in rest}
    facilitated = {space for space, role in rest if role == Membership.Role.FACILITATOR}
    report = ClosingReport([], [], [])
    for membership in memberships:
        space = membership.space
        if not membership.is_facilitator or space.pk in facilitated:
            report.others.append(space)
        elif space.pk in peopled:
            report.needs_successor.append(space)
        else:
            report.ends_alone.append(space)
    return report


@transaction.atomic
def leave_site(person):
    """Leave every space, then close the account.

    Args:
        person: who closes their own account.

    Raises:
        Refused: a space would be left without a facilitator; nothing has changed.
    """
    report = report_closing(person)
    # Locked in one order; the report is asked again under the locks.
    for space in sorted(
        [*report.needs_successor, *report.ends_alone, *report.others],
        key=lambda each: each.pk,
    ):
        lock_space(space)
    report = report_closing(person)
    if report.needs_successor:
        raise Refused(
            _("Hand over to somebody first: %(spaces)s.")
            % {"spaces": ", ".join(space.name for space in report.needs_successor)}
        )
    for space in report.others:
        leave_space(space, by=person)
    for space in report.ends_alone:
        _close_empty(space, person)
    close_account(person)


def _close_empty(space, person):
    write_record("member_left", by=person, space=space, about=person)
    if space.state == Space.State.ARCHIVED:
        return
    write_record(
        "state_changed",
        by=person,
        space=space,
        reason=_("The last person left."),
        old=space.state,
        new=Space.State.ARCHIVED,
    )
    Space.objects.filter(pk=space.pk).update(
        state=Space.State.ARCHIVED, resting_since=None
    )
