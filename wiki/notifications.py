"""What people are told of the wiki."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conversations.items import ItemNews
from notifications.kinds import register
from notifications.letters import absolute
from wiki.models import Page, Revision


@register
class PageChanged(ItemNews):
    """Somebody began or changed a page; ``about`` names the revision and who."""

    slug = "wiki.page_changed"
    label = gettext_lazy("A wiki page was changed")

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
            [pk for pk in wanted.values() if pk]
        )
        return {
            delivery: {"revision": revisions.get(pk)} for delivery, pk in wanted.items()
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
