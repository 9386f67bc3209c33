"""Joining at once, asking to join, deciding, leaving."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.actions import notify
from notifications.kinds import kind_of
from spaces.actions.admitting import admit, lock_membership, refuse_if_barred
from spaces.actions.recording import write_record
from spaces.actions.refusals import Refused
from spaces.models import Membership, Space
from spaces.permissions import can_tend_space
from ui.times import moment_words

Status = Membership.Status


def join_space(space, *, by, group=None, accepts_rules=False):
    """Join an open space in one press.

    Returns:
        (membership, whether they came in now).

    Raises:
        Refused: the space is joined another way, archived, or the person is banned.
    """
    if space.join_policy != Space.JoinPolicy.OPEN:
        raise Refused(_("This space is not open to join at once."))
    return admit(space, by, by=by, via="open", group=group, accepts_rules=accepts_rules)


@transaction.atomic
def request_to_join(
    space, *, by, message="", answers=(), group=None, accepts_rules=False
):
    """Ask to be let in. One open request per person; asking twice keeps the latest.

    Args:
        space: where.
        by: who asks.
        message: their own words.
        answers: ``[{"question": …, "answer": …}]`` as the questions stand now.
        group: the stakeholder group they see themselves in.
        accepts_rules: whether the house rules were accepted.

    Returns:
        the membership, which says "requested" (or "active" for a member).

    Raises:
        Refused: other policy, archived, banned, or declined a short while ago.
    """
    if space.join_policy != Space.JoinPolicy.REQUEST:
        raise Refused(_("This space does not take requests."))
    membership, is_new = lock_membership(space, by)
    if membership.status == Status.ACTIVE:
        return membership
    refuse_if_barred(membership, is_new)
    if again := membership.may_ask_again:
        raise Refused(
            _("Your last request was declined. You may ask again from %(day)s.")
            % {"day": moment_words(again, "date")}
        )
    now = timezone.now()
    is_repeated = not is_new and membership.status == Status.REQUESTED
    membership.status = Status.REQUESTED
    membership.request_message = message
    membership.answers = list(answers)
    membership.group = group
    membership.decision_reason = ""
    membership.decided = membership.decided_by = None
    if accepts_rules:
        membership.rules_accepted = now
    if not is_repeated or membership.requested is None:
        membership.requested = now
    membership.save()
    if not is_repeated:
        notify(
            kind_of("spaces.requested_to_join"), membership, occurrence=now.isoformat()
        )
    return membership


@transaction.atomic
def withdraw_request(space, *, by):
    """Take back one's own request; what was written with it goes too.

    Returns:
        whether there was one.
    """
    membership = (
        space.memberships.select_for_update().requested().filter(person=by).first()
    )
    if membership is None:
        return False
    if membership.joined is None:
        membership.delete()
        return True
    membership.status = Status.LEFT
    membership.request_message, membership.answers = "", []
    membership.save(update_fields=["status", "request_message", "answers"])
    return True


@transaction.atomic
def accept_request(membership, *, by, group=None):
    """Let somebody in who asked.

    Raises:
        PermissionDenied: ``by`` does not tend the space.
        Refused: another steward was first, or the request was taken back.
    """
    membership = _undecided(membership, by)
    now = timezone.now()
    Membership.objects.filter(pk=membership.pk).update(
        decided=now, decided_by=by, decision_reason=""
    )
    member, _came = admit(
        membership.space,
        membership.person,
        by=by,
        via="request",
        group=group,
        is_welcomed=False,
    )
    notify(kind_of("spaces.request_accepted"), member, occurrence=now.isoformat())
    return member


@transaction.atomic
def decline_request(membership, *, by, reason):
    """Say no to somebody who asked, with words for it.

    Raises:
        PermissionDenied, Refused: as ``accept_request``.
    """
    membership = _undecided(membership, by)
    now = timezone.now()
    membership.status = Status.DECLINED
    membership.decided, membership.decided_by = now, by
    membership.decision_reason = reason
    membership.save()
    write_record(
        "request_declined",
        by=by,
        space=membership.space,
        about=membership.person,
        reason=reason,
    )
    notify(kind_of("spaces.request_declined"), membership, occurrence=now.isoformat())
    return membership


def _undecided(membership, by):
    """The request, locked; two stewards at once: the first decides."""
    if not can_tend_space(by, membership.space):
        raise PermissionDenied(_("Stewards and facilitators decide on requests."))
    locked = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("space", "person", "decided_by")
        .filter(pk=membership.pk)
        .first()
    )
    if locked is None:
        raise Refused(_("This request was taken back in the meantime."))
    if locked.status == Status.REQUESTED:
        return locked
    words = {
        Status.ACTIVE: _("%(name)s has already let %(person)s in."),
        Status.DECLINED: _("%(name)s has already declined this request."),
    }
    if locked.status in words and locked.decided_by_id:
        raise Refused(
            words[locked.status] % {"name": locked.decided_by, "person": locked.person}
        )
    raise Refused(_("This request is no longer open."))
