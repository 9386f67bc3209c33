"""Letters to guests on a differing-view seat: news of the session, reminders."""

from datetime import timedelta

from django.utils import timezone

from notifications.actions import notify
from notifications.kinds import kind_of
from webinars.models import Seat, Webinar


def tell_seats(webinar, *, what):
    """Tell guests who come of a change; call it in the change's transaction.

    Args:
        webinar: the ``Webinar``.
        what: "changed", "cancelled" or "room".
    """
    for seat in webinar.seats.coming():
        write_seat(seat, "webinars.seat_told", what=what)


def remind_seats(now):
    """Remind guests who come, at the host's times; once each, whoever sweeps.

    Args:
        now: the clock.

    Returns:
        list of the new ``Delivery`` rows.
    """
    posted = []
    webinars = Webinar.objects.coming(now).filter(starts__gt=now)
    seats = (
        Seat.objects.coming()
        .filter(webinar__in=webinars.exclude(space__state="archived").values("pk"))
        .select_related("webinar__space")
    )
    for seat in seats:
        webinar = seat.webinar
        due = [
            each
            for each in webinar.reminder_offsets
            if webinar.starts - timedelta(minutes=each) <= now
        ]
        offset = min(due, default=None)
        moment = webinar.starts - timedelta(minutes=offset or 0)
        if offset is not None and seat.answered <= moment:
            posted += write_seat(
                seat,
                "webinars.seat_told",
                what="soon",
                occurrence=f"{webinar.starts:%Y%m%dT%H%M}-{offset}",
                starts=webinar.starts.isoformat(),
            )
    return posted


def write_seat(seat, slug, *, occurrence=None, **about):
    """Write to the guest, in the guest's language.

    Args:
        seat: the ``Seat``.
        slug: of the Kind.
        occurrence: as for ``notify``; each letter is its own when left out.
        **about: what the letter says.

    Returns:
        list of the new ``Delivery`` rows.
    """
    moment = timezone.now().isoformat(timespec="microseconds")
    return notify(
        kind_of(slug),
        seat,
        about={"language": seat.language, **about},
        addresses=[seat.address],
        occurrence=moment if occurrence is None else occurrence,
    )
