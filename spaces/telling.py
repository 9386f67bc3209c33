"""Where a space's letters belong, and how its people want to be told."""

from django.urls import reverse

from notifications.kinds import Kind, Scope, Wish
from spaces.models import Membership
from spaces.tokens import sign_membership


def space_scope(space):
    """The ``Scope`` of everything that happens in a space.

    Args:
        space: a ``Space``.

    Returns:
        ``Scope``; its key names the List-Id and the one-click unsubscribe.
    """
    return Scope(f"space-{space.pk}", space.name, space.get_absolute_url())


def space_wishes(people, space, *, concerned, named=(), levels=None):
    """How these people want to be told of one thing in a space, in one query.

    Args:
        people: persons (``Kind.wishes`` hands them over).
        space: where it happened.
        concerned: whether it concerns these people (an answer in a thread they
            follow, a request they decide on); False for general news.
        named: people (or their ids) who are addressed by name in it.
        levels: dict of person id to the level chosen for this one thing; it goes
            before the level for the space.

    Returns:
        dict of person id to ``Wish``. People who are not active members are left
        out: the Kind's default holds for them.
    """
    named = {getattr(each, "pk", each) for each in named}
    levels = levels or {}
    memberships = (
        Membership.objects.active()
        .filter(space=space, person__in=[person.pk for person in people])
        .values_list("person", "notice_level", "mails_at_once")
    )
    return {
        person: _wish(
            levels.get(person, level),
            at_once,
            concerned=concerned,
            named=person in named,
        )
        for person, level, at_once in memberships
    }


def _wish(level, at_once, *, concerned, named):
    Level = Membership.NoticeLevel
    told = (
        level == Level.EVERYTHING
        or (level == Level.CONCERNED and (concerned or named))
        or (level == Level.MENTIONS and named)
    )
    return Wish(inbox=told, mail=told and at_once)


def quiet_url(membership):
    """Path of the page, open without sign-in, where one turns this space down.

    Args:
        membership: whose mails; None (not a member) gives None.

    Returns:
        a path, or None; ``Kind.quiet_url`` hands it on.
    """
    if membership is None:
        return None
    return reverse(
        "spaces:mail_settings",
        kwargs={"space": membership.space.slug, "token": sign_membership(membership)},
    )


def quiet_url_of(person, space):
    """As ``quiet_url``, for a person who gets a letter about a space."""
    if person is None:
        return None
    membership = Membership.objects.filter(space=space, person=person).first()
    if membership is not None:
        membership.space = space
    return quiet_url(membership)


def quiet_urls_of(pairs, space_of):
    """As ``quiet_url_of``, for a whole claim of letters in one query.

    Args:
        pairs: (target, delivery), as ``Kind.quiet_urls`` gets them.
        space_of: finds a target's space.

    Returns:
        dict of delivery id to path; people who are not members are left out.
    """
    spaces = {space_of(target).pk: space_of(target) for target, _delivery in pairs}
    memberships = {
        (membership.space_id, membership.person_id): membership
        for membership in Membership.objects.filter(
            space__in=list(spaces),
            person__in={delivery.recipient_id for _target, delivery in pairs},
        )
    }
    found = {}
    for target, delivery in pairs:
        space = space_of(target)
        if membership := memberships.get((space.pk, delivery.recipient_id)):
            membership.space = spaces[space.pk]
            found[delivery.pk] = quiet_url(membership)
    return found


class MembershipKind(Kind):
    """A Kind about one membership; subclasses say who is told and how it reads."""

    def load(self, ids):
        found = Membership.objects.filter(pk__in=ids).select_related(
            "space", "person", "group", "invited_by", "decided_by"
        )
        return {str(membership.pk): membership for membership in found}

    def scope(self, target):
        return space_scope(target.space)

    def url(self, target, about):
        return target.space.get_absolute_url()

    def quiet_url(self, target, delivery):
        return quiet_url_of(delivery.recipient, target.space)

    def quiet_urls(self, pairs):
        return quiet_urls_of(pairs, lambda membership: membership.space)


class ToldToSelf:
    """The member (or former member) is told; also one who may not come in any more."""

    def recipients(self, target, about):
        return [target.person]

    def may_see(self, user, target):
        return user is not None and user.pk == target.person_id


class ToldToStewards:
    """Those who tend the space are told, except who did it."""

    def recipients(self, target, about):
        stewards = target.space.memberships.stewards().select_related("person")
        return [each.person for each in stewards if each.person_id != about.get("by")]

    def may_see(self, user, target):
        return user is not None and bool(self.allowed([user], target))

    def allowed(self, people, target):
        stewards = target.space.memberships.stewards()
        return set(
            stewards.filter(person__in=[person.pk for person in people]).values_list(
                "person", flat=True
            )
        )

    def visible(self, user, targets):
        own = Membership.objects.stewards().filter(person=user)
        spaces = set(own.values_list("space", flat=True))
        return {pk: it for pk, it in targets.items() if it.space_id in spaces}
