"""The differing-view seat: naming what is missing, asking an outsider in, the check."""

import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.actions import notify
from notifications.kinds import kind_of
from spaces.actions.recording import write_record
from spaces.models import Membership, StakeholderGroup
from spaces.tokens import hash_of
from webinars.actions.rooming import EARLY
from webinars.actions.seat_letters import write_seat
from webinars.models import (
    Registration,
    SaidStance,
    Seat,
    SeatWord,
    Stance,
    StanceQuestion,
)
from webinars.rooms import Entrant

MOST_WORDS_A_DAY = 20
COMING = (Registration.Answer.YES, Registration.Answer.MAYBE)


@transaction.atomic
def ask_stances(webinar, *, by, words, stances, missing):
    """Say what people differ on, in words, and which view is missing.

    A stance whose words stay keeps what people have said.

    Args:
        webinar: the ``Webinar``.
        by: the host.
        words: the question; empty: none is asked.
        stances: list of words.
        missing: the view nobody brings.

    Returns:
        the ``StanceQuestion``.
    """
    question, _is_new = StanceQuestion.objects.update_or_create(
        webinar=webinar, defaults={"words": words, "missing": missing}
    )
    known = {stance.words: stance for stance in question.stances.all()}
    for position, each in enumerate(dict.fromkeys(stances)):
        stance = known.pop(each, None) or Stance(question=question, words=each)
        stance.position = position
        stance.save()
    Stance.objects.filter(pk__in=[stance.pk for stance in known.values()]).delete()
    return question


def say_stance(registration, stance):
    """Say where one stands, for the host's count only; None takes it back.

    Args:
        registration: one's own.
        stance: a ``Stance`` of the same webinar.
    """
    if stance is None:
        SaidStance.objects.filter(registration=registration).delete()
        return None
    return SaidStance.objects.update_or_create(
        registration=registration, defaults={"stance": stance}
    )[0]


def views_among(webinar):
    """Which groups and stances are there among those who come, and which are not.

    Args:
        webinar: the ``Webinar``.

    Returns:
        (groups, stances): lists whose entries have ``number``; zero is missing.
    """
    coming = webinar.registrations.coming()
    numbers = dict(
        Membership.objects.active()
        .filter(space=webinar.space, person__in=coming.values("person"))
        .values_list("group")
        .annotate(number=Count("pk"))
    )
    groups = list(StakeholderGroup.objects.filter(space=webinar.space))
    for group in groups:
        group.number = numbers.get(group.pk, 0)
    is_coming = Q(said__registration__answer__in=COMING)
    stances = list(
        Stance.objects.filter(question__webinar=webinar)
        .annotate(number=Count("said", filter=is_coming))
        # Grouping forgets the order of the model.
        .order_by("position", "pk")
    )
    return groups, stances


@transaction.atomic
def offer_seat(webinar, *, by, name, address, language, stands_for, brief=""):
    """Ask an outsider in, by letter. On the record. Twice is one seat.

    Args:
        webinar: the ``Webinar``.
        by: the host.
        name, address, language: the guest.
        stands_for: the view they bring.
        brief: personal words.

    Returns:
        the ``Seat``.
    """
    standing = Seat.objects.filter(webinar=webinar, address__iexact=address).first()
    if standing is not None:
        return standing
    try:
        with transaction.atomic():
            seat = Seat.objects.create(
                webinar=webinar,
                nonce=secrets.token_urlsafe(32),
                # Not known before the row has its number; nothing hashes to this.
                token_hash=f"new-{secrets.token_hex(16)}",
                name=name,
                address=address,
                language=language,
                stands_for=stands_for,
                brief=brief,
                invited_by=by,
            )
    except IntegrityError:
        # The other press of the same button was a moment quicker.
        return Seat.objects.get(webinar=webinar, address__iexact=address)
    seat.token_hash = hash_of(seat.token)
    seat.save(update_fields=["token_hash"])
    write_seat(seat, "webinars.seat_offered")
    write_record(
        "seat_offered", by=by, space=webinar.space, guest=name, webinar=webinar.pk
    )
    return seat


