"""What people are told of proposals: those who decide, and who proposed."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conversations.readers import readers_of
from notifications.kinds import Kind, register
from spaces.models import Membership
from spaces.telling import quiet_url_of, quiet_urls_of, space_scope, space_wishes
from wiki.changed import difference
from wiki.models import Proposal, ProposalComment, Revision


class AboutProposal(Kind):
    """Only its writer and the stewards who see the page ever hear of a proposal."""

    expires_after = None

    def load(self, ids):
        found = Proposal.objects.filter(pk__in=ids, page__deleted__isnull=True)
        found = found.select_related(
            "page__space", "page__current", "base", "author", "decided_by"
        )
        return {str(proposal.pk): proposal for proposal in found}

    def load_for(self, user, ids):
        found = Proposal.objects.visible_to(user).filter(pk__in=ids)
        found = found.select_related("page__space", "author", "decided_by")
        return {str(proposal.pk): proposal for proposal in found}

    def may_see(self, user, target):
        return user is not None and user.pk in self.allowed([user], target)

    def allowed(self, people, target):
        ids = {person.pk for person in people}
        stewards = set(
            target.page.space.memberships.stewards()
            .filter(person__in=ids)
            .values_list("person", flat=True)
        )
        own = {target.author_id, target.entered_by_id}
        return readers_of(target.page, among=ids & (stewards | own))

    def wishes(self, people, target, about):
        return space_wishes(people, target.page.space, concerned=True)

    def scope(self, target):
        return space_scope(target.page.space)

    def group_key(self, target, about):
        return f"wiki.proposal:{target.pk}"

    def quiet_url(self, target, delivery):
        return quiet_url_of(delivery.recipient, target.page.space)

    def quiet_urls(self, pairs):
        return quiet_urls_of(pairs, lambda proposal: proposal.page.space)

    def mail_context(self, target, delivery):
        return {
            "page": target.page,
            "space": target.page.space,
            "proposal": target,
            "action_label": _("Read the proposal"),
        }


def first_told(proposal):
    """Ids of the stewards who are told at once: the page's carer and those who have
    written on it; all of them where there is none."""
    stewards = proposal.page.space.memberships.stewards()
    page = proposal.page
    near = set(Revision.objects.filter(page=page).values_list("author", flat=True))
    care = getattr(page, "care", None)
    near.add(care.carer_id if care is not None else None)
    everybody = set(stewards.values_list("person", flat=True))
    return (everybody & near) or everybody


@register
class ProposalWaits(AboutProposal):
    """Somebody proposed a change; ``about["raised"]``: it has waited too long."""

    slug = "wiki.proposal_waits"
    label = gettext_lazy("Proposals for wiki pages, in spaces I tend")

    def recipients(self, target, about):
        told = first_told(target)
        if about.get("raised"):
            stewards = target.page.space.memberships.stewards()
            everybody = set(stewards.values_list("person", flat=True))
            # Where all knew already, all are reminded.
            told = (everybody - told) or everybody
        return User.objects.filter(pk__in=told - {target.author_id})

    def line(self, target, about):
        words = {"title": target.page.title, "who": target.author_label}
        if about.get("raised"):
            return _("%(who)s still waits for an answer: “%(title)s”") % words
        return _("%(who)s proposes a change of “%(title)s”") % words

    def gather(self, pairs):
        # Decided meanwhile: nothing is left to tell.
        return {
            delivery.pk: {"lines": _lines(target), "is_raised": "raised" in about}
            if target.is_waiting
            else None
            for target, delivery in pairs
            for about in [delivery.about]
        }


def _lines(proposal):
    before = proposal.base or proposal.page.current
    return difference(before.body, proposal.body)[0]


@register
class ProposalDecided(AboutProposal):
    """A proposal was approved or declined; its writer is told, with the reason."""

    slug = "wiki.proposal_decided"
    label = gettext_lazy("What became of changes I proposed")

    def recipients(self, target, about):
        return [person for person in [target.author] if person is not None]

    def line(self, target, about):
        if target.state == Proposal.State.APPROVED:
            return _("Your change of “%(title)s” is live") % {
                "title": target.page.title
            }
        return _("Your change of “%(title)s” was not taken, and why") % {
            "title": target.page.title
        }

    def url(self, target, about):
        if target.state == Proposal.State.APPROVED:
            return target.page.get_absolute_url()
        return target.get_absolute_url()

    def mail_context(self, target, delivery):
        is_approved = target.state == Proposal.State.APPROVED
        return super().mail_context(target, delivery) | {
            "is_approved": is_approved,
            "action_label": _("Read the page") if is_approved else _("See it again"),
        }


@register
class ProposalCommented(AboutProposal):
    """Words about a proposal: the writer and the stewards who spoke are told."""

    slug = "wiki.proposal_commented"
    label = gettext_lazy("Words about proposals I am part of")

    def recipients(self, target, about):
        spoke = ProposalComment.objects.filter(proposal=target)
        told = {target.author_id, *spoke.values_list("author", flat=True)}
        stewards = Membership.objects.stewards().filter(space=target.page.space_id)
        if told <= {target.author_id, None}:
            told |= first_told(target) & set(stewards.values_list("person", flat=True))
        return User.objects.filter(pk__in=told - {about.get("by"), None})

    def line(self, target, about):
        return _("New words about a proposal for “%(title)s”") % {
            "title": target.page.title
        }

    def gather(self, pairs):
        wanted = {delivery.pk: delivery.about.get("comment") for _it, delivery in pairs}
        comments = ProposalComment.objects.select_related("author").in_bulk(
            set(filter(None, wanted.values()))
        )
        return {
            pk: {"comment": comments[number]} if number in comments else None
            for pk, number in wanted.items()
        }
