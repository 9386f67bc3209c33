"""Calling a webinar, changing it, calling it off."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from conversations.actions import open_thread, rename_thread
from conversations.actions import set_audience as set_thread_audience
from conversations.actions.threads import start_following
from markup.rendering import render
from notifications.actions import notify
from notifications.kinds import kind_of
from spaces.actions.recording import write_record
from webinars.actions.rooming import open_room
from webinars.actions.seat_letters import tell_seats
from webinars.models import Registration, Webinar

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
    open_room(webinar)
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
        tell_seats(webinar, what="changed")
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
        tell_seats(webinar, what="cancelled")
        write_record(
            "webinar_cancelled",
            by=by,
            space=webinar.space,
            reason=reason,
            webinar=webinar.pk,
        )
    return webinar


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
