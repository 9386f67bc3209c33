"""Verbs of webinars. Page, mail and calendar answers all end here."""

import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from conversations.actions import open_thread, rename_thread
from conversations.actions import set_audience as set_thread_audience
from conversations.actions.threads import start_following
from markup.rendering import render
from notifications.actions import letter_row, notify, post_letters
from notifications.kinds import kind_of
from spaces.actions.recording import write_record
from webinars.models import CalendarFeed, Registration, Webinar

RESERVED = {"new", "past", "calendar.ics"}
# What people must be told of, and what makes calendars ask again.
TELLING = {"starts", "ends", "join_url", "dial_in"}
TIMING = {"starts", "ends"}


@transaction.atomic
def schedule_webinar(space, *, by, words, form_id=None):
    """Call a webinar, open the talk under it and invite the members.

    Args:
        space: where.
        by: who calls it; is its host and comes.
        words: clean field values of ``Webinar``.
        form_id: made by the form; the same id twice is the same webinar.

    Returns:
        the ``Webinar``.
    """
    known = Webinar.objects.filter(form_id=form_id).first() if form_id else None
    if known and (known.created_by_id, known.space_id) == (by.pk, space.pk):
        return known
    if known:
        form_id = None  # the id of another form is no second press of this one
    webinar = Webinar(space=space, created_by=by, form_id=form_id)
    _fill(webinar, words)
    for slug in _slugs(webinar.title):
        webinar.slug = slug
        try:
            with transaction.atomic():
                webinar.save()
        except IntegrityError:
            known = Webinar.objects.filter(form_id=form_id).first() if form_id else None
            if known:
                return known
            continue
        break
    webinar.hosts.add(by)
    webinar.thread = open_thread(
        space=space,
        origin="webinar",
        title=webinar.title,
        path=webinar.get_absolute_url(),
        audience=webinar.audience,
        audience_group=webinar.audience_group,
    )
    webinar.save(update_fields=["thread"])
    start_following(webinar.thread, [by])
    Registration.objects.create(webinar=webinar, person=by, answer="yes")
    notify(kind_of("webinars.webinar_scheduled"), webinar, about={"by": by.pk})
    return webinar


@transaction.atomic
def edit_webinar(webinar, *, by, words):
    """Change it. A new time tells everybody, once, and moves the reminders.

    Args:
        webinar: the ``Webinar``.
        by: who changes it.
        words: clean field values.

    Returns:
        the webinar.
    """
    webinar = (
        Webinar.objects.select_for_update(of=("self",))
        .select_related("space", "thread")
        .get(pk=webinar.pk)
    )
    changed = {name for name, value in words.items() if getattr(webinar, name) != value}
    _fill(webinar, words)
    if changed & TIMING:
        webinar.sequence += 1
    if changed:
        webinar.changed = timezone.now()
    webinar.save()
    rename_thread(webinar.thread, title=webinar.title)
    set_thread_audience(
        webinar.thread,
        audience=webinar.audience,
        audience_group=webinar.audience_group,
    )
    if changed & TELLING:
        notify(
            kind_of("webinars.webinar_changed"),
            webinar,
            about={"by": by.pk, "moved": bool(changed & TIMING)},
            occurrence=timezone.now().isoformat(timespec="seconds"),
        )
    return webinar


@transaction.atomic
def cancel_webinar(webinar, *, by, reason=""):
    """Call it off: reminders stop, calendars are told. Twice is harmless.

    Args:
        webinar: the ``Webinar``.
        by: who cancels.
        reason: told to everybody.

    Returns:
        the webinar.
    """
    called_off = Webinar.objects.filter(pk=webinar.pk, cancelled__isnull=True).update(
        cancelled=timezone.now(),
        changed=timezone.now(),
        cancel_reason=reason,
        sequence=F("sequence") + 1,
    )
    webinar.refresh_from_db(
        fields=["cancelled", "cancel_reason", "changed", "sequence"]
    )
    if called_off:
        notify(kind_of("webinars.webinar_cancelled"), webinar, about={"by": by.pk})
        write_record(
            "webinar_cancelled",
            by=by,
            space=webinar.space,
            reason=reason,
            webinar=webinar.pk,
        )
    return webinar


@transaction.atomic
def answer_webinar(webinar, *, by, answer, came_by="web"):
    """Say whether one comes; the newest answer counts, whatever door it came by.

    Args:
        webinar: the ``Webinar``.
        by: who answers.
        answer: a ``Registration.Answer``.
        came_by: web, mail or calendar.

    Returns:
        the ``Registration``.
    """
    registration, is_new = Registration.objects.select_for_update().get_or_create(
        webinar=webinar, person=by, defaults={"answer": answer, "came_by": came_by}
    )
    if not is_new and registration.answer == answer:
        return registration
    registration.answer = answer
    registration.came_by = came_by
    registration.answered = timezone.now()
    registration.save()
    # A calendar knows its own answer; a page or a letter has to tell it.
    if answer != Registration.Answer.NO and came_by != "calendar":
        notify(
            kind_of("webinars.webinar_answered"),
            registration,
            occurrence=registration.answered.isoformat(timespec="seconds"),
        )
    return registration


def calendar_feed_of(person):
    """The person's calendar feed; made when first asked for.

    Args:
        person: whose webinars it shows.

    Returns:
        the ``CalendarFeed``.
    """
    return CalendarFeed.objects.get_or_create(person=person)[0]


def renew_calendar_feed(person):
    """Give the feed a new address; the old one shows nothing from now on.

    Args:
        person: whose feed it is.

    Returns:
        the ``CalendarFeed``.
    """
    feed = calendar_feed_of(person)
    feed.nonce = secrets.token_hex()
    feed.save(update_fields=["nonce"])
    return feed


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


def _fill(webinar, words):
    for name, value in words.items():
        setattr(webinar, name, value)
    webinar.description_html = render(
        webinar.description,
        profile="page",
        tag_url=lambda tag: reverse(
            "discover:tag_detail", kwargs={"space": webinar.space.slug, "tag": tag}
        ),
    ).html


def _slugs(title):
    stem = slugify(title, allow_unicode=True)[:150].strip("-") or "webinar"
    if stem not in RESERVED:
        yield stem
    for number in range(2, 1000):
        yield f"{stem}-{number}"
