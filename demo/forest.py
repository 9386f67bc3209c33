"""The Forest Forum: ten months of an alliance around a yearly gathering."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.demo import DEMO_DOMAIN
from demo.cast import let_in
from demo.scripts import Part, read
from demo.texts import (
    exchange_debates,
    exchange_lately,
    exchange_spring,
    stories_one,
    stories_two,
    wiki_one,
    wiki_templates,
    wiki_two,
)
from demo.texts.people import (
    ACCRA,
    FOREST_GROUPS,
    FOREST_PEOPLE,
    LINKED,
    LINKED_CONSENT,
    REQUESTS,
)
from demo.texts.sessions import (
    FOREST,
    GATHERINGS,
    INVITATIONS,
    QUESTIONS,
    WEBINARS,
)
from demo.writer import Writer
from notifications.models import Delivery
from spaces.actions.creating import create_space
from spaces.actions.gatherings import create_gathering
from spaces.actions.inviting import invite_people
from spaces.actions.joining import request_to_join
from spaces.actions.linking import register_linked
from spaces.models import Invitation, JoinQuestion, Membership
from webinars.actions import answer_webinar, edit_room, schedule_webinar
from webinars.actions.reminding import remind_webinar
from webinars.actions.seating import (
    answer_seat,
    ask_stances,
    offer_seat,
    say_stance,
    write_to_seat,
)
from webinars.models import Registration, Webinar

# Older posts are read already; of younger ones people are told.
TOLD_DAYS = 12.5


def make_forest(people, clock):
    """Make the space and everybody in it.

    Args:
        people: dict of key to ``User``; the person a linker types for is added.
        clock: the ``Clock``.

    Returns:
        the ``Space``.
    """
    efua = people["efua"]
    space = create_space(
        by=efua, groups=FOREST_GROUPS, time_zone=ACCRA, language="en", **FOREST
    )
    for number, text in enumerate(QUESTIONS):
        JoinQuestion.objects.create(space=space, text=text, position=number)
    groups = list(space.groups.all())
    let_in(
        space,
        people,
        by=efua,
        joined={person.key: clock.ago(str(person.joined)) for person in FOREST_PEOPLE},
        groups={person.key: groups[person.group] for person in FOREST_PEOPLE},
    )
    members = space.memberships
    members.filter(person=people["hanna"]).update(role=Membership.Role.STEWARD)
    members.filter(person=people["abena"]).update(is_linker=True)
    given = clock.ago("300")
    typed = register_linked(
        space,
        by=people["abena"],
        name=LINKED.name,
        consent=LINKED_CONSENT,
        consent_given=given.date(),
        group=groups[LINKED.group],
        contact="Through the miller, after six in the evening",
    )
    people[LINKED.key] = typed.membership.person
    members.filter(pk=typed.membership_id).update(joined=given)
    for in_days, long, title, place, notes in GATHERINGS:
        starts = _wall_clock(clock, in_days, 9, ACCRA)
        create_gathering(
            space,
            by=efua,
            title=title,
            starts=starts,
            ends=starts + timedelta(days=long - 1, hours=8),
            time_zone=ACCRA,
            place=place,
            notes=notes,
        )
    return space


def write_history(writer):
    """Everything that people have read by now."""
    writer.stories(stories_one.TELLING)
    writer.stories(stories_two.TELLING)
    writer.pages(wiki_one.PAGES)
    writer.pages(wiki_two.PAGES)
    writer.page_templates(wiki_templates.TEMPLATES)
    writer.page_files("Fire belts", "belt", by=writer.people["efua"])
    old, _new = _posts()
    writer.exchange(old)
    for session in WEBINARS:
        _hold(writer, session)


def write_news(writer):
    """What the inboxes still tell: the last days' talk, requests, invitations."""
    _old, new = _posts()
    writer.exchange(new)
    _ask_to_join(writer)
    _invite(writer)


def _posts():
    parts = [
        part
        for module in (exchange_spring, exchange_debates, exchange_lately)
        for part in read(module.TALK)
    ]
    new = [
        part
        for part in parts
        if part.when.startswith("new ") or float(part.when) <= TOLD_DAYS
    ]
    return [part for part in parts if part not in new], new


def _wall_clock(clock, in_days, hour, zone):
    day = (clock.now + timedelta(days=in_days)).date()
    return datetime.combine(day, time(hour), tzinfo=ZoneInfo(zone))


