"""What a site administrator does: rules, people, spaces without a facilitator."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.actions import notify
from notifications.kinds import kind_of
from spaces.actions.admitting import lock_membership
from spaces.actions.recording import write_record
from spaces.actions.refusals import Refused
from spaces.models import Membership, SiteRules
from spaces.permissions import can_run_site


@transaction.atomic
def change_site_rules(*, by, space_creation):
    """Set who may create spaces.

    Args:
        by: a site administrator.
        space_creation: a ``SiteRules.Creation``.

    Returns:
        the ``SiteRules``.
    """
    _check(by)
    rules, _is_new = SiteRules.objects.select_for_update().get_or_create(pk=1)
    old = rules.space_creation
    if old != space_creation:
        rules.space_creation = space_creation
        rules.save()
        write_record("site_rules_changed", by=by, old=old, new=space_creation)
    return rules


@transaction.atomic
def allow_creating(person, *, by, allowed):
    """Choose a person who may create spaces, or take it back."""
    _check(by)
    person = _lock(person)
    if person.may_create_spaces != allowed:
        person.may_create_spaces = allowed
        person.save(update_fields=["may_create_spaces"])
        verb = "creating_allowed" if allowed else "creating_forbidden"
        write_record(verb, by=by, about=person)
    return person


@transaction.atomic
def deactivate_person(person, *, by, reason):
    """Shut somebody out of the site. What they wrote stays.

    Args:
        person: who.
        by: a site administrator.
        reason: words for the site's record.

    Raises:
        Refused: oneself, the last administrator, or no reason.
    """
    _check(by)
    if not reason.strip():
        raise Refused(_("Say why; it goes on the site’s record."))
    if person.pk == by.pk:
        raise Refused(_("You cannot close your own account here."))
    admins = _lock_admins()
    person = _lock(person)
    if person.is_staff and person.is_active:
        _keep_one_admin(person, admins)
    if person.is_active:
        person.is_active = False
        person.save(update_fields=["is_active"])
        write_record("person_deactivated", by=by, about=person, reason=reason.strip())
    return person


@transaction.atomic
def reactivate_person(person, *, by):
    """Let somebody in again."""
    _check(by)
    person = _lock(person)
    if not person.is_active:
        person.is_active = True
        person.save(update_fields=["is_active"])
        write_record("person_reactivated", by=by, about=person)
    return person


@transaction.atomic
def set_admin(person, *, by, is_admin):
    """Make somebody a site administrator, or take it back.

    Args:
        person: who.
        by: a site administrator.
        is_admin: what they are from now on.

    Raises:
        Refused: nobody would be left, or the person cannot sign in.
    """
    _check(by)
    admins = _lock_admins()
    person = _lock(person)
    if person.is_staff == is_admin:
        return person
    if is_admin:
        if not person.has_account or not person.is_active:
            raise Refused(_("Only people who can sign in can run the site."))
    else:
        _keep_one_admin(person, admins)
    # Django's own admin asks is_superuser for everything it shows.
    person.is_staff = person.is_superuser = is_admin
    person.save(update_fields=["is_staff", "is_superuser"])
    write_record("admin_named" if is_admin else "admin_removed", by=by, about=person)
    return person


@transaction.atomic
def name_facilitator(space, person, *, by, reason):
    """Give a space without a facilitator somebody to look after it.

    Args:
        space: the space.
        person: an active member of it.
        by: a site administrator.
        reason: words for the record.

    Returns:
        the ``Membership``.

    Raises:
        Refused: not a member who can sign in, or no reason.
    """
    _check(by)
    if not reason.strip():
        raise Refused(_("Say why, so that members understand it."))
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .active()
        .filter(space=space, person=person)
        .select_related("person")
        .first()
    )
    if membership is None or not membership.person.has_account:
        raise Refused(_("Choose an active member who can sign in."))
    if membership.role != Membership.Role.FACILITATOR:
        membership.role = Membership.Role.FACILITATOR
        membership.save(update_fields=["role"])
        record = write_record(
            "facilitator_named",
            by=by,
            space=space,
            about=membership.person,
            reason=reason.strip(),
        )
        notify(kind_of("spaces.space_changed"), record)
    return membership


@transaction.atomic
def step_in(space, *, by, reason):
    """Become a facilitator of a space one does not belong to. Members are told.

    Args:
        space: the space.
        by: a site administrator.
        reason: words for the record; members read them.

    Returns:
        the ``Membership``.

    Raises:
        Refused: no reason was given.
    """
    _check(by)
    if not reason.strip():
        raise Refused(_("Say why; every member of the space will read it."))
    membership, _is_new = lock_membership(space, by)
    if membership.is_facilitator:
        return membership
    if not membership.is_active:
        membership.status = Membership.Status.ACTIVE
        membership.joined = membership.since_last_delivered = timezone.now()
        membership.digest = "off"
    membership.role = Membership.Role.FACILITATOR
    membership.save()
    record = write_record(
        "admin_stepped_in", by=by, space=space, about=by, reason=reason.strip()
    )
    notify(kind_of("spaces.space_changed"), record)
    return membership


def _lock(person):
    return User.objects.select_for_update().get(pk=person.pk)


def _lock_admins():
    # All of them, first and in one order: two administrators who remove each other at
    # once follow one another, and the second is refused.
    admins = User.objects.select_for_update().filter(is_staff=True, is_active=True)
    return list(admins.order_by("pk"))


def _keep_one_admin(person, admins):
    if not any(each.has_account for each in admins if each.pk != person.pk):
        raise Refused(_("This is the last administrator. Name another one first."))


def _check(by):
    if not can_run_site(by):
        raise PermissionDenied(_("Only site administrators may do this."))
