"""The one way into a space: every door ends here."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.actions import notify
from notifications.kinds import kind_of
from spaces.actions.recording import write_record
from spaces.actions.refusals import Refused
from spaces.models import Invitation, Membership, Space


def lock_membership(space, person):
    """This person's row in this space, locked until the transaction ends.

    Two presses at once make one row: the second waits here and finds the first's.

    Returns:
        (membership, whether it is new). A new row stands as "requested" only until
        the caller says what it really is, in the same transaction.
    """
    membership, is_new = Membership.objects.select_for_update().get_or_create(
        space=space,
        person=person,
        defaults={
            "status": Membership.Status.REQUESTED,
            "digest": space.digest_default,
        },
    )
    membership.space, membership.person = space, person
    return membership, is_new


def lock_space(space):
    """Hold the space's row, so that two changes of its facilitators follow each other.

    Ordinary writes below the space are not held up (``FOR NO KEY UPDATE``).
    """
    return Space.objects.select_for_update(no_key=True).get(pk=space.pk)


@transaction.atomic
def admit(
    space,
    person,
    *,
    by,
    via,
    group=None,
    role=Membership.Role.MEMBER,
    invited_by=None,
    accepts_rules=False,
    is_welcomed=True,
):
    """Make somebody an active member, once.

    Args:
        space: where.
        person: who.
        by: who did it (the person, or whoever decided).
        via: "open", "request", "invitation", "mail" or "claim"; for the record.
        group: their stakeholder group; None keeps what stood.
        role: the role they come with.
        invited_by: who invited them.
        accepts_rules: whether they accepted the house rules just now.
        is_welcomed: send the space's letter of welcome (False where another letter
            about the same carries it).

    Returns:
        (membership, whether they came in now). A member stays as they are.

    Raises:
        Refused: banned, or the space is archived.
    """
    membership, is_new = lock_membership(space, person)
    if membership.status == Membership.Status.ACTIVE:
        return membership, False
    refuse_if_barred(membership, is_new)
    now = timezone.now()
    membership.status = Membership.Status.ACTIVE
    membership.role = role
    membership.joined = membership.since_last_delivered = now
    membership.invited_by = invited_by or membership.invited_by
    if group is not None:
        membership.group = group
    if accepts_rules:
        membership.rules_accepted = now
    membership.save()
    _settle_letters(space, person)
    write_record("member_joined", by=by, space=space, about=person, via=via)
    event = {"by": by.pk if by else None}
    occurrence = now.isoformat()
    notify(
        kind_of("spaces.newcomer_joined"),
        membership,
        about=event,
        occurrence=occurrence,
    )
    if is_welcomed and space.welcome:
        notify(kind_of("spaces.welcomed"), membership, occurrence=occurrence)
    return membership, True


def refuse_if_barred(membership, is_new=False):
    """Say why somebody cannot come in at all.

    Raises:
        Refused: banned, or the space is archived.
    """
    if not is_new and membership.status == Membership.Status.BANNED:
        raise Refused(
            _(
                "A facilitator of %(space)s has ended your membership, so you cannot "
                "join again. If you think this is a mistake, write to them."
            )
            % {"space": membership.space.name}
        )
    if not membership.space.is_writable:
        raise Refused(
            _("%(space)s is archived: it can be read, but nobody can join any more.")
            % {"space": membership.space.name}
        )


def addresses_of(person):
    """Every address this person has proven to be theirs, in small letters."""
    proven = EmailAddress.objects.filter(user=person, verified=True)
    found = {address.lower() for address in proven.values_list("email", flat=True)}
    if person.email:
        # Sign-in asks for a verified address, so the login itself is proven.
        found.add(person.email.lower())
    return found


def _settle_letters(space, person):
    """A letter is answered by whichever door its person came through."""
    letters = Invitation.objects.filter(
        space=space, use_count=0, revoked__isnull=True
    ).by_letter()
    letters.for_addresses(addresses_of(person)).update(use_count=F("use_count") + 1)
