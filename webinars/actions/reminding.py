"""Reminders: what is due follows from the rows alone."""

from datetime import timedelta

from django.utils import timezone

from notifications.actions import letter_row, post_letters
from notifications.kinds import kind_of
from webinars.models import Webinar


def remind_due(now=None):
    """Post the reminders whose time has come; run twice it posts nothing new.

    What is due follows from the rows alone, so a moved webinar moves its reminders.
    After an outage only the nearest reminder goes out, and none once it has begun. Who
    answered after a reminder's time is not reminded by it.

    Args:
        now: the clock.

    Returns:
        list of the new ``Delivery`` rows.
    """
    now = now or timezone.now()
    kind = kind_of("webinars.webinar_starts_soon")
    letters = []
    horizon = now + timedelta(days=31)
    webinars = (
        Webinar.objects.coming(now)
        .filter(starts__gt=now, starts__lte=horizon)
        .select_related("space")
        .exclude(space__state="archived")
    )
    for webinar in webinars:
        offset = due_offset(webinar, now)
        if offset is None:
            continue
        moment = webinar.starts - timedelta(minutes=offset)
        registrations = (
            webinar.registrations.coming()
            .filter(person__email__isnull=False, answered__lte=moment)
            .select_related("person")
        )
        for registration in registrations:
            letter = letter_row(
                kind,
                {
                    "kind": kind.slug,
                    "target": str(registration.pk),
                    "about": {"starts": webinar.starts.isoformat(), "minutes": offset},
                    "scope": f"space-{webinar.space_id}",
                },
                occurrence=f"{webinar.starts:%Y%m%dT%H%M}-{offset}",
                due=now,
                recipient=registration.person,
            )
            letter.expires = webinar.starts
            letters.append(letter)
    return post_letters(letters)


def due_offset(webinar, now):
    """The nearest of the webinar's reminders whose time has come.

    Args:
        webinar: not begun yet.
        now: the clock.

    Returns:
        minutes before the start, or None when the first is still ahead.
    """
    left = (webinar.starts - now).total_seconds() / 60
    due = [offset for offset in webinar.reminder_offsets if offset >= left]
    return min(due) if due else None
