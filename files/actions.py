"""Taking files in, and moving who may see them."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from files.documents import prepare_document
from files.models import File, stored_path
from files.pictures import Prepared, prepare_picture
from files.recordings import prepare_recording, strip_tags
from files.tasks import nudge
from spaces.models import Audience

_PREPARE = {
    File.Kind.PHOTO: prepare_picture,
    File.Kind.DOCUMENT: prepare_document,
    File.Kind.SOUND: prepare_recording,
    File.Kind.FILM: prepare_recording,
}


def upload(space, upload, *, by, alt="", kind=File.Kind.PHOTO):
    """Check a file, clean it and keep it as a draft that only its uploader sees.

    Sound and film are made small by a worker afterwards (``files.converting``).

    Args:
        space: where it will be shown.
        upload: an uploaded file, or what ``files.forms`` has prepared from one.
        by: who brings it.
        alt: what a picture shows, in words.
        kind: photo, document, or a recording (sound or film, as it is).

    Returns:
        the ``File``; hang it on an item with ``attach``.

    Raises:
        ValidationError: it is nothing of that kind that we can take; says why.
    """
    prepared = upload
    if not isinstance(upload, Prepared):
        prepared = _PREPARE[kind](upload)
    file = File(
        space=space,
        audience=Audience.MEMBERS,
        kind=prepared.kind,
        name=prepared.name,
        content_type=prepared.content_type,
        size=prepared.source.size if prepared.source else len(prepared.content),
        alt=alt.strip()[:300],
        width=prepared.width,
        height=prepared.height,
        digest=prepared.digest,
        state=File.State.READY if prepared.plays_as_is else File.State.WAITING,
        uploaded_by=by,
    )
    content = prepared.source or ContentFile(prepared.content)
    file.original.save(prepared.name, content, save=False)
    for held, made in (
        (file.sizes, prepared.sizes),
        (file.versions, prepared.versions),
    ):
        for name, content in made.items():
            path = default_storage.save(stored_path(file, ""), ContentFile(content))
            held[str(name)] = path
    if prepared.source and prepared.plays_as_is:
        strip_tags(file.original.path)
    file.save()
    if not file.is_ready:
        transaction.on_commit(nudge)
    return file


def attach(file, *, to):
    """Hang a draft on an item: from now on who sees the item sees the file.

    Call it in the transaction that writes the item.

    Args:
        file: the ``File``; None is let through, so callers need no condition.
        to: anything with ``audience`` and ``audience_group`` (an ``Item``).

    Returns:
        the file.
    """
    if file is not None:
        follow_audience([file.pk], to=to)
        file.refresh_from_db(fields=["audience", "audience_group", "is_draft"])
    return file


def follow_audience(ids, *, to, is_draft=False):
    """Copy an item's audience to its files; in the same transaction as the item's.

    Args:
        ids: primary keys (or a queryset of them).
        to: the ``Item`` they hang on.
        is_draft: keep them to their uploaders (a story that is not out yet).
    """
    File.objects.filter(pk__in=ids).update(
        audience=to.audience,
        audience_group=to.audience_group_id,
        is_draft=is_draft,
    )


def describe(file, *, by, words):
    """Say what a picture shows, for people who cannot see it.

    Args:
        file: the ``File``.
        by: who brought it.
        words: the description.

    Returns:
        the file.
    """
    file.alt = " ".join(words.split())[:300]
    file.save(update_fields=["alt"])
    return file
