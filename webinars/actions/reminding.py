"""Reminders: what is due follows from the rows alone.

A reminder is one letter for one person, one beginning and one offset: that is the key
of its row, so that it exists once whoever sweeps, however often. A webinar that is
moved has another beginning, and so other rows; letters about the old one are dropped
when their turn comes. Each reminder that does not go out leaves its row too, with why.
"""

from datetime import timedelta

from django.utils import timezone

from notifications.actions import letter_row, post_letters
from notifications.kinds import kind_of
from notifications.models import Delivery
from webinars.actions.seat_letters import remind_seats
from webinars.models import ReminderChoice, ReminderRound, Webinar
from webinars.models.reminder import OWN_OFFSETS

HORIZON = timedelta(days=31)
# What nobody was at work for is written down for so long after its beginning.
LOOKS_BACK = timedelta(days=7)
# Clocks of two machines differ.
SKEW = timedelta(minutes=1)
AT_ONCE = 1000

# Why a reminder is not sent, as its row says it (``about["why"]``).
BEGUN, NEARER, NO_ADDRESS, CHOSE_NONE = "begun", "nearer", "no_address", "chose_none"
MISSED = {BEGUN, NEARER}


def remind_due(now=None):
    """Post the reminders whose time has come; run twice it posts nothing new.

    After an outage only the nearest reminder goes out, and none once it has begun; the
    others are marked missed. Who answered after a reminder's time is not reminded by
    it.

    Args:
        now: the clock.

    Returns:
        list of the new ``Delivery`` rows that wait to be sent.
    """
    now = now or timezone.now()
    posted = []
    for webinar, offsets in due_rounds(now):
        posted += _make_rounds(webinar, offsets, now)
    return posted + remind_seats(now)


def due_rounds(now):
    """Reminders whose time has come and about which nobody has been asked.

    Args:
        now: the clock.

    Returns:
        list of (``Webinar``, set of offsets).
    """
    webinars = list(
        Webinar.objects.filter(
            cancelled__isnull=True,
            starts__gt=now - LOOKS_BACK,
            starts__lte=now + HORIZON,
        )
        .select_related("space")
        .exclude(space__state="archived")
        .order_by("starts", "pk")
    )
    done = set(
        ReminderRound.objects.filter(
            webinar__in=webinars, done__lte=now + SKEW
        ).values_list("webinar", "starts", "offset")
    )
    due = []
    for webinar in webinars:
        offsets = {
            offset
            for offset in {*webinar.reminder_offsets, *OWN_OFFSETS}
            if _moment(webinar, offset) <= now
            and (webinar.pk, webinar.starts, offset) not in done
        }
        if offsets:
            due.append((webinar, offsets))
    return due


def due_offset(webinar, now, offsets=None):
    """The nearest reminder whose time has come.

    Args:
        webinar: not begun yet.
        now: the clock.
        offsets: a person's own; the webinar's when left out.

    Returns:
        minutes before the start, or None when the first is still ahead.
    """
    offsets = webinar.reminder_offsets if offsets is None else offsets
    due = [offset for offset in offsets if _moment(webinar, offset) <= now]
    return min(due) if due else None


def choose_reminders(*, by, mode, offsets=()):
    """Say how one wants to be reminded of webinars.

    Args:
        by: whose choice it is.
        mode: a ``ReminderChoice.Mode``.
        offsets: minutes before, for one's own times.

    Returns:
        the ``ReminderChoice``.
    """
    return ReminderChoice.objects.update_or_create(
        person=by,
        defaults={"mode": mode, "offsets": sorted(offsets, reverse=True)},
    )[0]


def _make_rounds(webinar, offsets, now):
    """Ask about everybody who comes, some at a time; then the rounds are made. Killed
    before that, the next sweep asks again and finds the rows that stand."""
    posted, last = [], 0
    coming = webinar.registrations.coming().select_related("person").order_by("pk")
    # Also rounds that were made by a clock which has been put back since.
    stale = ReminderRound.objects.filter(
        webinar=webinar, starts=webinar.starts, offset__in=offsets
    )
    is_again = stale.exists()
    while chunk := list(coming.filter(pk__gt=last)[:AT_ONCE]):
        last = chunk[-1].pk
        choices = {
            choice.person_id: choice
            for choice in ReminderChoice.objects.filter(
                person__in=[each.person_id for each in chunk if each.person_id]
            )
        }
        letters = []
        for registration in chunk:
            choice = choices.get(registration.person_id)
            letters += _letters(webinar, registration, choice, offsets, now)
        new = post_letters(letters)
        posted += [row for row in new if row.state == Delivery.State.WAITING]
        if is_again:
            posted += _revive(letters)
    if is_again:
        stale.delete()
    ReminderRound.objects.bulk_create(
        [
            ReminderRound(
                webinar=webinar, starts=webinar.starts, offset=offset, done=now
            )
            for offset in offsets
        ],
        ignore_conflicts=True,
    )
    return posted


def _letters(webinar, registration, choice, offsets, now):
    """The rows of one person, waiting or with why not."""
    hosts = set(webinar.reminder_offsets)
    wanted = choice.offsets_for(webinar) if choice else hosts
    has_chosen_none = choice is not None and choice.mode == ReminderChoice.Mode.NONE
    asked = [
        offset
        for offset in offsets & (hosts if has_chosen_none else wanted)
        if registration.answered <= _moment(webinar, offset)
    ]
    if not asked:
        return
    nearest = due_offset(webinar, now, wanted)
    for offset in asked:
        why = ""
        if has_chosen_none:
            why = CHOSE_NONE
        elif not _address(registration):
            why = NO_ADDRESS
        elif webinar.starts <= now:
            why = BEGUN
        elif offset != nearest:
            why = NEARER
        yield _row(webinar, registration, offset, now, why)


def _row(webinar, registration, offset, now, why):
    kind = kind_of("webinars.webinar_starts_soon")
    about = {"starts": webinar.starts.isoformat(), "minutes": offset}
    letter = letter_row(
        kind,
        {
            "kind": kind.slug,
            "target": str(registration.pk),
            "about": about | ({"why": why} if why else {}),
            "scope": f"space-{webinar.space_id}",
        },
        occurrence=f"{webinar.starts:%Y%m%dT%H%M}-{offset}",
        due=now,
        recipient=registration.person,
        address="" if registration.person_id else registration.guest_address,
    )
    letter.expires = webinar.starts
    if why:
        letter.reply_token, letter.reply_expires = "", None
        letter.state = (
            Delivery.State.MISSED if why in MISSED else Delivery.State.DROPPED
        )
    return letter


def _revive(letters):
    """Let letters wait again that a clock which ran ahead had given up."""
    revived = []
    for letter in letters:
        if letter.state != Delivery.State.WAITING:
            continue
        found = Delivery.objects.filter(
            kind=letter.kind,
            target=letter.target,
            occurrence=letter.occurrence,
            recipient_key=letter.recipient_key,
            state=Delivery.State.MISSED,
            attempts=0,
        ).update(
            state=Delivery.State.WAITING,
            about=letter.about,
            due=letter.due,
            expires=letter.expires,
            reply_token=letter.reply_token,
            reply_expires=letter.reply_expires,
        )
        if found:
            revived.append(letter)
    return revived


def _address(registration):
    person = registration.person
    return person.email if person else registration.guest_address


def _moment(webinar, offset):
    return webinar.starts - timedelta(minutes=offset)
