"""What people are told about belonging to a space."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from notifications.kinds import Kind, Wish, register
from notifications.letters import absolute
from spaces.actions.accepting import answer_by_mail
from spaces.actions.refusals import Refused
from spaces.changes import DigestProposed, SpaceChanged
from spaces.models import Invitation, Membership, Space
from spaces.telling import (
    MembershipKind,
    ToldToSelf,
    ToldToStewards,
    quiet_url,
    quiet_url_of,
    space_scope,
    space_wishes,
)
from spaces.tokens import hash_of, invitation_token, is_current

__all__ = [
    "DigestProposed",
    "SpaceChanged",
    "quiet_url",
    "quiet_url_of",
    "space_scope",
    "space_wishes",
]


@register
class InvitedToSpace(Kind):
    """A letter of invitation; answering it joins."""

    slug = "spaces.invited"
    label = gettext_lazy("Somebody invites me to a space")
    is_answerable = True

    def load(self, ids):
        found = Invitation.objects.filter(pk__in=ids).select_related(
            "space", "group", "invited_by"
        )
        return {str(invitation.pk): invitation for invitation in found}

    def wakes(self, target, until):
        """Somebody waits for the answer; and most have no account to be quiet in."""
        return True

    def recipients(self, target, about):
        return []  # whoever invites says to whom (spaces.actions.inviting)

    def may_see(self, user, target):
        if not target.is_open:
            return False
        members = Membership.objects.active().filter(space=target.space)
        if user is None:
            return not members.filter(person__email__iexact=target.address).exists()
        return not members.filter(person=user).exists()

    def line(self, target, about):
        return _("%(person)s invites you to %(space)s") % {
            "person": _inviter(target),
            "space": target.space.name,
        }

    def url(self, target, about):
        return reverse("spaces:space_join", kwargs={"space": target.space.slug})

    def scope(self, target):
        return space_scope(target.space)

    def from_name(self, target, delivery):
        return _inviter(target)

    def mail_context(self, target, delivery):
        token = _letter_token(target)
        open_it = reverse("joining:invitation_detail", kwargs={"token": token})
        decline = reverse("joining:invitation_decline", kwargs={"token": token})
        return {
            "inviter": _inviter(target),
            "is_reminder": delivery.occurrence.startswith("reminder"),
            "is_last": delivery.occurrence == "reminder-2",
            "action_url": absolute(open_it),
            "action_label": _("See the invitation"),
            "decline_url": absolute(decline),
            "member_words": _members(target.space),
        }

    def quiet_url(self, target, delivery):
        token = _letter_token(target)
        return reverse("joining:invitation_decline", kwargs={"token": token})

    def answer(self, target, delivery, letter):
        try:
            return answer_by_mail(target, address=delivery.to, text=letter.text)
        except Refused as refusal:
            return str(refusal)


def _inviter(invitation):
    return str(invitation.invited_by or invitation.space.name)


def _members(space):
    number = space.memberships.active().count()
    return ngettext("%d member", "%d members", number) % number


def _letter_token(invitation):
    """The token for the letter; the hash is renewed after a change of SECRET_KEY."""
    token = invitation_token(invitation)
    if not is_current(invitation):
        invitation.token_hash = hash_of(token)
        invitation.save(update_fields=["token_hash"])
    return token


@register
class InvitationAccepted(MembershipKind):
    slug = "spaces.invitation_accepted"
    label = gettext_lazy("Somebody I invited has come")

    def recipients(self, target, about):
        return [target.invited_by] if target.invited_by else []

    def may_see(self, user, target):
        return (
            user is not None
            and target.space.memberships.active().filter(person=user).exists()
        )

    def visible(self, user, targets):
        spaces = set(Space.objects.of(user).values_list("pk", flat=True))
        return {pk: each for pk, each in targets.items() if each.space_id in spaces}

    def wishes(self, people, target, about):
        return space_wishes(people, target.space, concerned=True)

    def line(self, target, about):
        return _("%(person)s has accepted your invitation") % {"person": target.person}

    def url(self, target, about):
        return _member_page(target)

    def mail_context(self, target, delivery):
        return {"action_label": _("Say hello"), "words": delivery.about.get("words")}


@register
class JoinedByMail(ToldToSelf, MembershipKind):
    slug = "spaces.joined_by_mail"
    label = gettext_lazy("I have joined a space by answering a letter")

    def wakes(self, target, until):
        """They wrote a moment ago."""
        return True

    def line(self, target, about):
        return _("You are a member of %(space)s now") % {"space": target.space.name}

    def mail_context(self, target, delivery):
        sign_in = reverse("account_request_login_code")
        return {
            "action_label": _("Open the space"),
            "sign_in_url": absolute(sign_in),
            "settings_url": absolute(quiet_url(target)),
        }


@register
class Welcomed(ToldToSelf, MembershipKind):
    slug = "spaces.welcomed"
    label = gettext_lazy("A space welcomes me")

    def line(self, target, about):
        return _("Welcome to %(space)s") % {"space": target.space.name}

    def mail_context(self, target, delivery):
        return {"action_label": _("Open the space")}


@register
class RequestedToJoin(ToldToStewards, MembershipKind):
    slug = "spaces.requested_to_join"
    label = gettext_lazy("Somebody asks to join a space I look after")

    def wishes(self, people, target, about):
        return space_wishes(people, target.space, concerned=True)

    def line(self, target, about):
        return _("%(person)s asks to join %(space)s") % {
            "person": target.person,
            "space": target.space.name,
        }

    def url(self, target, about):
        return reverse(
            "spaces:request_detail",
            kwargs={"space": target.space.slug, "pk": target.pk},
        )

    def mail_context(self, target, delivery):
        return {"action_label": _("Read and decide")}


@register
class RequestAccepted(ToldToSelf, MembershipKind):
    slug = "spaces.request_accepted"
    label = gettext_lazy("My request to join was accepted")

    def line(self, target, about):
        return _("You are a member of %(space)s now") % {"space": target.space.name}

    def mail_context(self, target, delivery):
        return {"action_label": _("Open the space")}


@register
class RequestDeclined(ToldToSelf, MembershipKind):
    slug = "spaces.request_declined"
    label = gettext_lazy("My request to join was declined")

    def line(self, target, about):
        return _("Your request to join %(space)s was declined") % {
            "space": target.space.name
        }

    def url(self, target, about):
        return _door(target.space)

    def mail_context(self, target, delivery):
        return {"action_label": _("See your request")}


@register
class NewcomerJoined(ToldToStewards, MembershipKind):
    slug = "spaces.newcomer_joined"
    label = gettext_lazy("Somebody has joined a space I look after")

    def wishes(self, people, target, about):
        # News for the inbox; a letter of its own only for those who want to hear
        # everything.
        silent = Wish(inbox=False, mail=False)
        told = space_wishes(people, target.space, concerned=True)
        mailed = space_wishes(people, target.space, concerned=False)
        return {
            person.pk: Wish(
                inbox=told.get(person.pk, silent).inbox,
                mail=mailed.get(person.pk, silent).mail,
            )
            for person in people
        }

    def line(self, target, about):
        return _("%(person)s has joined %(space)s") % {
            "person": target.person,
            "space": target.space.name,
        }

    def url(self, target, about):
        return _member_page(target)

    def mail_context(self, target, delivery):
        return {"action_label": _("Say hello")}


@register
class RoleChanged(ToldToSelf, MembershipKind):
    slug = "spaces.role_changed"
    label = gettext_lazy("My role in a space has changed")

    def line(self, target, about):
        return _("Your role in %(space)s is now: %(role)s") % {
            "space": target.space.name,
            "role": target.get_role_display(),
        }

    def mail_context(self, target, delivery):
        return {
            "action_label": _("Open the space"),
            "is_facilitator": target.is_facilitator,
            "is_steward": target.role == Membership.Role.STEWARD,
        }


@register
class MemberBanned(ToldToSelf, MembershipKind):
    slug = "spaces.member_banned"
    label = gettext_lazy("My membership was ended")

    def may_see(self, user, target):
        return super().may_see(user, target) and (
            target.status == Membership.Status.BANNED
        )

    def line(self, target, about):
        return _("Your membership in %(space)s was ended") % {
            "space": target.space.name
        }

    def url(self, target, about):
        return _door(target.space)

    def scope(self, target):
        return None  # no list any more: nothing to unsubscribe from

    def quiet_url(self, target, delivery):
        return None

    def mail_context(self, target, delivery):
        return {"action_url": ""}


@register
class BanLifted(ToldToSelf, MembershipKind):
    slug = "spaces.ban_lifted"
    label = gettext_lazy("I may come back to a space")

    def line(self, target, about):
        return _("You may come back to %(space)s") % {"space": target.space.name}

    def url(self, target, about):
        return _door(target.space)

    def mail_context(self, target, delivery):
        is_open = target.space.join_policy != Space.JoinPolicy.INVITATION
        return {
            "action_url": absolute(_door(target.space)) if is_open else "",
            "action_label": _("See how to join"),
        }


def _member_page(membership):
    return reverse(
        "spaces:member_detail",
        kwargs={"space": membership.space.slug, "pk": membership.pk},
    )


def _door(space):
    """The page about joining; a hidden space has none for people outside."""
    if space.visibility == Space.Visibility.HIDDEN:
        return reverse("discover:home")
    return reverse("spaces:space_join", kwargs={"space": space.slug})
