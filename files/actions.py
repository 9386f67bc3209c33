"""Taking files in, and moving who may see them."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from files.documents import prepare_document
from files.models import File, stored_path
from files.pictures import Prepared, prepare_picture
from spaces.models import Audience

# As long as a form in an open tab may still be sent.
LOOSE_FOR = timedelta(days=7)
MOST_AT_ONCE = 500


def upload(space, upload, *, by, alt="", kind=File.Kind.PHOTO):
    """Check a file, clean it and keep it as a draft that only its uploader sees.

    Args:
        space: where it will be shown.
        upload: an uploaded file, or what ``files.forms`` has prepared from one.
        by: who brings it.
        alt: what a picture shows, in words.
        kind: photo or document.

    Returns:
        the ``File``; hang it on an item with ``attach``.

    Raises:
        ValidationError: it is no picture (or document) we can take; says why.
    """
    prepared = upload
    if not isinstance(upload, Prepared):
        prepare = prepare_picture if kind == File.Kind.PHOTO else prepare_document
        prepared = prepare(upload)
    file = File(
        space=space,
        audience=Audience.MEMBERS,
        kind=prepared.kind,
        name=prepared.name,
        content_type=prepared.content_type,
        size=len(prepared.content),
        alt=alt.strip()[:300],
        width=prepared.width,
        height=prepared.height,
        uploaded_by=by,
    )
    file.original.save(prepared.name, ContentFile(prepared.content), save=False)
    for width, content in prepared.sizes.items():
        path = default_storage.save(stored_path(file, ""), ContentFile(content))
        file.sizes[str(width)] = path
    file.save()
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


def remove(file, *, by):
    """Delete a file for good: the row, and after commit what lies on the disk.

    Args:
        file: the ``File``.
        by: who removes it; None for the clock.
    """
    paths = file.paths
    file.delete()
    transaction.on_commit(lambda: [default_storage.delete(path) for path in paths])


@transaction.atomic
def forget_loose(*, now=None):
    """Remove drafts that hang on nothing: of forms never sent, stories thrown away,
    photos replaced by others. What somebody took back shall not lie on a disk.

    Args:
        now: the moment; the present one when left out.

    Returns:
        How many were removed.
    """
    before = (now or timezone.now()) - LOOSE_FOR
    loose = File.objects.filter(is_draft=True, created__lt=before)
    # Hidden ones as well: most fields give no name for the way back.
    for relation in File._meta.get_fields(include_hidden=True):
        if relation.one_to_many or relation.one_to_one:
            holders = relation.related_model._base_manager.filter(
                **{relation.field.name: OuterRef("pk")}
            )
            loose = loose.filter(~Exists(holders))
    found = list(loose.select_for_update(skip_locked=True)[:MOST_AT_ONCE])
    for file in found:
        remove(file, by=None)
    return len(found)
