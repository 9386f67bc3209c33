"""What a member does with their own membership, and how one is ended."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.actions import notify
from notifications.kinds import kind_of
from spaces.actions.admitting import lock_membership, lock_space
from spaces.actions.recording import write_record
from spaces.actions.refusals import Refused
from spaces.actions.roles import refuse_orphan
from spaces.models import Invitation, Membership, Space
from spaces.models.membership import new_mail_token
from spaces.permissions import can_ban_member, can_unban_member

Status, Role = Membership.Status, Membership.Role

# What one may choose on the page behind a mail: less before none.
QUIETER = {
    "daily": {"digest": "daily"},
    "weekly": {"digest": "weekly", "mails_at_once": False},
    "monthly": {"digest": "monthly", "mails_at_once": False},
    "named": {"digest": "off", "notice_level": "mentions", "mails_at_once": True},
    "nothing": {"digest": "off", "notice_level": "nothing", "mails_at_once": False},
}


@transaction.atomic
def leave_space(space, *, by):
    """Leave; what one wrote stays, under one's name.

    Returns:
        whether one was a member until now.

    Raises:
        Refused: the last facilitator leaves nobody behind.
    """
    space = lock_space(space)
    member, is_new = lock_membership(space, by)
    if is_new:
        member.delete()
        return False
    if not member.is_active:
        return False
    if member.role == Role.FACILITATOR:
        refuse_orphan(space, without=member)
    member.status, member.role, member.is_linker = Status.LEFT, Role.MEMBER, False
    # Who comes back one day gets other addresses to write to.
    member.mail_token = new_mail_token()
    member.save(update_fields=["status", "role", "is_linker", "mail_token"])
    write_record("member_left", by=by, space=space, about=by)
    return True


@transaction.atomic
def ban_member(membership, *, by, reason):
    """End a membership for good, with words for it.

    Args:
        membership: an active one, or one who asked, was invited, declined or left.
        by: who tends the space.
        reason: told to the person and kept on the record.

    Raises:
        PermissionDenied: not over this member.
        Refused: banned already.
    """
    space = lock_space(membership.space)
    member, _is_new = lock_membership(space, membership.person)
    if not can_ban_member(by, member):
        raise PermissionDenied(_("A facilitator can do this; a steward cannot."))
    if member.status == Status.BANNED:
        raise Refused(_("%(name)s has been banned already.") % {"name": member.person})
    now = timezone.now()
    member.status, member.role, member.is_linker = Status.BANNED, Role.MEMBER, False
    member.decided, member.decided_by, member.decision_reason = now, by, reason
    member.mail_token = new_mail_token()
    member.save()
    # Otherwise they come back by a link of their own, under another address.
    own = Invitation.objects.filter(space=space, invited_by=member.person)
    own.filter(~Q(role=Role.MEMBER) | Q(address="")).filter(
        revoked__isnull=True
    ).update(revoked=now)
    write_record(
        "member_banned", by=by, space=space, about=member.person, reason=reason
    )
    notify(kind_of("spaces.member_banned"), member, occurrence=now.isoformat())
    return member


@transaction.atomic
def unban_member(membership, *, by, reason=""):
    """Lift a ban: the person may come back as the space's policy says.

    Args:
        membership: the banned one.
        by: who tends the space.
        reason: words for the record.

    Returns:
        whether there was a ban.

    Raises:
        PermissionDenied: ``by`` does not tend the space.
    """
    if not can_unban_member(by, membership):
        raise PermissionDenied(_("Stewards and facilitators lift a ban."))
    changed = (
        Membership.objects.banned()
        .filter(pk=membership.pk)
        .update(status=Status.LEFT, decided=None, decided_by=None, decision_reason="")
    )
    if changed:
        write_record(
            "ban_lifted",
            by=by,
            space=membership.space,
            about=membership.person,
            reason=reason,
        )
        membership.refresh_from_db()
        notify(
            kind_of("spaces.ban_lifted"),
            membership,
            occurrence=timezone.now().isoformat(),
        )
    return bool(changed)


def change_wishes(membership, **wishes):
    """Set how one is told of a space: digest, its day and hour, format, level.

    Args:
        membership: one's own.
        **wishes: model fields of the section "How this person is told".

    Returns:
        the membership.
    """
    for name, value in wishes.items():
        setattr(membership, name, value)
    membership.save(update_fields=list(wishes))
    return membership


def renew_mail_addresses(membership, *, are_wanted=True):
    """Give a member new addresses to write to; letters to the old ones come back.

    Args:
        membership: one's own.
        are_wanted: False: have none at all.

    Returns:
        the membership.
    """
    token = new_mail_token() if are_wanted else ""
    return change_wishes(membership, mail_token=token)


def turn_down(membership, choice):
    """Choose one line of the page behind a mail.

    Args:
        membership: whose mails.
        choice: a key of ``QUIETER``.
    """
    wishes = dict(QUIETER[choice])
    if choice in {"daily", "weekly", "monthly"}:
        wishes.setdefault("mails_at_once", True)
        if membership.notice_level == Membership.NoticeLevel.NOTHING:
            wishes["notice_level"] = Membership.NoticeLevel.CONCERNED
    return change_wishes(membership, **wishes)


def quiet_choice(membership):
    """Which line of that page holds now; "" when none of them does exactly."""
    if membership.digest != Space.Frequency.OFF:
        return membership.digest
    if membership.notice_level == Membership.NoticeLevel.NOTHING:
        return "nothing"
    return "named" if membership.notice_level == "mentions" else ""
