"""Who may do what in a space; ``visible_to`` and ``readable_by`` decide seeing."""

from accounts.models import User
from spaces.models import Membership, SiteRules, Space


def can_create_space(user):
    """As the site administrator has set it."""
    if not user.is_authenticated:
        return False
    if user.is_staff or user.may_create_spaces:
        return True
    return SiteRules.current().space_creation == SiteRules.Creation.ANYONE


def can_write_in_space(user, space):
    """Active members write, until the space is archived."""
    return space.is_writable and space.membership_of(user) is not None


def can_tend_space(user, space):
    """Stewards and facilitators: requests, members' posts, invitations."""
    membership = space.membership_of(user)
    return membership is not None and membership.is_steward


def can_facilitate_space(user, space):
    """Facilitators: the space's own settings, roles, state."""
    membership = space.membership_of(user)
    return membership is not None and membership.is_facilitator


def can_edit_space(user, space):
    """Facilitators change words, groups, tools and gatherings, until it is archived."""
    return space.is_writable and can_facilitate_space(user, space)


def can_change_openness(user, space):
    """Facilitators, and site administrators: who sees and joins, rest, archive."""
    return can_facilitate_space(user, space) or can_run_site(user)


def can_run_site(user):
    """Site administrators: rules, people, every space's card, openness and health."""
    return user.is_authenticated and user.is_staff and user.is_active


def can_join_space(user, space):
    """At once, without asking anybody. Never the banned."""
    if not user.is_authenticated or space.join_policy != Space.JoinPolicy.OPEN:
        return False
    return space.is_writable and not _is_banned(user, space)


def can_request_space(user, space):
    """To ask a facilitator. Never the banned, nor who is already in."""
    if not user.is_authenticated or space.join_policy != Space.JoinPolicy.REQUEST:
        return False
    return space.is_writable and not _is_banned(user, space)


def can_invite_to_space(user, space):
    """Stewards and facilitators invite, until the space is archived."""
    return space.is_writable and can_tend_space(user, space)


def can_grant_roles(user, space):
    """Only facilitators hand out roles above member, by invitation or later."""
    return can_facilitate_space(user, space)


def can_change_role(user, membership):
    """Facilitators, for members who can sign in themselves."""
    return (
        membership.is_active
        and membership.person.has_account
        and can_facilitate_space(user, membership.space)
    )


def can_ban_member(user, membership):
    """Facilitators ban anybody else; stewards only plain members. Nobody bans
    themselves (they leave), and a person without account is ended by their linker."""
    if membership.person_id == user.pk or not membership.person.has_account:
        return False
    if can_facilitate_space(user, membership.space):
        return True
    return (
        can_tend_space(user, membership.space)
        and membership.role == Membership.Role.MEMBER
    )


def can_unban_member(user, membership):
    """Those who tend the space lift a ban."""
    return can_tend_space(user, membership.space)


def can_link_in_space(user, space):
    """Linkers register people without an account and type for them."""
    membership = space.membership_of(user)
    return space.is_writable and membership is not None and membership.is_linker


def can_see_linked(user, space):
    """Linkers and facilitators read who is typed for, with what consent."""
    membership = space.membership_of(user)
    return membership is not None and (
        membership.is_linker or membership.is_facilitator
    )


def people_typed_for(user, space):
    """People without an account this person may write as, in this space.

    Any linker of the space may: linkers succeed one another, and each contribution
    names the one who typed it.

    Args:
        user: who types.
        space: where.

    Returns:
        ``User`` queryset, ordered by name; empty unless ``user`` is a linker here.
    """
    if not user.is_authenticated or not can_link_in_space(user, space):
        return User.objects.none()
    linked = Membership.objects.typed_for_somebody().filter(space=space)
    return User.objects.filter(pk__in=linked.values("person")).order_by("name", "pk")


def _is_banned(user, space):
    return space.memberships.banned().filter(person=user).exists()
