"""The letters of an announcement: to every member, and the copy that tries it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conversations.about import AboutMessage, with_whole_addresses
from conversations.actions.announcing import as_post
from conversations.reaching import reach
from conversations.wording import draw_message
from markup.rendering import plain_text
from notifications.kinds import Kind, Wish, register
from notifications.letters import absolute
from spaces.models import Membership, Space
from spaces.telling import quiet_url_of, space_scope


@register
class Announced(AboutMessage):
    """A facilitator tells every member something; an answer stands under it."""

    slug = "conversations.announced"
    label = gettext_lazy("Announcements by facilitators")

    def recipients(self, target, about):
        members = Membership.objects.active().filter(space=target.thread.space_id)
        people = members.exclude(person=target.author_id).values("person")
        return User.objects.filter(pk__in=people)

    def wishes(self, people, target, about):
        """As the facilitator was shown before sending: the very same rule."""
        reached = reach(
            target.thread.space, by=target.author, named=about.get("named", ())
        )
        return {each.member.person_id: each.wish for each in reached}

    def line(self, target, about):
        return _("%(who)s announces: “%(title)s”") % {
            "who": target.author_label,
            "title": target.thread.title,
        }

    def mail_context(self, target, delivery):
        return {**super().mail_context(target, delivery), "is_trial": False}


@register
class AnnouncementTried(Kind):
    """The writer's own copy, before anybody else gets it."""

    slug = "conversations.announcement_tried"
    label = gettext_lazy("A copy of my announcement, to try it")

    @property
    def template_stem(self):
        """The letter that it tries."""
        return Announced().template_stem

    def load(self, ids):
        return {str(each.pk): each for each in Space.objects.filter(pk__in=ids)}

    def recipients(self, target, about):
        return []  # the writer (conversations.actions.announcing)

    def may_see(self, user, target):
        return user is not None and (
            Membership.objects.facilitators().filter(space=target, person=user).exists()
        )

    def wishes(self, people, target, about):
        return {person.pk: Wish(inbox=False, mail=True) for person in people}

    def wakes(self, target, until):
        """Its writer waits for it."""
        return True

    def line(self, target, about):
        return about.get("title", "")

    def url(self, target, about):
        return reverse("conversations:announcement_list", kwargs={"space": target.slug})

    def scope(self, target):
        return space_scope(target)

    def quiet_url(self, target, delivery):
        return quiet_url_of(delivery.recipient, target)

    def mail_context(self, target, delivery):
        about = delivery.about
        rendered, _named = draw_message(as_post(about["title"], about["text"]), target)
        return {
            "who": str(delivery.recipient),
            "title": about["title"],
            "space": target,
            "text": plain_text(as_post(about["title"], about["text"])),
            "body_html": with_whole_addresses(rendered.html),
            "action_url": absolute(self.url(target, about)),
            "action_label": _("Read it on the web"),
            # On the page it is shown as it will be sent.
            "is_trial": not about.get("is_shown"),
        }
