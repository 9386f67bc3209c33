"""Who was reminded, when, on which road; and who was not, and why. For the host."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import CharField, Count
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from notifications.models import Delivery
from webinars.actions.reminding import BEGUN, CHOSE_NONE, NEARER, NO_ADDRESS
from webinars.models import Registration, ReminderChoice

KIND = "webinars.webinar_starts_soon"
State = Delivery.State
ROADS = {Delivery.Channel.MAIL: gettext_lazy("by mail")}
SENT, AHEAD, NOT = "sent", "ahead", "not"

REASONS = {
    BEGUN: gettext_lazy("nobody was at work in time: the session had begun"),
    NEARER: gettext_lazy("it was late, and a reminder nearer to the session went out"),
    NO_ADDRESS: gettext_lazy("there is no address to write to"),
    CHOSE_NONE: gettext_lazy("this person wants no reminders"),
}


@dataclass(frozen=True)
class Line:
    """One reminder of one person.

    Attributes:
        before: "1 day before".
        state: sent, ahead (will be) or not.
        moment: when it was or will be; None.
        words: by which road, or why not.
    """

    before: str
    state: str
    moment: datetime | None
    words: str


def totals_of(webinar):
    """How many reminders of this webinar stand in which state.

    Returns:
        dict with ``sent``, ``waiting`` and ``not_sent``.
    """
    ids = webinar.registrations.annotate(key=Cast("pk", CharField())).values("key")
    rows = Delivery.objects.filter(kind=KIND, target__in=ids).values_list("state")
    found = dict(rows.annotate(number=Count("pk")))
    waiting = found.pop(State.WAITING, 0) + found.pop(State.CLAIMED, 0)
    sent = found.pop(State.SENT, 0)
    return {"sent": sent, "waiting": waiting, "not_sent": sum(found.values())}


def add_lines(webinar, registrations, now=None):
    """Put ``lines`` on each registration, in two queries for all of them.

    Args:
        webinar: the ``Webinar``.
        registrations: of one page, people loaded.
        now: the clock.

    Returns:
        the registrations.
    """
    now = now or timezone.now()
    rows = {}
    for row in Delivery.objects.filter(
        kind=KIND, target__in=[str(each.pk) for each in registrations]
    ).order_by("due", "pk"):
        rows.setdefault(row.target, []).append(row)
    choices = {
        choice.person_id: choice
        for choice in ReminderChoice.objects.filter(
            person__in=[each.person_id for each in registrations if each.person_id]
        )
    }
    for registration in registrations:
        of_person = rows.get(str(registration.pk), [])
        choice = choices.get(registration.person_id)
        registration.lines = [
            *(_line(webinar, registration, row) for row in of_person),
            *_without_rows(webinar, registration, choice, of_person, now),
        ]
    return registrations


def before_words(minutes):
    """ "1 day before", in the active language."""
    for length, words in (
        (7 * 24 * 60, lambda n: ngettext("%d week before", "%d weeks before", n)),
        (24 * 60, lambda n: ngettext("%d day before", "%d days before", n)),
        (60, lambda n: ngettext("%d hour before", "%d hours before", n)),
        (1, lambda n: ngettext("%d minute before", "%d minutes before", n)),
    ):
        if minutes % length == 0 and minutes >= length:
            number = minutes // length
            return words(number) % number
    return _("at the beginning")


def _line(webinar, registration, row):
    before = before_words(row.about.get("minutes", 0))
    if row.state == State.SENT:
        return Line(before, SENT, row.sent, str(ROADS[row.channel]))
    if row.state in (State.WAITING, State.CLAIMED):
        words = _("on its way, %(road)s") % {"road": ROADS[row.channel]}
        if row.attempts:
            words = _("is tried again: the mail server did not take it")
        return Line(before, AHEAD, row.due, words)
    return Line(before, NOT, None, _why(webinar, registration, row))


def _why(webinar, registration, row):
    if words := REASONS.get(row.about.get("why")):
        return str(words)
    if row.state == State.MISSED:
        return _("the session began before the letter could leave")
    if row.state == State.FAILED:
        return _("the mail server refused it: %(words)s") % {"words": row.error}
    if parse_datetime(row.about.get("starts", "")) != webinar.starts:
        return _("the session was moved before it left")
    if registration.answer == Registration.Answer.NO:
        return _("this person had said no by then")
    if webinar.cancelled:
        return _("the session was cancelled")
    return _("letters to this address come back, or the person may not see it any more")


def _without_rows(webinar, registration, choice, rows, now):
    """What is ahead, and what was never due for this person."""
    if webinar.cancelled:
        return
    starts = webinar.starts.isoformat()
    standing = {
        row.about.get("minutes") for row in rows if row.about.get("starts") == starts
    }
    if registration.answer == Registration.Answer.NO:
        if not rows:
            yield Line("", NOT, None, _("said no"))
        return
    wanted = choice.offsets_for(webinar) if choice else set(webinar.reminder_offsets)
    if not wanted and not rows:
        yield Line("", NOT, None, str(REASONS[CHOSE_NONE]))
    for offset in sorted(wanted - standing, reverse=True):
        moment = webinar.starts - timedelta(minutes=offset)
        if moment > now:
            yield Line(before_words(offset), AHEAD, moment, "")
        elif registration.answered > moment:
            yield Line(
                before_words(offset), NOT, None, _("answered only after its time")
            )
