"""Answering an invitation: on the web, by mail, or with no thank you."""

import re
import unicodedata

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import make_account_for_address
from notifications.actions import notify
from notifications.kinds import kind_of
from spaces.actions.admitting import addresses_of, admit, lock_membership
from spaces.actions.inviting import forget_invited
from spaces.actions.refusals import Refused
from spaces.models import Invitation, Membership
from spaces.permissions import can_grant_roles

REFUSING_WORDS = {
    "no", "nope", "non", "nao", "hapana", "stop", "arret", "para", "pare", "acha",
    "unsubscribe", "decline", "declined", "never", "jamais", "nunca", "desabonnement",
    "siyo", "sitaki",
}  # fmt: skip
# "No problem, count me in" is a yes.
YES_ALL_THE_SAME = re.compile(r"no (problem|worries|doubt|hay problema|ha problema)")


def why_closed(invitation):
    """Why an invitation opens nothing any more, in words, or ""."""
    State = Invitation.State
    if invitation.state == State.DECLINED:
        # Who changes their mind may still come, while the letter holds.
        is_over = invitation.expires and invitation.expires <= timezone.now()
        return _("This invitation has expired.") if is_over else ""
    return {
        State.ACCEPTED: _("This invitation has been used already."),
        State.REVOKED: _("This invitation was taken back by those who sent it."),
        State.USED_UP: _("As many people as this link was made for have come by it."),
        State.EXPIRED: _("This invitation has expired."),
    }.get(invitation.state, "")


def why_not_for(invitation, person):
    """Why this person cannot use an invitation made for somebody else, or ""."""
    if invitation.is_letter:
        if invitation.address.lower() not in addresses_of(person):
            return _("This letter was written to %(address)s.") % {
                "address": veil(invitation.address)
            }
    elif invitation.domain:
        ending = "@" + invitation.domain.lower()
        if not any(each.endswith(ending) for each in addresses_of(person)):
            return _("This link is for people with an address at %(domain)s.") % {
                "domain": invitation.domain
            }
    return ""


def veil(address):
    """Enough of an address to know one's own by: ``a***@example.org``."""
    local, _at, domain = address.partition("@")
    return f"{local[:1]}***@{domain}"


@transaction.atomic
def accept_invitation(
    invitation, *, by, group=None, accepts_rules=False, via="invitation", words=""
):
    """Come in by a letter or a link. Pressing twice comes in once.

    Args:
        invitation: the invitation.
        by: who accepts.
        group: the stakeholder group they chose; else the invitation's.
        accepts_rules: whether they accepted the house rules.
        via: "invitation" on the web, "mail" when they answered the letter.
        words: what they wrote besides, for the one who invited.

    Returns:
        (membership, whether they came in now).

    Raises:
        Refused: closed, somebody else's, banned, archived.
    """
    if reason := why_not_for(invitation, by):
        raise Refused(reason)
    member, _is_new = lock_membership(invitation.space, by)
    if member.status == Membership.Status.ACTIVE:
        return member, False
    fresh = Invitation.objects.get(pk=invitation.pk)
    if reason := why_closed(fresh):
        raise Refused(reason)
    member, _came = admit(
        invitation.space,
        by,
        by=by,
        via=via,
        group=group or invitation.group,
        role=_role_given(invitation),
        invited_by=invitation.invited_by,
        accepts_rules=accepts_rules,
        is_welcomed=via != "mail",
    )
    _use(fresh)
    _tell_inviter(invitation, member, words)
    return member, True


def _role_given(invitation):
    """A role above member holds while whoever promised it may still give it: else a
    facilitator who left, or was put back, returns as one by a link of their own."""
    inviter = invitation.invited_by
    if inviter is not None and can_grant_roles(inviter, invitation.space):
        return invitation.role
    return Membership.Role.MEMBER


def _use(invitation):
    """Count one use, or refuse; the database counts, so the last place goes once."""
    if invitation.is_letter:
        # ``admit`` has just counted the open letters to this person as used.
        Invitation.objects.filter(pk=invitation.pk).update(declined=None)
        return
    counted = (
        Invitation.objects.usable()
        .filter(pk=invitation.pk)
        .update(use_count=F("use_count") + 1)
    )
    if not counted:
        invitation.refresh_from_db()
        raise Refused(why_closed(invitation))


def _tell_inviter(invitation, member, words):
    inviter = invitation.invited_by
    if inviter is None or inviter.pk == member.person_id:
        return
    notify(
        kind_of("spaces.invitation_accepted"),
        member,
        about={"words": words[:500]},
        occurrence=f"invitation-{invitation.pk}",
        to=[inviter],
    )


@transaction.atomic
def decline_invitation(invitation):
    """No thank you, in one press: no reminder follows. Twice is harmless.

    Returns:
        whether the letter was open until now.
    """
    changed = (
        Invitation.objects.by_letter()
        .filter(pk=invitation.pk, use_count=0, declined__isnull=True)
        .update(declined=timezone.now())
    )
    if changed:
        forget_invited(invitation)
    return bool(changed)


def is_refusal(text):
    """Whether a mailed answer says no (English, French, Spanish, Portuguese, Swahili).

    Args:
        text: the answer, without what it quotes.
    """
    plain = unicodedata.normalize("NFKD", text.strip().casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.findall(r"[a-z]+", plain[:200])
    if not words or YES_ALL_THE_SAME.match(" ".join(words)):
        return False
    return words[0] in REFUSING_WORDS or words[:2] in (
        ["pas", "interesse"],
        ["not", "interested"],
    )


@transaction.atomic
def answer_by_mail(invitation, *, address, text):
    """Join, or say no, by answering the letter from the address it went to.

    The answer came from that address with that letter's own reply token, so the
    address is proven: somebody new gets an account without a password and signs in
    with an e-mailed code. House rules stood in the letter; answering accepts them.

    Args:
        invitation: the letter.
        address: where the letter went; ``inbound`` has made sure the sender is it.
        text: the answer, without what it quotes.

    Returns:
        a sentence for the confirming mail; "" when the letter ``spaces.joined_by_mail``
        says it all.

    Raises:
        Refused: the invitation is closed or the person barred, in words.
    """
    if not text.strip():
        return _("Your answer was empty. Write “yes” to join, or “no”.")
    if is_refusal(text):
        decline_invitation(invitation)
        return _(
            "All right. You will hear no more of %(space)s. If you change your mind, "
            "the link in the letter still works."
        ) % {"space": invitation.space}
    if reason := why_closed(invitation):
        already = Membership.objects.active().filter(
            space=invitation.space, person__email__iexact=address
        )
        if not already.exists():
            raise Refused(reason)
    person = make_account_for_address(
        address,
        name=invitation.name,
        language=invitation.language,
        time_zone=invitation.space.time_zone,
    )
    if not person.is_active:
        raise Refused(_("The account with this address has been closed."))
    member, came = accept_invitation(
        invitation, by=person, accepts_rules=True, via="mail", words=text
    )
    if not came:
        return _("You are a member of %(space)s already.") % {"space": member.space}
    notify(
        kind_of("spaces.joined_by_mail"),
        member,
        occurrence=f"invitation-{invitation.pk}",
    )
    return ""
