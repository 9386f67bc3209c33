"""Telling people: rows in the same transaction as what happened."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from notifications import tasks
from notifications.inbox import readable
from notifications.kinds import Wish
from notifications.models import Delivery, Notice, new_reply_token
from notifications.quiet import leaves

REPLY_DAYS = 60
MOST_CLEARED = 2000


def notify(kind, target, *, about=None, occurrence="", to=None, addresses=(), due=None):
    """Tell everybody the Kind names, on the channels each of them wants.

    Call it inside the transaction of the action itself. Redis may be down: the rows
    are there and the sweep finds them.

    Args:
        kind: a ``Kind`` class or instance.
        target: the model instance it is about.
        about: small JSON-able dict that lines and mails may use (ids, names).
        occurrence: tells repeated letters about one target apart ("2026-11-23").
        to: people instead of ``kind.recipients`` (rights and wishes still asked).
        addresses: bare addresses that get the letter by mail only.
        due: when the letter may leave (now when left out); in people's quiet hours
            it waits until they end, unless its Kind wakes them.

    Returns:
        list of the ``Delivery`` rows that are new.
    """
    kind = _registered(kind)
    about = about or {}
    asked = {
        person.pk: person
        for person in (kind.recipients(target, about) if to is None else to)
        if person.is_active
    }
    allowed = kind.allowed(list(asked.values()), target)
    people = {pk: person for pk, person in asked.items() if pk in allowed}
    wishes = kind.wishes(list(people.values()), target, about)
    scope = kind.scope(target)
    shared = {
        "kind": kind.slug,
        "target": str(target.pk),
        "about": about,
        "scope": scope.key if scope else "",
    }
    told = Wish()
    due = due or timezone.now()
    Notice.objects.bulk_create(
        Notice(
            recipient=person, group_key=kind.group_key(target, about)[:120], **shared
        )
        for person in people.values()
        if person.has_account and wishes.get(person.pk, told).inbox
    )
    letters = [
        letter_row(
            kind,
            shared,
            occurrence=occurrence,
            due=leaves(kind, target, person, due),
            recipient=person,
        )
        for person in people.values()
        if person.has_account and wishes.get(person.pk, told).mail
    ] + [
        letter_row(kind, shared, occurrence=occurrence, due=due, address=address)
        for address in addresses
    ]
    return post_letters(letters)


def letter_row(kind, shared, *, occurrence="", due=None, recipient=None, address=""):
    """An unsaved ``Delivery``.

    Args:
        kind: its ``Kind``.
        shared: its kind, target, about and scope, as fields of the row.
        occurrence, due: as for ``notify``.
        recipient: a person; or
        address: a bare address.
    """
    now = timezone.now()
    due = due or now
    return Delivery(
        recipient=recipient,
        address=address,
        recipient_key=(
            f"user-{recipient.pk}" if recipient else f"mail-{address.lower()}"
        ),
        occurrence=occurrence,
        due=due,
        expires=due + kind.expires_after if kind.expires_after else None,
        reply_token=new_reply_token() if kind.is_answerable else "",
        reply_expires=due + timedelta(days=REPLY_DAYS) if kind.is_answerable else None,
        **shared,
    )


def post_letters(letters):
    """Write the rows that do not stand yet and nudge a worker after commit.

    Returns:
        list of the ``Delivery`` rows that are new (told once per channel).
    """
    if not letters:
        return []
    before = set(
        Delivery.objects.filter(
            kind=letters[0].kind,
            target__in={letter.target for letter in letters},
        ).values_list("recipient_key", "target", "channel", "occurrence")
    )
    new = [
        letter
        for letter in letters
        if (letter.recipient_key, letter.target, letter.channel, letter.occurrence)
        not in before
    ]
    # Two workers may both find a row missing; the constraint lets one of them win.
    Delivery.objects.bulk_create(new, ignore_conflicts=True, batch_size=1000)
    transaction.on_commit(tasks.nudge)
    return new


def _registered(kind):
    return kind() if isinstance(kind, type) else kind


def read_notices(*, by, group_key=None):
    """Mark notices read.

    Args:
        by: whose.
        group_key: only what is folded into this line; everything when left out.

    Returns:
        How many were unread.
    """
    unread = Notice.objects.visible_to(by).unread()
    if group_key is not None:
        unread = unread.filter(group_key=group_key)
    return unread.update(read=timezone.now())


def clear_unseen(*, by):
    """Take lines away whose thing is gone or no longer for this person.

    Args:
        by: whose.

    Returns:
        How many.
    """
    notices = list(Notice.objects.visible_to(by).order_by("-pk")[:MOST_CLEARED])
    seen = readable(by, notices)
    gone = [notice.pk for notice in notices if notice.pk not in seen]
    return Notice.objects.visible_to(by).filter(pk__in=gone).delete()[0]
