"""Webinars as calendar programs read them (RFC 5545, RFC 5546).

One session is written in UTC (``…Z``): every client shows it at the right hour, which
cannot be said of time zone tables. SEQUENCE rises only when time or status change, so
a corrected title does not ask people to answer again.
"""

from datetime import UTC, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vDatetime, vDuration, vText

from webinars.models import Registration
from webinars.ways import ways_into

PARTSTAT = {
    Registration.Answer.YES: "ACCEPTED",
    Registration.Answer.MAYBE: "TENTATIVE",
    Registration.Answer.NO: "DECLINED",
}
COMING = {Registration.Answer.YES, Registration.Answer.MAYBE}
LOOK_AGAIN = timedelta(hours=1)
ANSWER = {partstat: answer for answer, partstat in PARTSTAT.items()}


def invitation(
    webinar, *, address, name="", answer=None, organiser, room=False, door=""
):
    """A calendar object for one person: REQUEST, or CANCEL once it is cancelled.

    Args:
        webinar: the ``Webinar``.
        address: must be the mailbox the letter goes to, or buttons are blocked.
        name: the person's name.
        answer: what the person has said so far, or None.
        organiser: address that calendar answers come to.
        room: whether the link to the room may be told.
        door: the page that lets this person in, instead of the members' door.

    Returns:
        (method, bytes with CRLF line ends).
    """
    method = "CANCEL" if webinar.cancelled else "REQUEST"
    calendar = _calendar(method)
    event = _event(webinar, room=room, door=door)
    person = vCalAddress(f"mailto:{address}")
    person.params["CN"] = vText(name or address)
    person.params["CUTYPE"] = vText("INDIVIDUAL")
    person.params["ROLE"] = vText("REQ-PARTICIPANT")
    person.params["PARTSTAT"] = vText(PARTSTAT.get(answer, "NEEDS-ACTION"))
    person.params["RSVP"] = vText("FALSE" if webinar.cancelled else "TRUE")
    host = vCalAddress(f"mailto:{organiser}")
    host.params["CN"] = vText(webinar.space.name)
    event.add("attendee", person, encode=0)
    event.add("organizer", host, encode=0)
    calendar.add_component(event)
    return method, calendar.to_ical()


def single(webinar, *, room=False):
    """The webinar as a file to import (PUBLISH: no answer is expected)."""
    calendar = _calendar("PUBLISH")
    calendar.add_component(_event(webinar, room=room))
    return calendar.to_ical()


def feed(webinars, *, name, address, answers=None):
    """A calendar to subscribe to (RFC 7986): it says its name and how often to look.

    Args:
        webinars: what it shows.
        name: what the calendar is called in somebody's list.
        address: where it is fetched from.
        answers: dict of webinar id to what its reader has said; who comes finds the
            room. None where nobody in particular reads.

    Returns:
        bytes with CRLF line ends; the same while nothing changes, so that a program
        that asks again is told "not modified".
    """
    calendar = _calendar("PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(LOOK_AGAIN))
    calendar.add("source", address, parameters={"VALUE": "URI"})
    answers = answers or {}
    for webinar in webinars:
        answer = answers.get(webinar.pk)
        event = _event(webinar, room=answer in COMING)
        event["dtstamp"] = vDatetime(webinar.changed.astimezone(UTC))
        if not webinar.cancelled and answer != Registration.Answer.YES:
            # Seen in the calendar, but no hour is taken yet.
            event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return calendar.to_ical()


def answer_in(data):
    """What a METHOD:REPLY says.

    Args:
        data: the calendar object, bytes.

    Returns:
        (UID, ``Registration.Answer``), or None where it is no answer. ORGANIZER is
        not asked for: Exchange leaves it out.
    """
    try:
        calendar = Calendar.from_ical(data)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # a stranger's file, and a library that trusts it
    if str(calendar.get("method", "")).upper() != "REPLY":
        return None
    for event in calendar.walk("VEVENT"):
        attendee = event.get("attendee")
        attendee = attendee[0] if isinstance(attendee, list) else attendee
        said = str(getattr(attendee, "params", {}).get("PARTSTAT", "")).upper()
        if said in ANSWER:
            return str(event.get("uid", "")), ANSWER[said]
    return None


def _calendar(method):
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.ALLIANCE_SITE_NAME}//Alliance//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _event(webinar, *, room, door=""):
    event = Event()
    event.add("uid", webinar.uid)
    event.add("sequence", webinar.sequence)
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("dtstart", webinar.starts.astimezone(UTC))
    event.add("dtend", webinar.ends.astimezone(UTC))
    event.add("summary", webinar.title)
    event.add("status", "CANCELLED" if webinar.cancelled else "CONFIRMED")
    url = door or settings.ALLIANCE_SITE_URL + webinar.get_absolute_url()
    lines = [webinar.question, url]
    if room:
        ways = ways_into(webinar, door=door)
        lines += [ways.url, ways.call]
        if ways:
            event.add("location", ways.url or ways.call)
        _add_ways(event, ways)
    event.add("description", "\n".join(line for line in lines if line))
    event.add("url", url)
    return event


def _add_ways(event, ways):
    """CONFERENCE (RFC 7986 §5.11): what a phone or a program opens by itself."""
    for address, features, label in (
        (ways.url, ["VIDEO", "AUDIO"], _("The room")),
        (ways.tel, ["PHONE"], _("By phone")),
    ):
        if address:
            event.add(
                "conference",
                address,
                # A list: the library writes a text with a comma as one quoted value.
                parameters={"VALUE": "URI", "FEATURE": features, "LABEL": label},
            )