@transaction.atomic
def answer_seat(seat, *, answer):
    """The guest comes, does not, or withdraws; the hosts hear, and who comes gets the
    way in.

    Args:
        seat: the ``Seat``.
        answer: a ``Seat.Answer``.

    Returns:
        the seat.
    """
    changed = (
        Seat.objects.filter(pk=seat.pk)
        .exclude(answer=answer)
        .update(answer=answer, answered=timezone.now())
    )
    seat.refresh_from_db(fields=["answer", "answered"])
    if changed:
        _tell_hosts(seat, what=answer)
        if answer == Seat.Answer.YES:
            write_seat(seat, "webinars.seat_told", what="accepted")
    return seat


@transaction.atomic
def write_to_seat(seat, *, text, by=None):
    """A question of the guest's to the hosts, or a host's answer to it.

    Args:
        seat: the ``Seat``.
        text: the words.
        by: the host; None: the guest writes.

    Returns:
        the ``SeatWord``.

    Raises:
        ValidationError: the guest has written very much today.
    """
    today = seat.words.filter(
        is_hosts=False, created__gt=timezone.now() - timedelta(days=1)
    )
    if by is None and today.count() >= MOST_WORDS_A_DAY:
        raise ValidationError(_("You have written very much today. Try tomorrow."))
    same = seat.words.filter(is_hosts=by is not None).last()
    if same is not None and same.text == text:
        return same  # pressed twice
    word = SeatWord.objects.create(seat=seat, text=text, is_hosts=by is not None)
    if by is None:
        _tell_hosts(seat, what="asks", text=text)
    else:
        write_seat(seat, "webinars.seat_replied", text=text)
    return word


@transaction.atomic
def revoke_seat(seat, *, by):
    """End a pass now; its link shows nothing from now on. On the record."""
    if Seat.objects.filter(pk=seat.pk, revoked__isnull=True).update(
        revoked=timezone.now()
    ):
        write_record(
            "seat_revoked",
            by=by,
            space=seat.webinar.space,
            guest=seat.name,
            webinar=seat.webinar_id,
        )


def entrant_at(seat):
    """The guest at the door: never a moderator."""
    return Entrant(key=f"seat-{seat.pk}", name=seat.name)


def note_seat_joined(seat, now=None):
    """Write down that the guest came in through the page; the first time counts."""
    now = now or timezone.now()
    if now >= seat.webinar.starts - EARLY:
        Seat.objects.filter(pk=seat.pk, joined__isnull=True).update(joined=now)


# ── the summary is checked by the guest before it is published ───────────────


@transaction.atomic
def ask_for_checks(webinar, *, text):
    """Show the summary to every guest who came, and ask whether it is right.

    Args:
        webinar: the ``Webinar``.
        text: the summary as plain words; a new text is asked about anew.

    Returns:
        list of the ``Seat`` that are asked now.
    """
    asked = []
    for seat in webinar.seats.coming().select_for_update():
        if seat.draft == text and seat.check_asked is not None:
            continue
        seat.draft, seat.check_asked = text, timezone.now()
        seat.checked, seat.objection = None, ""
        seat.save(update_fields=["draft", "check_asked", "checked", "objection"])
        write_seat(seat, "webinars.seat_check")
        asked.append(seat)
    return asked


@transaction.atomic
def check_summary(seat, *, objection=""):
    """The guest says that the summary is right, or what is not.

    Args:
        seat: the ``Seat``; its check is open.
        objection: what is not right; empty: it is.

    Returns:
        the seat.
    """
    Seat.objects.filter(pk=seat.pk).update(
        objection=objection, checked=None if objection else timezone.now()
    )
    seat.refresh_from_db(fields=["objection", "checked"])
    _tell_hosts(seat, what="objects" if objection else "checked", text=objection)
    return seat


def open_checks(webinar):
    """Guests who came and whose word on the summary is still awaited.

    Args:
        webinar: the ``Webinar``.

    Returns:
        list of ``Seat``: not yet asked, or asked within the last week and silent, or
        with an objection that no new text has met.
    """
    return [
        seat
        for seat in webinar.seats.coming().filter(checked__isnull=True)
        if seat.check_asked is None or seat.objection or seat.is_check_open
    ]


def may_publish_summary(webinar):
    """Whether the minutes may be published: no guest's check is open."""
    return not open_checks(webinar)


def _tell_hosts(seat, *, what, text=""):
    notify(
        kind_of("webinars.seat_heard"),
        seat,
        about={"what": what, "text": text},
        occurrence=timezone.now().isoformat(timespec="microseconds"),
    )
