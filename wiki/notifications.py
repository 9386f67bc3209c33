"""What people are told of the wiki."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conversations.items import ItemNews
from conversations.readers import readers_of
from notifications.kinds import register
from notifications.letters import absolute
from spaces.models import Membership
from spaces.telling import space_wishes
from wiki.care_kinds import CareUnanswered as CareUnanswered
from wiki.care_kinds import PageDueForLook as PageDueForLook
from wiki.changed import changes_of
from wiki.models import Page, Revision
from wiki.proposal_kinds import ProposalCommented as ProposalCommented
from wiki.proposal_kinds import ProposalDecided as ProposalDecided
from wiki.proposal_kinds import ProposalWaits as ProposalWaits
from wiki.watching import letters_token, watchers_of


@register
class PageChanged(ItemNews):
    """Somebody began or changed a page; ``about`` names the revision and who."""

    slug = "wiki.page_changed"
    label = gettext_lazy("A wiki page was changed")

    def recipients(self, target, about):
        is_minor = bool(about.get("is_minor"))
        knowing = {about.get("by"), about.get("approved_by")}
        target.watchers = watchers_of(target, is_minor=is_minor)
        told = set(target.watchers)
        if not is_minor:
            eager = Membership.objects.eager().filter(space=target.space)
            told |= set(eager.values_list("person", flat=True))
        target.readers = readers_of(target, among=told - knowing)
        return User.objects.filter(pk__in=target.readers)

    def wishes(self, people, target, about):
        levels = dict.fromkeys(
            getattr(target, "watchers", ()), Membership.NoticeLevel.EVERYTHING
        )
        return space_wishes(people, target.space, concerned=False, levels=levels)

    def quiet_urls(self, pairs):
        """Who watches gets less of that page; who hears of everything, of the space."""
        urls = super().quiet_urls(pairs)
        for target, delivery in pairs:
            if delivery.recipient_id in _only_watching(target):
                token = letters_token(target, delivery.recipient)
                kwargs = {"space": target.space.slug, "token": token}
                urls[delivery.pk] = reverse("wiki:watch_letters", kwargs=kwargs)
        return urls

    def quiet_url(self, target, delivery):
        return self.quiet_urls([(target, delivery)]).get(delivery.pk)

    def load(self, ids):
        pages = Page.objects.standing().filter(pk__in=ids).select_related("space")
        return {str(page.pk): page for page in pages}

    def load_for(self, user, ids):
        pages = Page.objects.visible_to(user).filter(pk__in=ids)
        return {str(page.pk): page for page in pages.select_related("space")}

    def line(self, target, about):
        if about.get("number") == 1:
            return _("A new wiki page: “%(title)s”") % {"title": target.title}
        return _("The wiki page “%(title)s” was changed") % {"title": target.title}

    def gather(self, pairs):
        wanted = {
            delivery.pk: delivery.about.get("revision") for _page, delivery in pairs
        }
        revisions = Revision.objects.with_people().in_bulk(
            {pk for pk in wanted.values() if pk}
        )
        changes = changes_of(list(revisions.values()))
        return {
            delivery.pk: {
                "revision": revisions.get(wanted[delivery.pk]),
                "change": changes.get(wanted[delivery.pk]),
                "is_watched": delivery.recipient_id in _only_watching(page),
            }
            for page, delivery in pairs
        }

    def mail_context(self, target, delivery):
        number = delivery.about.get("number") or 1
        address = target.get_absolute_url()
        label = _("Read the page")
        if number > 1:
            kwargs = {"space": target.space.slug, "page": target.slug}
            compare = reverse("wiki:page_compare", kwargs=kwargs)
            address = f"{compare}?from={number - 1}&to={number}"
            label = _("See what changed")
        return {
            "page": target,
            "space": target.space,
            "is_new": number == 1,
            "action_url": absolute(address),
            "action_label": label,
        }


def _only_watching(page):
    """Ids of those who hear of a page because they watch, not of everything; asked
    once for all letters about it."""
    if not hasattr(page, "only_watching"):
        eager = Membership.objects.eager().filter(space=page.space_id)
        page.only_watching = watchers_of(page) - set(
            eager.values_list("person", flat=True)
        )
    return page.only_watching
