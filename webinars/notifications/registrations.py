"""What one person is told about their own answer."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conversations.readers import notice_key, readers_of
from notifications.kinds import Kind, register
from notifications.letters import absolute
from spaces.notifications import quiet_url_of, space_scope
from spaces.telling import quiet_urls_of
from webinars.clock import letter_context
from webinars.models import Registration, Webinar
from webinars.notifications.mailed import answer_by_letter
from webinars.notifications.webinars import calendar_files


class AboutRegistration(Kind):
    """What the Kinds about one person's answer share."""

    is_answerable = True

    def load(self, ids):
        found = Registration.objects.filter(pk__in=ids).select_related(
            "webinar__space", "webinar__thread", "webinar__room", "person"
        )
        return {str(registration.pk): registration for registration in found}

    def recipients(self, target, about):
        return [target.person] if target.person_id else []

    def may_see(self, user, target):
        if user is None:  # a guest's bare address
            return target.person_id is None and bool(target.guest_address)
        return user.pk == target.person_id and bool(
            readers_of(target.webinar, among={user.pk})
        )

    def allowed_each(self, readers, targets):
        """One question per webinar, however many come."""
        coming = defaultdict(set)
        for pk in readers:
            coming[targets[pk].webinar].add(targets[pk].person_id)
        seeing = {
            webinar: readers_of(webinar, among=people)
            for webinar, people in coming.items()
        }
        return {
            pk: {person.pk for person in people}
            & {targets[pk].person_id}
            & seeing[targets[pk].webinar]
            for pk, people in readers.items()
        }

    def scope(self, target):
        return space_scope(target.webinar.space)

    def group_key(self, target, about):
        return notice_key(target.webinar.thread_id)

    def wakes(self, target, until):
        """Asked for by the person's own act, and worthless in the morning."""
        return True

    def url(self, target, about):
        return target.webinar.get_absolute_url()

    def mail_context(self, target, delivery):
        return {
            **letter_context(target.webinar),
            "registration": target,
            "action_url": absolute(target.webinar.get_absolute_url()),
            "action_label": _("Open its page"),
        }

    def attachments(self, target, delivery):
        return calendar_files(target.webinar, delivery, target.answer)

    def quiet_url(self, target, delivery):
        return quiet_url_of(delivery.recipient, target.webinar.space)

    def quiet_urls(self, pairs):
        return quiet_urls_of(pairs, lambda registration: registration.webinar.space)

    def load_for(self, user, ids):
        found = Registration.objects.filter(
            pk__in=ids, person=user, webinar__in=Webinar.objects.visible_to(user)
        ).select_related("webinar__space", "webinar__thread", "person")
        return {str(registration.pk): registration for registration in found}

    def answer(self, target, delivery, letter):
        return answer_by_letter(target.webinar, delivery.recipient, letter)


@register
class WebinarAnswered(AboutRegistration):
    """A person said that they come: here is everything they need."""

    slug = "webinars.webinar_answered"
    label = gettext_lazy("My answer to a webinar")

    def wishes(self, people, target, about):
        # Asked for by the person's own act; not a matter of levels.
        return {}

    def line(self, target, about):
        words = {"title": target.webinar.title}
        if target.answer == Registration.Answer.MAYBE:
            return _("Perhaps you are coming: %(title)s") % words
        return _("You are coming to %(title)s") % words


@register
class WebinarStartsSoon(AboutRegistration):
    """A reminder before it begins."""

    slug = "webinars.webinar_starts_soon"
    label = gettext_lazy("Reminder of a webinar I come to")
    expires_after = None  # each row expires when its webinar begins

    def gather(self, pairs):
        """Drop what is no longer true: moved, cancelled, or no longer coming."""
        return {
            delivery.pk: None
            for target, delivery in pairs
            if target.webinar.cancelled
            or target.answer == Registration.Answer.NO
            or target.webinar.starts != datetime.fromisoformat(delivery.about["starts"])
        }

    def wakes(self, target, until):
        """When it begins before the morning, or so soon after it that all is late; a
        reminder days ahead can wait until then."""
        return target.webinar.starts < until + timedelta(hours=3)

    def attachments(self, target, delivery):
        """None: the calendar has it already, and a reminder must stay small."""
        return []

    def line(self, target, about):
        return _("%(title)s begins soon") % {"title": target.webinar.title}
