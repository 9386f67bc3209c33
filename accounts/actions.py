"""What happens to people: profiles, new accounts, closed ones, two that are one."""

import logging

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.utils import translation

from accounts import photos
from accounts.letters import send_letter
from accounts.models import User

log = logging.getLogger(__name__)


def save_profile(person, *, by, fields=(), photo=None, remove_photo=False):
    """Store a changed profile, and its picture with it.

    Never the whole row: who is shut out, or given rights, meanwhile stays so.

    Args:
        person: the changed, not yet stored ``User``.
        by: who changes it (the person).
        fields: names of what was changed, besides the picture.
        photo: squares as ``accounts.photos.make_squares`` returns them, or None.
        remove_photo: take the present picture away.

    Returns:
        the person.
    """
    storage = person.photo.storage
    before = person.photo.name
    if photo:
        person.photo.name = photos.store(storage, photo)
    elif remove_photo:
        person.photo.name = ""
    with transaction.atomic():
        person.save(update_fields=[*fields, "photo"])
        if before and person.photo.name != before:
            # Only after the commit: a rollback must not leave a name without a file.
            transaction.on_commit(lambda: photos.discard(storage, before))
    return person


def set_language(person, *, language, by):
    """Keep the language a signed-in person picked in the foot of a page."""
    person.language = language
    person.save(update_fields=["language"])
    return person


def set_reading(person, *, by, **values):
    """Keep how a person reads and when they sleep.

    Args:
        person: whose.
        by: who changes it (the person).
        **values: of ``language``, ``time_zone``, ``quiet_from``, ``quiet_until`` and
            ``quiet_days``.

    Returns:
        the person.
    """
    for name, value in values.items():
        setattr(person, name, value)
    person.save(update_fields=list(values))
    return person


def make_account_for_address(address, *, name="", language="en", time_zone="UTC"):
    """Give an account to whoever has shown that they read this address's mail.

    Used where a person answered a letter we sent there. Safe to call twice and from two
    workers at once.

    Where someone else began to sign up with the address but never proved it, their
    password and sessions are taken away: the address belongs to who reads its mail.

    Args:
        address: the proven e-mail address.
        name: what the person is called, if known.
        language: the language of the letter they answered.
        time_zone: whose clock they most likely live by, until they say so.

    Returns:
        the ``User``, with a verified primary address; a new one has no password and
        signs in with a mailed code.
    """
    address = address.strip().lower()
    with transaction.atomic():
        person = _person_at(address) or _new_person(
            address, name=name, language=language, time_zone=time_zone
        )
        verified = EmailAddress.objects.filter(
            user=person, email=address, verified=True
        ).exists()
        if not verified:
            _prove(person, address)
        return person


def _person_at(address):
    proven = EmailAddress.objects.filter(email=address, verified=True).first()
    if proven:
        return User.objects.select_for_update().get(pk=proven.user_id)
    return User.objects.select_for_update().filter(email=address).first()


def _new_person(address, **words):
    try:
        with transaction.atomic():
            return User.objects.create_user(address, **words)
    except IntegrityError:
        # Another worker was first; its row is what we want.
        return User.objects.select_for_update().get(email=address)


def _prove(person, address):
    if person.has_usable_password():
        person.set_unusable_password()
        person.save(update_fields=["password"])
        end_sessions(person)
    EmailAddress.objects.filter(user=person).exclude(email=address).update(
        primary=False
    )
    EmailAddress.objects.update_or_create(
        user=person, email=address, defaults={"verified": True, "primary": True}
    )


def end_sessions(person):
    """Sign a person out everywhere."""
    for session in UserSession.objects.filter(user=person):
        session.end()


def close_account(person, *, by=None):
    """Take a person out of the site; what they wrote stays, without their name.

    The row goes, and with it memberships, sessions, keys, notices and addresses (the
    address is free again). Whatever they wrote keeps standing as "former member",
    because authorship is emptied. ``spaces.actions.closing`` sees to it first that no
    space loses its last facilitator: call that, not this, from a page.

    Args:
        person: whose account it is.
        by: who closes it; the person themselves unless given.

    Returns:
        None; the row is gone.
    """
    address, language = person.email, person.language
    photo, storage = person.photo.name, person.photo.storage
    number = person.pk
    with transaction.atomic():
        end_sessions(person)
        person.delete()
        if photo:
            transaction.on_commit(lambda: photos.discard(storage, photo))
        if address:
            transaction.on_commit(lambda: _say_goodbye(address, language))
    log.info("account %s closed by %s", number, by.pk if by else number)


def _say_goodbye(address, language):
    with translation.override(language):
        send_letter("accounts/mail/account_closed", address, {"address": address})


def merge_people(source, *, into, by):
    """Make one person of two: whatever points at ``source`` points at ``into``.

    Used when somebody a linker typed for comes on line and claims their words. Where
    both have a row that may exist only once (both belong to one space, both follow one
    thread), the row of ``into`` stays and the other goes.

    Args:
        source: a person without an account; deleted in the end.
        into: who they turn out to be.
        by: who says so.

    Returns:
        ``into``.

    Raises:
        ValueError: ``source`` can sign in, or both are the same person.
    """
    if source.has_account:
        raise ValueError("Only a person without an account is merged into another.")
    if source.pk == into.pk:
        raise ValueError("A person is not merged into themselves.")
    with transaction.atomic():
        # Both rows locked in one order, so that two claims cannot cross.
        list(
            User.objects.select_for_update()
            .filter(pk__in=[source.pk, into.pk])
            .order_by("pk")
        )
        for model, field in _pointers_at_people():
            _repoint(model, field, source, into)
        if source.name and not into.name:
            into.name = source.name
            into.save(update_fields=["name"])
        number = source.pk
        source.delete()
    log.info("person %s merged into %s by %s", number, into.pk, by.pk)
    return into


def _pointers_at_people():
    # ``related_objects`` leaves out relations named "+", which most of ours are; the
    # rows of many-to-many fields are found through their own tables.
    for relation in User._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            yield relation.related_model, relation.field.name


def _repoint(model, field, source, into):
    rows = model._base_manager.filter(**{field: source})
    try:
        with transaction.atomic():
            rows.update(**{field: into})
            return
    except IntegrityError:
        pass  # some row of `into` is in the way: one by one
    for row in rows:
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=row.pk).update(**{field: into})
        except IntegrityError:
            model._base_manager.filter(pk=row.pk).delete()
