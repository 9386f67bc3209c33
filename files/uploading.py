"""Uploads in pieces, which go on where the line broke (the core of tus 1.0, and its
creation: https://tus.io/protocols/resumable-upload)."""

import io

from django.core.exceptions import ValidationError
from django.core.files import File as Opened
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.utils.translation import gettext as _

from files.models import File, Incoming, new_token
from files.pictures import MOST_BYTES
from files.recordings import most_bytes, too_large

CHUNK = 64 * 1024
MOST_PIECE = 8 * 1024 * 1024
# Of one person at a time.
MOST_UNDER_WAY = 20


class WrongPlaceError(Exception):
    """The piece does not begin where the last one ended."""


def largest():
    """Bytes of the largest upload of all."""
    return max(MOST_BYTES, *map(most_bytes, (File.Kind.SOUND, File.Kind.FILM)))


def begin_upload(space, *, by, name, size):
    """Make room for an upload.

    Args:
        space: where it will be shown.
        by: who brings it.
        name: of the file.
        size: how many bytes will come.

    Returns:
        the ``Incoming``.

    Raises:
        ValidationError: it is too large, or there are too many; says so.
    """
    if size > (most := largest()):
        raise ValidationError(too_large(most))
    if size < 1:
        raise ValidationError(_("This file is empty. Choose it again."))
    own = Incoming.objects.filter(uploaded_by=by)
    waiting = own.aggregate(bytes=Sum("size"))["bytes"] or 0
    if own.count() >= MOST_UNDER_WAY or waiting + size > 2 * most:
        raise ValidationError(
            _("Too many files are on their way. Save the form first, then go on.")
        )
    return Incoming.objects.create(
        space=space,
        uploaded_by=by,
        name=name[-200:],
        size=size,
        path=f"incoming/{new_token()}",
    )


@transaction.atomic
def append_piece(incoming, stream, *, offset):
    """Add a piece. What arrived before the line broke counts.

    Args:
        incoming: the ``Incoming``.
        stream: readable.
        offset: where the piece begins.

    Returns:
        the incoming, with its new offset.

    Raises:
        WrongPlaceError: the piece begins elsewhere; ask first how much there is.
    """
    incoming = Incoming.objects.select_for_update().get(pk=incoming.pk)
    if offset != incoming.offset:
        raise WrongPlaceError
    if not default_storage.exists(incoming.path):
        default_storage.save(incoming.path, Opened(io.BytesIO()))
    left = min(incoming.size - offset, MOST_PIECE)
    with open(default_storage.path(incoming.path), "r+b") as file:
        file.seek(offset)
        try:
            while left and (piece := stream.read(min(CHUNK, left))):
                file.write(piece)
                left -= len(piece)
                incoming.offset += len(piece)
        except (UnreadablePostError, OSError):
            pass
        file.truncate()
    incoming.changed = timezone.now()
    incoming.save(update_fields=["offset", "changed"])
    return incoming


def opened(incoming):
    """A whole upload, as a form takes it.

    Args:
        incoming: the ``Incoming``; ``is_whole``.

    Returns:
        a file with a name and a size.
    """
    return Opened(default_storage.open(incoming.path).file, name=incoming.name)
