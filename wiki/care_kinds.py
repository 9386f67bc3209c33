"""What carers are asked of a page, and what facilitators hear of no answer."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conversations.readers import readers_of
from notifications.kinds import Kind, register
from notifications.letters import absolute
from spaces.models import Membership
from spaces.telling import quiet_url_of, quiet_urls_of, space_scope, space_wishes
from spaces.tokens import sign_setting
from wiki.models import Care, Page, Revision

SALT = "wiki.care_look"
# Of a group that looks after a page, so many are asked: those who wrote on it first.
MOST_ASKED = 8


def look_path(care, person):
    """Where a letter leads that asks this person about this page, this time."""
    day = care.due.toordinal() if care.due else 0
    token = sign_setting(SALT, care.pk, person.pk, day)
    kwargs = {"space": care.page.space.slug, "token": token}
    return reverse("wiki:care_look", kwargs=kwargs)


class AboutCare(Kind):
    """A letter about the care of a page."""

    expires_after = None

    def load(self, ids):
        found = Care.objects.filter(pk__in=ids, page__deleted__isnull=True)
        found = found.select_related("page__space", "carer", "carer_group")
        return {str(care.pk): care for care in found}

    def load_for(self, user, ids):
        found = Care.objects.filter(pk__in=ids, page__in=Page.objects.visible_to(user))
        found = found.select_related("page__space")
        return {str(care.pk): care for care in found}

    def may_see(self, user, target):
        return user is not None and user.pk in self.allowed([user], target)

    def allowed(self, people, target):
        return readers_of(target.page, among={person.pk for person in people})

    def wishes(self, people, target, about):
        return space_wishes(people, target.page.space, concerned=True)

    def scope(self, target):
        return space_scope(target.page.space)

    def url(self, target, about):
        return target.page.get_absolute_url()

    def group_key(self, target, about):
        return f"wiki.care:{target.pk}"

    def quiet_url(self, target, delivery):
        return quiet_url_of(delivery.recipient, target.page.space)

    def quiet_urls(self, pairs):
        return quiet_urls_of(pairs, lambda care: care.page.space)

    def mail_context(self, target, delivery):
        address = ""
        if delivery.recipient is not None:
            address = absolute(look_path(target, delivery.recipient))
        answers = [
            (str(label), f"{address}?say={verdict}")
            for verdict, label in Care.Verdict.choices
        ]
        return {
            "page": target.page,
            "space": target.page.space,
            "care": target,
            "answers": answers,
            "action_label": _("Read the page"),
        }

    def gather(self, pairs):
        # Looked at meanwhile: nothing is left to ask.
        return {delivery.pk: None for care, delivery in pairs if care.asked is None}


@register
class PageDueForLook(AboutCare):
    """The day has come on which a page is looked at; its carers are asked."""

    slug = "wiki.page_due_for_look"
    label = gettext_lazy("Wiki pages I look after, when they are due")

    def recipients(self, target, about):
        return User.objects.filter(pk__in=carers_of(target))

    def line(self, target, about):
        return _("Is “%(title)s” still right?") % {"title": target.page.title}


@register
class CareUnanswered(AboutCare):
    """Nobody looked when asked; facilitators are told, once."""

    slug = "wiki.care_unanswered"
    label = gettext_lazy("Wiki pages nobody looked at when due, in spaces I run")

    def recipients(self, target, about):
        own = Membership.objects.facilitators().filter(space=target.page.space_id)
        return User.objects.filter(pk__in=own.values("person"))

    def line(self, target, about):
        return _("Nobody has looked at “%(title)s”") % {"title": target.page.title}


def carers_of(care):
    """Ids of those who are asked: the carer, else some of the group, else stewards."""
    members = Membership.objects.active().filter(space=care.page.space_id)
    if care.carer_id is not None:
        found = set(
            members.filter(person=care.carer_id).values_list("person", flat=True)
        )
        if found:
            return found
    if care.carer_group_id is not None:
        people = list(
            members.filter(group=care.carer_group_id, person__email__isnull=False)
            .order_by("-joined", "pk")
            .values_list("person", flat=True)
        )
        writers = set(
            Revision.objects.filter(page=care.page_id).values_list("author", flat=True)
        )
        people.sort(key=lambda pk: pk not in writers)
        if people:
            return set(people[:MOST_ASKED])
    return set(members.stewards().values_list("person", flat=True))
