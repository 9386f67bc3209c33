"""What people are told of webinars, each letter with its calendar object."""

import re
from collections import defaultdict
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conversations.items import AboutItem
from conversations.notifications import answer_by_letter as answer_thread_by_letter
from conversations.readers import notice_key, readers_of
from notifications.kinds import Kind, Wish, register
from notifications.letters import absolute
from spaces.models import Membership
from spaces.notifications import quiet_url_of, space_scope, space_wishes
from spaces.telling import quiet_urls_of
from webinars.actions import answer_webinar
from webinars.calendar import answer_in, invitation
from webinars.clock import letter_context
from webinars.models import Registration, Webinar
from webinars.permissions import can_answer_webinar


class AboutWebinar(AboutItem):
    """What the Kinds about a webinar share: its members are told."""

    is_answerable = True

    def load(self, ids):
        found = Webinar.objects.filter(pk__in=ids).select_related("space", "thread")
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


class AboutRegistration(Kind):
    """What the Kinds about one person's answer share."""

    is_answerable = True

    def load(self, ids):
        found = Registration.objects.filter(pk__in=ids).select_related(
            "webinar__space", "webinar__thread", "person"
        )
        return {str(registration.pk): registration for registration in found}

    def recipients(self, target, about):
        return [target.person]

    def may_see(self, user, target):
        return (
            user is not None
            and user.pk == target.person_id
            and bool(readers_of(target.webinar, among={user.pk}))
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

    def attachments(self, target, delivery):
        """None: the calendar has it already, and a reminder must stay small."""
        return []

    def line(self, target, about):
        return _("%(title)s begins soon") % {"title": target.webinar.title}


def answer_by_letter(webinar, person, letter):
    """A mailed answer: a calendar program's own, or a word.

    Args:
        webinar: the ``Webinar``.
        person: who answers.
        letter: an inbound letter.

    Returns:
        a sentence for the confirming mail; empty when a calendar answered.

    Raises:
        PermissionDenied: nothing can be answered any more; says why.
    """
    by_calendar = calendar_answer(webinar, letter)
    said = by_calendar or word_answer(letter.text)
    can_answer = can_answer_webinar(person, webinar)
    is_long = len(letter.text.split()) > MOST_WORDS
    if is_long and not can_answer:
        # "No rain here either, what a pity": cancelled or over, it is talk.
        said = by_calendar
    if said:
        if not can_answer:
            raise PermissionDenied(
                _("“%(title)s” is over, cancelled, or no longer yours to answer.")
                % {"title": webinar.title}
            )
        answer_webinar(
            webinar,
            by=person,
            answer=said,
            came_by="calendar" if by_calendar else "mail",
        )
        if by_calendar:
            return ""
        noted = _("Noted for “%(title)s”: %(answer)s.") % {
            "title": webinar.title,
            "answer": Registration.Answer(said).label,
        }
        if not is_long:
            return noted
        # Whoever says why they cannot come may not mean it for everybody.
        return f"{noted}\n\n" + _(
            "What else you wrote stands nowhere: “%(words)s”. To say it to everybody "
            "under the webinar, send it in a mail of its own."
        ) % {"words": letter.text.strip()}
    # Anything else is a contribution to the talk under the webinar.
    return answer_thread_by_letter(webinar.thread, letter, by=person)


def calendar_answer(webinar, letter):
    """What a calendar program said about this webinar, or None."""
    for name, data, kind in letter.attachments:
        if kind.startswith("text/calendar") or name.endswith(".ics"):
            found = answer_in(data)
            if found and found[0] == webinar.uid:
                return found[1]
    return None


def word_answer(text):
    """What a letter's first word says, in the languages of the site, or None."""
    words = re.split(r"[\s,.!;:]+", text.casefold().strip(AROUND), maxsplit=1)
    first = words[0].strip(AROUND)
    return next((said for said, words in WORDS.items() if first in words), None)


# An answer is a word and perhaps a name; more than that is talk.
MOST_WORDS = 4
# Our letters show the words in quotation marks; some people copy them too.
AROUND = " \t\r\n\"'*¡¿“”«»‘’\u00a0"
WORDS = {
    Registration.Answer.YES: {"yes", "oui", "sí", "si", "sim", "ndiyo", "coming", "+1"},
    Registration.Answer.MAYBE: {
        "maybe",
        "perhaps",
        "peut-être",
        "peut-etre",
        "quizás",
        "quizas",
        "quizá",
        "talvez",
        "labda",
    },
    Registration.Answer.NO: {"no", "non", "não", "nao", "hapana", "sorry"},
}
