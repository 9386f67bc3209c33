"""Sending invitations: letters to addresses, links for many, reminders that stop."""

from dataclasses import dataclass, field
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.actions import notify
from notifications.kinds import kind_of
from spaces.actions.recording import write_record
from spaces.actions.refusals import Refused
from spaces.models import Invitation, Membership, StakeholderGroup
from spaces.permissions import can_grant_roles, can_invite_to_space
from spaces.tokens import hash_of, invitation_token, new_nonce

BATCH_LIMIT = 200
DAY_LIMIT = 500
VALID_FOR = timedelta(days=30)
RESEND_PAUSE = timedelta(hours=1)

Status = Membership.Status


@dataclass
class Invitee:
    """One line of a list of people to invite."""

    address: str
    name: str = ""
    group: StakeholderGroup | None = None
    language: str = ""


@dataclass
class Outcome:
    """What became of a list: nobody on it is dropped without a word.

    Attributes:
        invited: the new ``Invitation`` rows.
        skipped: (``Invitee``, reason in words) pairs.
    """

    invited: list = field(default_factory=list)
    skipped: list = field(default_factory=list)


def invite_people(
    space,
    *,
    by,
    rows,
    role=Membership.Role.MEMBER,
    group=None,
    language="",
    message="",
    landing="",
    expires=None,
):
    """Send one letter to each address that may get one.

    Args:
        space: where to.
        by: who invites.
        rows: ``Invitee``s, or dicts with the same keys (address, name, group,
            language); their own group and language come first.
        role: above member only when a facilitator invites.
        group: stakeholder group for those without one of their own.
        language: of the letter, for people without an account; else the space's.
        message: personal words.
        landing: path inside the space to show first.
        expires: until when the letters hold (30 days when left out).

    Returns:
        ``Outcome``.

    Raises:
        PermissionDenied: ``by`` may not invite, or may not hand out this role.
    """
    _refuse_without_right(space, by, role)
    expires = expires or timezone.now() + VALID_FOR
    outcome = Outcome()
    invitees = [row if isinstance(row, Invitee) else Invitee(**row) for row in rows]
    known = Known(space, [invitee.address for invitee in invitees])
    left = min(BATCH_LIMIT, DAY_LIMIT - _sent_today(space, by))
    for invitee in invitees:
        reason = known.reason_against(invitee.address)
        if not reason and len(outcome.invited) >= left:
            reason = _("over the limit for today; send this one tomorrow")
        if reason:
            outcome.skipped.append((invitee, reason))
            continue
        invitation = _send_letter(
            space,
            invitee,
            known.person_of(invitee.address),
            invited_by=by,
            role=role,
            group=invitee.group or group,
            language=invitee.language or language or space.language,
            message=message,
            landing=landing,
            expires=expires,
        )
        known.letters.add(invitee.address.lower())
        if invitation is None:
            outcome.skipped.append((invitee, _("has an open invitation already")))
        else:
            outcome.invited.append(invitation)
    if outcome.invited:
        write_record(
            "people_invited",
            by=by,
            space=space,
            number=len(outcome.invited),
            role=str(role),
        )
    return outcome


class Known:
    """What a space already knows about a list of addresses, in four queries."""

    def __init__(self, space, addresses):
        lowered = {address.lower() for address in addresses}
        people = list(
            User.objects.annotate(lowered=Lower("email")).filter(lowered__in=lowered)
        )
        self.people = {person.lowered: person for person in people}
        proven = EmailAddress.objects.annotate(lowered=Lower("email")).filter(
            lowered__in=lowered, verified=True
        )
        for each in proven.select_related("user"):
            self.people.setdefault(each.lowered, each.user)
        memberships = Membership.objects.filter(
            space=space, person__in=[person.pk for person in self.people.values()]
        )
        self.statuses = dict(memberships.values_list("person", "status"))
        letters = Invitation.objects.filter(space=space, use_count=0).open()
        self.letters = set(
            letters.by_letter().for_addresses(lowered).values_list("lowered", flat=True)
        )

    def person_of(self, address):
        return self.people.get(address.lower())

    def reason_against(self, address):
        """Why this address gets no letter, or ""."""
        person = self.person_of(address)
        status = self.statuses.get(person.pk) if person else None
        if status == Status.ACTIVE:
            return _("is a member already")
        if status == Status.BANNED:
            return _("was banned from this space; lift the ban first")
        if status == Status.REQUESTED:
            return _("has asked to join; you can let them in under “Requests”")
        if person and not person.is_active:
            return _("has closed their account")
        if address.lower() in self.letters:
            return _("has an open invitation already")
        return ""


@transaction.atomic
def _send_letter(space, invitee, person, **fields):
    # A letter that has expired or was declined makes room for a new one.
    stale = Invitation.objects.filter(
        space=space, use_count=0, revoked__isnull=True, declined__isnull=True
    )
    stale.by_letter().for_addresses([invitee.address]).filter(
        expires__lte=timezone.now()
    ).update(revoked=timezone.now())
    try:
        with transaction.atomic():
            invitation = _make(
                space, address=invitee.address, name=invitee.name, max_uses=1, **fields
            )
    except IntegrityError:
        return None  # somebody else invited this address a moment ago
    if person is not None:
        _mark_invited(space, person, invitation)
    tell_invited(invitation, person, occurrence="first")
    return invitation


