"""What a writer is told about a letter that came in, and who has to look at one."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inbound.models import ReceivedLetter
from inbound.tongues import without_prefix
from notifications.kinds import Kind, Wish, register
from spaces.telling import (
    MembershipKind,
    ToldToStewards,
    quiet_url_of,
    quiet_urls_of,
    space_scope,
    space_wishes,
)


class AboutLetter(Kind):
    """What the three answers share: they go to whoever wrote, once."""

    expires_after = timedelta(days=2)
    # What is answered to them goes where the first mail went (``inbound.doors``).
    is_answerable = True

    def load(self, ids):
        found = ReceivedLetter.objects.filter(pk__in=ids).select_related(
            "delivery__recipient"
        )
        return {str(letter.pk): letter for letter in found}

    def recipients(self, target, about):
        return []

    def may_see(self, user, target):
        # It goes back to the address it came from, and says nothing but its own words.
        return user is None

    def line(self, target, about):
        return target.subject

    def url(self, target, about):
        return about.get("path") or "/"

    def mail_context(self, target, delivery):
        return {
            "letter": target,
            "subject": without_prefix(target.subject),
            "reason": delivery.about["reason"],
            "returned": target.text,
            "action_url": "",
        }

    def mail_headers(self, target, delivery):
        """Threaded to what they wrote; a machine answers a machine's answer never."""
        return {
            "Auto-Submitted": "auto-replied",
            "In-Reply-To": target.message_id,
            "References": target.message_id,
        }


@register
class LetterRefused(AboutLetter):
    """It was not taken, and here it is again."""

    slug = "inbound.letter_refused"
    label = gettext_lazy("An answer by mail could not be taken")


@register
class LetterHeld(AboutLetter):
    """It waits for somebody to look at it."""

    slug = "inbound.letter_held"
    label = gettext_lazy("An answer by mail waits for review")


@register
class LetterTaken(AboutLetter):
    """It was taken, and this is what it did."""

    slug = "inbound.letter_taken"
    label = gettext_lazy("An answer by mail was taken")


@register
class LetterWaits(ToldToStewards, Kind):
    """Those who tend a space decide about a mail whose sender is not certain."""

    slug = "inbound.mail_waits"
    label = gettext_lazy("A mail to a space I look after waits for me")

    def load(self, ids):
        found = ReceivedLetter.objects.held().filter(pk__in=ids)
        found = found.select_related(
            "space", "delivery__recipient", "membership__person"
        )
        return {str(letter.pk): letter for letter in found}

    def wishes(self, people, target, about):
        return space_wishes(people, target.space, concerned=True)

    def line(self, target, about):
        return _("A mail from %(sender)s to %(space)s waits for you to look at it") % {
            "sender": target.sender,
            "space": target.space.name,
        }

    def url(self, target, about):
        return reverse("inbound:letter_list", kwargs={"space": target.space.slug})

    def scope(self, target):
        return space_scope(target.space)

    def group_key(self, target, about):
        return f"inbound.waits:{target.space_id}"

    def mail_context(self, target, delivery):
        return {"letter": target, "action_label": _("Look at it")}

    def quiet_url(self, target, delivery):
        return quiet_url_of(delivery.recipient, target.space)

    def quiet_urls(self, pairs):
        return quiet_urls_of(pairs, lambda letter: letter.space)


@register
class AddressStopped(ToldToStewards, MembershipKind):
    """Letters to a member come back, or were called spam: somebody has to call them."""

    slug = "inbound.address_stopped"
    label = gettext_lazy("Letters do not reach a member of a space I look after")

    def wishes(self, people, target, about):
        # For the inbox; a letter about letters would be one too many.
        return {person.pk: Wish(inbox=True, mail=False) for person in people}

    def line(self, target, about):
        return _(
            "Letters to %(person)s do not arrive any more. Ask them another way."
        ) % {"person": target.person}

    def url(self, target, about):
        return reverse(
            "spaces:member_detail",
            kwargs={"space": target.space.slug, "pk": target.pk},
        )
