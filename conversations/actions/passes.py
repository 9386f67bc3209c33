"""Guest passes: one conversation, for one outsider, for some days."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from conversations.models import GuestPass
from notifications.actions import notify
from notifications.kinds import kind_of
from spaces.actions.recording import write_record
from spaces.tokens import hash_of


@transaction.atomic
def give_guest_pass(
    thread, *, by, name, address, days, stands_for="", message="", may_write=True
):
    """Ask an outsider into one thread, by letter. On the record.

    Args:
        thread: the ``Thread``, also one under a webinar.
        by: the steward.
        name, address: the guest.
        days: how long the pass lasts.
        stands_for: whose view the guest brings.
        message: personal words for the letter.
        may_write: whether the guest may answer.

    Returns:
        the ``GuestPass``; an open one for the same address and thread is replaced.
    """
    now = timezone.now()
    thread.guest_passes.usable(now).filter(address__iexact=address).update(revoked=now)
    guest_pass = GuestPass.objects.create(
        thread=thread,
        nonce=secrets.token_urlsafe(32),
        # Not known before the row has its number; nothing hashes to this.
        token_hash=f"new-{secrets.token_hex(16)}",
        name=name,
        address=address,
        stands_for=stands_for,
        message=message,
        may_write=may_write,
        created=now,
        expires=now + timedelta(days=days),
        invited_by=by,
    )
    guest_pass.token_hash = hash_of(guest_pass.token)
    guest_pass.save(update_fields=["token_hash"])
    notify(kind_of("conversations.guest_invited"), guest_pass, addresses=[address])
    write_record(
        "guest_pass_given",
        by=by,
        space=thread.space,
        guest=name,
        days=days,
        thread=thread.pk,
    )
    return guest_pass


@transaction.atomic
def revoke_guest_pass(guest_pass, *, by):
    """End a pass now. On the record.

    Args:
        guest_pass: the ``GuestPass``.
        by: the steward.
    """
    ended = GuestPass.objects.filter(pk=guest_pass.pk, revoked__isnull=True).update(
        revoked=timezone.now()
    )
    if ended:
        write_record(
            "guest_pass_revoked",
            by=by,
            space=guest_pass.thread.space,
            guest=guest_pass.name,
            thread=guest_pass.thread_id,
        )
    guest_pass.refresh_from_db(fields=["revoked"])
    return guest_pass


def use_token(token):
    """The pass a letter's link belongs to, ended ones too.

    Args:
        token: as it came in the address.

    Returns:
        the ``GuestPass`` (ask ``is_usable``), or None when there is none such.
    """
    guest_pass = (
        GuestPass.objects.filter(token_hash=hash_of(token))
        .select_related("thread__space", "invited_by")
        .first()
    )
    if guest_pass is not None and guest_pass.is_usable:
        GuestPass.objects.filter(pk=guest_pass.pk).update(last_used=timezone.now())
    return guest_pass