def _mark_invited(space, person, invitation):
    """So that a hidden space's card can be seen by who is invited to it."""
    membership, is_new = Membership.objects.select_for_update().get_or_create(
        space=space,
        person=person,
        defaults={
            "status": Status.INVITED,
            "digest": space.digest_default,
            "invited_by": invitation.invited_by,
        },
    )
    if not is_new and membership.status in {Status.LEFT, Status.DECLINED}:
        membership.status = Status.INVITED
        membership.invited_by = invitation.invited_by
        membership.save(update_fields=["status", "invited_by"])


def tell_invited(invitation, person, *, occurrence):
    """Write the letter's row: to the person, or to the bare address.

    Args:
        invitation: the letter.
        person: whose address it is; None where nobody has it.
        occurrence: tells the first letter, its reminders and repeats apart.
    """
    notify(
        kind_of("spaces.invited"),
        invitation,
        about={"language": person.language if person else invitation.language},
        occurrence=occurrence,
        to=[person] if person else [],
        addresses=[] if person else [invitation.address],
    )


def _make(space, **fields):
    # The hash is made from the id, so the row is written before it is known.
    invitation = Invitation.objects.create(
        space=space,
        nonce=new_nonce(),
        token_hash=hash_of(new_nonce()),
        last_sent=timezone.now(),
        **fields,
    )
    invitation.token_hash = hash_of(invitation_token(invitation))
    invitation.save(update_fields=["token_hash"])
    return invitation


@transaction.atomic
def create_link(
    space,
    *,
    by,
    role=Membership.Role.MEMBER,
    group=None,
    language="",
    message="",
    landing="",
    expires=None,
    max_uses=None,
    domain="",
):
    """Make a link that several people may come by.

    Args:
        as ``invite_people``, and:
        max_uses: how many people (None: any number).
        domain: only people with an address at this domain.

    Returns:
        the ``Invitation``; its address is made by ``spaces.tokens``.

    Raises:
        PermissionDenied: as ``invite_people``.
    """
    _refuse_without_right(space, by, role)
    invitation = _make(
        space,
        invited_by=by,
        role=role,
        group=group,
        language=language or space.language,
        message=message,
        landing=landing,
        expires=expires,
        max_uses=max_uses,
        domain=domain,
    )
    write_record("link_created", by=by, space=space, role=str(role), uses=max_uses)
    return invitation


@transaction.atomic
def resend_invitation(invitation, *, by):
    """Send the letter again; an expired one is good for another 30 days.

    Raises:
        PermissionDenied: ``by`` may not invite here.
        Refused: answered meanwhile, taken back, or sent less than an hour ago.
    """
    _refuse_without_right(invitation.space, by, invitation.role)
    now = timezone.now()
    # One conditional UPDATE: a double press sends one letter.
    changed = (
        Invitation.objects.by_letter()
        .filter(
            pk=invitation.pk, use_count=0, revoked__isnull=True, declined__isnull=True
        )
        .filter(last_sent__lte=now - RESEND_PAUSE)
        .update(last_sent=now, expires=now + VALID_FOR)
    )
    if not changed:
        raise Refused(
            _("This letter was sent less than an hour ago, or is no longer open.")
        )
    invitation.refresh_from_db()
    person = Known(invitation.space, [invitation.address]).person_of(invitation.address)
    if person is not None:
        _mark_invited(invitation.space, person, invitation)
    tell_invited(invitation, person, occurrence=f"again-{now:%Y%m%d%H%M%S}")
    return invitation


@transaction.atomic
def revoke_invitation(invitation, *, by):
    """Take a letter or a link back; it opens nothing from now on.

    Returns:
        whether it was open until now.
    """
    _refuse_without_right(invitation.space, by, invitation.role)
    changed = Invitation.objects.filter(pk=invitation.pk, revoked__isnull=True).update(
        revoked=timezone.now()
    )
    if changed:
        forget_invited(invitation)
        write_record("invitation_revoked", by=by, space=invitation.space)
    return bool(changed)


def forget_invited(invitation):
    """The card of a hidden space closes again for who was only invited."""
    if not invitation.is_letter:
        return
    person = Known(invitation.space, [invitation.address]).person_of(invitation.address)
    if person is None:
        return
    invited = Membership.objects.filter(
        space=invitation.space, person=person, status=Status.INVITED
    )
    invited.filter(joined__isnull=True).delete()
    invited.update(status=Status.LEFT)


def _sent_today(space, by):
    """Of the space, and of the person: making spaces makes no more letters."""
    since = timezone.now() - timedelta(days=1)
    letters = Invitation.objects.filter(created__gte=since).by_letter()
    return letters.filter(Q(space=space) | Q(invited_by=by)).count()


def _refuse_without_right(space, by, role):
    if not can_invite_to_space(by, space):
        raise PermissionDenied(_("Stewards and facilitators invite people here."))
    if role != Membership.Role.MEMBER and not can_grant_roles(by, space):
        raise PermissionDenied(_("Only a facilitator can give this role."))