def _hold(writer: Writer, session):
    """Call one webinar, let people answer, and talk under it."""
    starts = _wall_clock(
        writer.clock, session["in_days"], session["hour"], session["zone"]
    )
    called = writer.clock.ago(str(session["called"]))
    webinar = schedule_webinar(
        writer.space,
        by=writer.people[session["by"]],
        words={
            "title": session["title"],
            "question": session["question"],
            "description": session["description"],
            "starts": starts,
            "ends": starts + timedelta(minutes=75),
            "time_zone": session["zone"],
            "join_url": f"https://rooms.{DEMO_DOMAIN}/forest-forum",
            "dial_in": "" if "views" in session else "+233 30 000 0000, room 4711",
            "audience": writer.audience,
        },
    )
    Webinar.objects.filter(pk=webinar.pk).update(created=called)
    answers = {
        Registration.Answer.YES: session["coming"],
        Registration.Answer.MAYBE: session.get("perhaps", ""),
    }
    for answer, keys in answers.items():
        for number, key in enumerate(keys.split(), start=1):
            registration = answer_webinar(webinar, by=writer.people[key], answer=answer)
            Registration.objects.filter(pk=registration.pk).update(
                answered=min(
                    called + timedelta(hours=5 * number), writer.clock.now, starts
                )
            )
    if views := session.get("views"):
        _miss_a_view(writer, webinar, views)
    if starts < writer.clock.now:
        _remind(webinar)
    writer.settle(called)
    type(webinar.thread).objects.filter(pk=webinar.thread_id).update(
        created=called, last_activity=called
    )
    for when, who, words in session["talk"]:
        part = Part("--", when, who, sections=[("", words)])
        writer.say(webinar.thread, part, writer.clock.ago(when.removeprefix("-")))


def _miss_a_view(writer, webinar, views):
    """A question people differ on, some who said where they stand, a guest asked in."""
    host = webinar.created_by
    edit_room(
        webinar,
        by=host,
        words={"phone": "+233 30 000 0000", "pin": "47110", **views["backup"]},
    )
    question = ask_stances(
        webinar,
        by=host,
        words=views["question"],
        stances=list(views["stances"]),
        missing=views["missing"],
    )
    by_words = {stance.words: stance for stance in question.stances.all()}
    for words, keys in views["stances"].items():
        for key in keys.split():
            mine = webinar.registrations.get(person=writer.people[key])
            say_stance(mine, by_words[words])
    seat = offer_seat(webinar, by=host, **views["guest"])
    write_to_seat(seat, text=views["asks"])
    answer_seat(seat, answer="yes")


def _remind(webinar):
    """The log of a session that is over: what went out then, row by row."""
    for offset in webinar.reminder_offsets:
        moment = webinar.starts - timedelta(minutes=offset)
        remind_webinar(webinar, {offset}, moment)
    for row in Delivery.objects.filter(
        kind="webinars.webinar_starts_soon", about__starts=webinar.starts.isoformat()
    ):
        row.state = Delivery.State.SENT
        row.sent = webinar.starts - timedelta(minutes=row.about["minutes"])
        row.save(update_fields=["state", "sent"])


def _ask_to_join(writer):
    groups = list(writer.space.groups.all())
    for who, group, days, message, answers in REQUESTS:
        moment = writer.clock.ago(str(days))
        membership = request_to_join(
            writer.space,
            by=writer.people[who],
            message=message,
            answers=[
                {"question": question, "answer": answer} for question, answer in answers
            ],
            group=groups[group],
            accepts_rules=True,
        )
        Membership.objects.filter(pk=membership.pk).update(
            requested=moment, rules_accepted=moment, since_last_delivered=moment
        )
        writer.settle(moment)


def _invite(writer):
    groups = list(writer.space.groups.all())
    for local, name, group, message, days, valid in INVITATIONS:
        sent = writer.clock.ago(str(days))
        outcome = invite_people(
            writer.space,
            by=writer.people["efua"],
            rows=[
                {
                    "address": f"{local}@{DEMO_DOMAIN}",
                    "name": name,
                    "group": groups[group],
                }
            ],
            message=message,
        )
        Invitation.objects.filter(
            pk__in=[invitation.pk for invitation in outcome.invited]
        ).update(
            created=sent,
            last_sent=sent,
            expires=sent + timedelta(days=valid),
            # Nobody reads there: count the reminders as sent.
            reminders_sent=2,
        )
        writer.settle(sent)
