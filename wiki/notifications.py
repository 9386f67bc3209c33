"""What people are told of the wiki."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conversations.readers import notice_key, readers_of
from notifications.kinds import Kind, register
from spaces.models import Membership
from spaces.notifications import quiet_url_of, space_scope, space_wishes
from spaces.telling import absolute, quiet_urls_of
from wiki.models import Page, Revision


@register
class PageChanged(Kind):
    """Somebody began or changed a page; ``about`` names the revision and who."""

    slug = "wiki.page_changed"
    label = gettext_lazy("A wiki page was changed")

    def load(self, ids):
        pages = Page.objects.standing().filter(pk__in=ids).select_related("space")
        return {str(page.pk): page for page in pages}

    def recipients(self, target, about):
        # News concerns nobody in particular; who else is a member need not be fetched.
        members = (
            Membership.objects.eager()
            .filter(space=target.space)
            .exclude(person=about.get("by"))
            .values_list("person", flat=True)
        )
        target.readers = readers_of(target, among=set(members))
        return User.objects.filter(pk__in=target.readers)

    def wishes(self, people, target, about):
        return space_wishes(people, target.space, concerned=False)

    def may_see(self, user, target):
        if user is None:
            return False
        readers = getattr(target, "readers", None)
        if readers is not None:
            return user.pk in readers
        return Page.objects.visible_to(user).filter(pk=target.pk).exists()

    def allowed(self, people, target):
        return readers_of(target, among={person.pk for person in people})

    def load_for(self, user, ids):
        pages = Page.objects.visible_to(user).filter(pk__in=ids)
        return {str(page.pk): page for page in pages.select_related("space")}

    def scope(self, target):
        return space_scope(target.space)

    def group_key(self, target, about):
        return notice_key(target.thread_id)

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

    def quiet_url(self, target, delivery):
        return quiet_url_of(delivery.recipient, target.space)

    def quiet_urls(self, pairs):
        return quiet_urls_of(pairs, lambda page: page.space)
