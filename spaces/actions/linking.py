"""People without an account: registered by a linker, claimed by themselves."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import merge_people
from accounts.models import User
from spaces.actions.admitting import admit
from spaces.actions.recording import write_record
from spaces.actions.refusals import Refused
from spaces.models import Membership, TypedFor
from spaces.permissions import can_link_in_space, can_see_linked
from spaces.tokens import hash_of, new_secret

CLAIM_FOR = timedelta(days=14)


@transaction.atomic
def register_linked(
    space, *, by, name, consent, consent_given, group=None, contact="", language=""
):
    """Register a person who has no account and for whom a linker will type.

    Args:
        space: where.
        by: the linker.
        name: what the person is called.
        consent: how they agreed, in words.
        consent_given: the day they did.
        group: their stakeholder group.
        contact: how to reach them.
        language: the one they speak with the alliance; else the space's.

    Returns:
        the ``TypedFor``.

    Raises:
        PermissionDenied: ``by`` is no linker here.
        Refused: a person of this name is typed for in this space already.
    """
    if not can_link_in_space(by, space):
        raise PermissionDenied(_("A facilitator must make you a linker first."))
    # Serialise registrations of one space, so that a double press makes one person.
    Membership.objects.select_for_update().get(space=space, person=by)
    same = Membership.objects.typed_for_somebody().filter(
        space=space, person__name__iexact=name
    )
    if same.exists():
        raise Refused(
            _(
                "%(name)s is on the list already. If this is somebody else, add "
                "something that tells the two apart."
            )
            % {"name": name}
        )
    person = User.objects.create_user(
        name=name, language=language or space.language, time_zone=space.time_zone
    )
    membership = Membership.objects.create(
        space=space,
        person=person,
        status=Membership.Status.ACTIVE,
        group=group,
        joined=timezone.now(),
        invited_by=by,
        digest="off",
        notice_level=Membership.NoticeLevel.NOTHING,
        mails_at_once=False,
    )
    typed = TypedFor.objects.create(
        membership=membership,
        linker=by,
        consent=consent,
        consent_given=consent_given,
        contact=contact,
    )
    write_record("person_registered", by=by, space=space, about=person)
    return typed


@transaction.atomic
def make_claim_link(typed, *, by):
    """A link with which the person takes over what was typed for them.

    A new link ends the one before.

    Returns:
        the token; it is shown once and only its hash is kept.

    Raises:
        PermissionDenied: neither linker nor facilitator here.
    """
    _refuse_without_right(typed, by)
    token = new_secret()
    typed.claim_hash = hash_of(token)
    typed.claim_expires = timezone.now() + CLAIM_FOR
    typed.save(update_fields=["claim_hash", "claim_expires"])
    write_record(
        "claim_link_made",
        by=by,
        space=typed.membership.space,
        about=typed.membership.person,
    )
    return token


@transaction.atomic
def claim_person(token, *, by):
    """Take over what was typed for oneself: authorship and membership.

    Args:
        token: from the link.
        by: the account that takes over.

    Returns:
        the claimer's membership.

    Raises:
        Refused: unknown, expired or used link; or the claimer is banned here.
    """
    typed = (
        TypedFor.objects.claimable()
        .select_for_update(of=("self",))
        .select_related("membership__space", "membership__person", "membership__group")
        .filter(claim_hash=hash_of(token))
        .first()
    )
    if typed is None:
        raise Refused(_("This link is not valid any more. Ask for a new one."))
    linked = typed.membership
    space, source = linked.space, linked.person
    # First the claimer's own membership, so that the merge finds one to keep.
    member, _came = admit(
        space,
        by,
        by=by,
        via="claim",
        group=linked.group,
        invited_by=typed.linker,
        is_welcomed=False,
    )
    typed.delete()
    write_record("person_claimed", by=by, space=space, about=by, name=source.name)
    merge_people(source, into=by, by=by)
    member.refresh_from_db()
    return member


@transaction.atomic
def end_linking(typed, *, by, reason=""):
    """The person takes their consent back: they are a member no longer.

    What was typed for them stays in the space without a name ("former member").

    Raises:
        PermissionDenied: neither linker nor facilitator here.
    """
    _refuse_without_right(typed, by)
    space, person = typed.membership.space, typed.membership.person
    write_record("consent_withdrawn", by=by, space=space, reason=reason)
    # Cascades to membership and consent note; authorship is SET_NULL everywhere.
    person.delete()


def _refuse_without_right(typed, by):
    if not can_see_linked(by, typed.membership.space):
        raise PermissionDenied(_("Linkers and facilitators do this."))
