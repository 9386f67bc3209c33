"""What people are told of webinars, each letter with its calendar object."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conversations.items import AboutItem
from conversations.readers import readers_of
from notifications.kinds import Wish, register
from notifications.letters import absolute
from spaces.models import Membership
from spaces.notifications import space_wishes
from webinars.calendar import invitation
from webinars.clock import letter_context
from webinars.models import Registration, Webinar
from webinars.notifications.mailed import answer_by_letter


class AboutWebinar(AboutItem):
    """What the Kinds about a webinar share: its members are told."""

    is_answerable = True

    def load(self, ids):
        found = Webinar.objects.filter(pk__in=ids)
        found = found.select_related("space", "thread", "room")
        return {str(webinar.pk): webinar for webinar in found}

    def recipients(self, target, about):
        members = Membership.objects.active().filter(space=target.space)
        among = set(members.values_list("person", flat=True)) - {about.get("by")}
        return User.objects.filter(pk__in=readers_of(target, among=among))

    def wishes(self, people, target, about):
        return space_wishes(people, target.space, concerned=True)

    def gather(self, pairs):
        """What each person has answered so far, in one query."""
        answers = {
            (registration.webinar_id, registration.person_id): registration.answer
            for registration in Registration.objects.filter(
                webinar__in={target.pk for target, _delivery in pairs},
                person__in={delivery.recipient_id for _target, delivery in pairs},
            )
        }
        for target, delivery in pairs:
            delivery.answer = answers.get((target.pk, delivery.recipient_id))
        return {}

    def mail_context(self, target, delivery):
        return {
            **letter_context(target),
            "action_url": absolute(target.get_absolute_url()),
            "action_label": _("See it, and say whether you come"),
        }

    def attachments(self, target, delivery):
        answer = getattr(delivery, "answer", None)
        return calendar_files(target, delivery, answer)

    def load_for(self, user, ids):
        webinars = Webinar.objects.visible_to(user).filter(pk__in=ids)
        webinars = webinars.select_related("space", "thread")
        return {str(webinar.pk): webinar for webinar in webinars}

    def answer(self, target, delivery, letter):
        return answer_by_letter(target, delivery.recipient, letter)


class ToldToWhoComes(AboutWebinar):
    """News for members; whoever comes must hear it, whatever their level is."""

    def wishes(self, people, target, about):
        coming = target.registrations.exclude(answer=Registration.Answer.NO)
        wishes = super().wishes(people, target, about)
        return wishes | dict.fromkeys(coming.values_list("person", flat=True), Wish())

    def wakes(self, target, until):
        """When it begins before the morning, or so soon after it that all is late."""
        return target.starts < until + timedelta(hours=3)


def calendar_files(webinar, delivery, answer):
    """The calendar object of one letter, as ``Kind.attachments`` returns it."""
    method, data = invitation(
        webinar,
        address=delivery.to,
        name=delivery.recipient.get_full_name() if delivery.recipient else "",
        answer=answer,
        organiser=delivery.reply_address,
        room=answer in {Registration.Answer.YES, Registration.Answer.MAYBE},
    )
    return [("invitation.ics", data, f"text/calendar; method={method}")]


@register
class WebinarScheduled(AboutWebinar):
    """A webinar was called."""

    slug = "webinars.webinar_scheduled"
    label = gettext_lazy("A new webinar")

    def line(self, target, about):
        return _("New webinar: %(title)s") % {"title": target.title}


@register
class WebinarChanged(ToldToWhoComes):
    """Its time or its room changed."""

    slug = "webinars.webinar_changed"
    label = gettext_lazy("A webinar is moved")

    def line(self, target, about):
        if about.get("moved"):
            return _("Moved: %(title)s") % {"title": target.title}
        return _("New details: %(title)s") % {"title": target.title}


@register
class WebinarCancelled(ToldToWhoComes):
    """It was called off."""

    slug = "webinars.webinar_cancelled"
    label = gettext_lazy("A webinar is cancelled")
    is_answerable = True

    def line(self, target, about):
        return _("Cancelled: %(title)s") % {"title": target.title}
