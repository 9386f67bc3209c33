"""Rooms: opening one, letting people in, moving everybody when its server is away."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from notifications.actions import notify
from notifications.kinds import kind_of
from webinars.actions.seat_letters import tell_seats
from webinars.models import Recording, Registration, Room
from webinars.models.room import FIRST_PIN, LAST_PIN
from webinars.rooms import SERVICES, Entrant, RoomAway, bigbluebutton, default_service
from webinars.ways import room_of, ways_into

# Whoever comes through the door so early is here for the session.
EARLY = timedelta(minutes=30)
# A PIN may serve again when its last session has been over for so long.
PIN_RESTS = timedelta(days=1)
# Recordings appear minutes to hours after a session.
POLL_EVERY = timedelta(minutes=10)
POLL_FOR = timedelta(days=7)
MOST_POLLED = 20


def open_room(webinar, *, kind=None):
    """Give a new webinar its room: the site's service, unless it has its own link.

    Args:
        webinar: the ``Webinar``.
        kind: a ``Room.Kind``; the site's choice when left out.

    Returns:
        the ``Room``; the one that stands already, if any.
    """
    if kind is None:
        kind = "plain" if webinar.join_url else default_service()
    room, _is_new = Room.objects.get_or_create(
        webinar=webinar,
        defaults={"kind": kind, "pin": "" if kind == "plain" else free_pin()},
    )
    webinar.room = room
    return room


def free_pin():
    """Five digits that no session ahead or just over has: callers are told apart by
    them (BigBlueButton's ``voiceBridge``)."""
    taken = set(
        Room.objects.filter(webinar__ends__gt=timezone.now() - PIN_RESTS).values_list(
            "pin", flat=True
        )
    )
    while True:
        pin = str(FIRST_PIN + secrets.randbelow(LAST_PIN - FIRST_PIN + 1))
        if pin not in taken:
            return pin


@transaction.atomic
def edit_room(webinar, *, by, words):
    """Change where and how it meets; those who come are told once.

    Args:
        webinar: the ``Webinar``.
        by: the host.
        words: clean field values of ``Room``.

    Returns:
        the ``Room``.
    """
    open_room(webinar)
    room = Room.objects.select_for_update().get(webinar=webinar)
    webinar.room = room
    before = ways_into(webinar)
    for name, value in words.items():
        setattr(room, name, value)
    if room.kind != Room.Kind.PLAIN and not room.pin:
        room.pin = free_pin()
    if not room.has_backup:
        room.moved = None
    room.save()
    if ways_into(webinar) != before:
        _tell_of_ways(webinar, by=by)
    return room


@transaction.atomic
def move_room(webinar, *, by, back=False):
    """One press: everybody who comes is sent to the other room, and told so now.

    Args:
        webinar: the ``Webinar``.
        by: the host.
        back: to the first room again.

    Returns:
        the ``Room``; None where there is no other room. Twice is harmless.
    """
    room = Room.objects.select_for_update().filter(webinar=webinar).first()
    if room is None or not room.has_backup:
        return None
    webinar.room = room
    if bool(room.moved) != back:
        return room
    room.moved = None if back else timezone.now()
    room.moved_by = by
    room.save(update_fields=["moved", "moved_by"])
    _tell_of_ways(webinar, by=by)
    return room


def _tell_of_ways(webinar, *, by):
    notify(
        kind_of("webinars.room_moved"),
        webinar,
        about={"by": by.pk},
        occurrence=timezone.now().isoformat(timespec="microseconds"),
    )
    tell_seats(webinar, what="room")


def enter_room(webinar, entrant):
    """Where a person is sent who stands at the door.

    Args:
        webinar: the ``Webinar``, its ``room`` loaded.
        entrant: a ``rooms.Entrant``.

    Returns:
        the address.

    Raises:
        RoomAway: the service cannot let anybody in; noted for the host.
    """
    room = room_of(webinar)
    ways = ways_into(webinar)
    if room is None or ways.is_backup or room.kind == Room.Kind.PLAIN:
        if not ways.url:
            raise RoomAway(ways.call)
        return ways.url
    try:
        address = SERVICES[room.kind].enter(webinar, room, entrant)
    except RoomAway as fault:
        Room.objects.filter(pk=room.pk).update(
            away=timezone.now(), away_words=str(fault)[:200]
        )
        raise
    Room.objects.filter(pk=room.pk).update(
        opened=timezone.now(), ended=None, away=None, away_words=""
    )
    return address


def entrant_of(person, *, is_moderator):
    """A member at the door."""
    return Entrant(
        key=f"user-{person.pk}",
        name=person.get_full_name() or str(person),
        is_moderator=is_moderator,
    )


def note_joined(webinar, person, now=None):
    """Write down that somebody came in through the page; the first time counts.

    Args:
        webinar: the ``Webinar``.
        person: who.
        now: the clock.

    Returns:
        whether it was written now; not for one who tries the door days ahead.
    """
    now = now or timezone.now()
    if now < webinar.starts - EARLY:
        return False
    found = Registration.objects.filter(
        webinar=webinar, person=person, joined__isnull=True
    )
    return bool(found.update(joined=now))


def end_room(room):
    """Its server says that the session there is over."""
    Room.objects.filter(pk=room.pk).update(ended=timezone.now())


def note_recording(room, *, record_id):
    """Its server says that a recording is ready; the sweep fetches what it is.

    Returns:
        the ``Recording``; told twice it is one.
    """
    recording, _is_new = Recording.objects.get_or_create(
        record_id=record_id, defaults={"room": room}
    )
    Room.objects.filter(pk=room.pk).update(polled=None)
    return recording


@transaction.atomic
def show_recording(recording, *, by, is_shown=True):
    """Let everybody who may read the webinar's page see a recording, or no longer.

    Args:
        recording: the ``Recording``.
        by: the host.
        is_shown: whether.
    """
    recording.shown = timezone.now() if is_shown else None
    recording.save(update_fields=["shown"])
    return recording


def poll_recordings(now=None):
    """Ask for recordings of sessions that are over; the server's call may have failed.

    Args:
        now: the clock.

    Returns:
        how many recordings are new or have got their address.
    """
    now = now or timezone.now()
    if not bigbluebutton.is_set_up():
        return 0
    rooms = (
        Room.objects.filter(
            kind=Room.Kind.BIGBLUEBUTTON,
            is_recorded=True,
            opened__isnull=False,
            webinar__ends__lte=now,
            webinar__ends__gt=now - POLL_FOR,
        )
        .filter(Q(polled__isnull=True) | Q(polled__lte=now - POLL_EVERY))
        .order_by("polled", "pk")[:MOST_POLLED]
    )
    number = 0
    for room in rooms:
        Room.objects.filter(pk=room.pk).update(polled=now)
        try:
            found = bigbluebutton.recordings(room)
        except RoomAway:
            break  # all rooms are on one server: the others need not wait for it
        number += sum(_keep(room, each) for each in found)
    return number


def _keep(room, found):
    recording, is_new = Recording.objects.get_or_create(
        record_id=found["record_id"], defaults={"room": room, **found}
    )
    if is_new:
        return True
    changed = recording.room_id == room.pk and recording.address != found["address"]
    if changed:
        recording.address, recording.minutes = found["address"], found["minutes"]
        recording.save(update_fields=["address", "minutes"])
    return changed
