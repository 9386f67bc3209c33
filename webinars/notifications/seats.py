"""Letters to the guest on the differing-view seat, and what the hosts hear of them."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conversations.readers import readers_of
from notifications.kinds import Kind, register
from notifications.letters import absolute
from spaces.notifications import quiet_url_of, space_scope
from spaces.telling import quiet_urls_of
from webinars.actions.seating import write_to_seat
from webinars.calendar import invitation
from webinars.clock import letter_context
from webinars.models import Seat
from webinars.ways import ways_into

LEFT = (Seat.Answer.NO, Seat.Answer.WITHDRAWN)


class ToSeat(Kind):
    """What the letters to a guest's bare address share."""

    is_answerable = True

    def load(self, ids):
        seats = Seat.objects.filter(pk__in=ids).select_related(
            "webinar__space", "webinar__room", "invited_by"
        )
        return {str(seat.pk): seat for seat in seats}

    def recipients(self, target, about):
        return []

    def may_see(self, user, target):
        return user is None and target.revoked is None

    def scope(self, target):
        return space_scope(target.webinar.space)

    def url(self, target, about):
        return target.path

    def line(self, target, about):
        return _("A seat for you at “%(title)s”") % {"title": target.webinar.title}

    def mail_context(self, target, delivery):
        return {
            **letter_context(target.webinar),
            # For this guest the door is their own page.
            "ways": ways_into(target.webinar, door=absolute(target.path)),
            "seat": target,
            "inviter": str(target.invited_by) if target.invited_by else "",
            "action_url": absolute(target.path),
            "action_label": _("Open your page"),
        }

    def answer(self, target, delivery, letter):
        """What a guest writes back is a question to the hosts."""
        write_to_seat(target, text=letter.text.strip()[:2000])
        return _("The hosts have your words. They answer by mail.")


@register
class SeatOffered(ToSeat):
    """An outsider is asked in."""

    slug = "webinars.seat_offered"
    label = gettext_lazy("Guests asked in for a view that is missing")

    def may_see(self, user, target):
        return super().may_see(user, target) and target.may_answer


@register
class SeatTold(ToSeat):
    """The way in, a reminder, a change: for guests who come."""

    slug = "webinars.seat_told"
    label = gettext_lazy("Guests who come: the way in, reminders, changes")

    def gather(self, pairs):
        """Drop reminders that are no longer true."""
        return {
            delivery.pk: None
            for target, delivery in pairs
            if target.answer in LEFT
            or (
                delivery.about.get("what") == "soon"
                and (
                    target.webinar.cancelled
                    or target.webinar.starts <= timezone.now()
                    or target.webinar.starts
                    != datetime.fromisoformat(delivery.about["starts"])
                )
            )
        }

    def attachments(self, target, delivery):
        if delivery.about.get("what") == "soon":
            return []
        method, data = invitation(
            target.webinar,
            address=delivery.to,
            name=target.name,
            answer="yes",
            organiser=delivery.reply_address,
            room=True,
            door=absolute(target.path),
        )
        return [("invitation.ics", data, f"text/calendar; method={method}")]


@register
class SeatReplied(ToSeat):
    """A host answers a guest's question."""

    slug = "webinars.seat_replied"
    label = gettext_lazy("Guests whose question a host answers")


@register
class SeatCheck(ToSeat):
    """The summary waits for the guest's word."""

    slug = "webinars.seat_check"
    label = gettext_lazy("Guests who check a summary")

    def may_see(self, user, target):
        return super().may_see(user, target) and target.is_check_open


@register
class SeatHeard(Kind):
    """A guest answered, asked, withdrew, or has looked at the summary."""

    slug = "webinars.seat_heard"
    label = gettext_lazy("Guests on a seat of my webinar")

    def load(self, ids):
        seats = Seat.objects.filter(pk__in=ids).select_related(
            "webinar__space", "webinar__thread", "webinar__room"
        )
        return {str(seat.pk): seat for seat in seats}

    def recipients(self, target, about):
        hosts = Q(pk__in=target.webinar.hosts.values("pk"))
        return User.objects.filter(hosts | Q(pk=target.webinar.created_by_id))

    def allowed(self, people, target):
        return set(readers_of(target.webinar, among={each.pk for each in people}))

    def may_see(self, user, target):
        return user is not None and user.pk in self.allowed([user], target)

    def visible(self, user, targets):
        seen = set(
            Seat.objects.filter(pk__in=[each.pk for each in targets.values()])
            .filter(
                Q(webinar__created_by=user) | Q(webinar__hosts=user),
                webinar__space__memberships__person=user,
                webinar__space__memberships__status="active",
            )
            .values_list("pk", flat=True)
        )
        return {pk: seat for pk, seat in targets.items() if seat.pk in seen}

    def wakes(self, target, until):
        """A guest who withdraws on the eve of the session is news at once."""
        return target.webinar.starts < until

    def line(self, target, about):
        return self.words(target, about)

    def words(self, target, about):
        """What the guest did, in the active language."""
        return {
            "yes": _("%(name)s comes to “%(title)s”"),
            "no": _("%(name)s does not come to “%(title)s”"),
            "withdrawn": _("%(name)s has withdrawn from “%(title)s”"),
            "asks": _("%(name)s asks about “%(title)s”"),
            "checked": _("%(name)s says that the summary of “%(title)s” is right"),
            "objects": _("%(name)s objects to the summary of “%(title)s”"),
        }[about["what"]] % {"name": target.name, "title": target.webinar.title}

    def group_key(self, target, about):
        return f"webinars.seat:{target.pk}"

    def scope(self, target):
        return space_scope(target.webinar.space)

    def url(self, target, about):
        webinar = target.webinar
        return reverse(
            "webinars:webinar_views",
            kwargs={"space": webinar.space.slug, "webinar": webinar.slug},
        )

    def quiet_url(self, target, delivery):
        return quiet_url_of(delivery.recipient, target.webinar.space)

    def quiet_urls(self, pairs):
        return quiet_urls_of(pairs, lambda seat: seat.webinar.space)

    def mail_context(self, target, delivery):
        return {
            "webinar": target.webinar,
            "heard": self.words(target, delivery.about),
            "said": delivery.about.get("text", ""),
            "action_url": absolute(self.url(target, delivery.about)),
            "action_label": _("Answer there"),
        }
