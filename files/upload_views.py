"""The door for uploads in pieces."""

import base64
import binascii

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from files.models import Incoming
from files.removing import remove_incoming
from files.uploading import WrongPlaceError, append_piece, begin_upload, largest
from spaces.entry import enter
from spaces.permissions import can_write_in_space

TUS = "1.0.0"
PIECE = "application/offset+octet-stream"


@never_cache
@require_POST
def upload_begin(request, space):
    """Make room: ``Upload-Length`` and ``Upload-Metadata`` say for what."""
    space = enter(request, space)
    if not can_write_in_space(request.user, space):
        raise PermissionDenied(_("Only members of this space add files here."))
    size = _number(request, "Upload-Length")
    name = _named(request.headers.get("Upload-Metadata", ""))
    try:
        incoming = begin_upload(space, by=request.user, name=name, size=size)
    except ValidationError as fault:
        return _answer(413 if size > largest() else 422, " ".join(fault.messages))
    response = _answer(201, offset=0)
    response["Location"] = reverse(
        "files:upload_go_on", kwargs={"space": space.slug, "token": incoming.token}
    )
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "PATCH", "DELETE"])
def upload_go_on(request, space, token):
    """HEAD: how much has arrived; PATCH: the next piece; DELETE: never mind."""
    incoming = get_object_or_404(
        Incoming, token=token, space__slug=space, uploaded_by=request.user
    )
    if request.method == "DELETE":
        remove_incoming(incoming)
        return _answer(204)
    if request.method == "PATCH":
        if request.content_type != PIECE:
            return _answer(415, _("This is no piece of a file."))
        try:
            offset = _number(request, "Upload-Offset")
            incoming = append_piece(incoming, request, offset=offset)
        except WrongPlaceError:
            return _answer(409, _("The piece begins at another place."))
        return _answer(204, offset=incoming.offset)
    response = _answer(200, offset=incoming.offset)
    response["Upload-Length"] = str(incoming.size)
    return response


def _answer(status, words="", *, offset=None):
    response = HttpResponse(words, status=status, content_type="text/plain")
    response["Tus-Resumable"] = TUS
    if offset is not None:
        response["Upload-Offset"] = str(offset)
    return response


def _number(request, header):
    said = request.headers.get(header, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else -1


def _named(metadata):
    """The file's name: "filename <base64>, …" (tus, creation)."""
    for part in metadata.split(","):
        key, _space, value = part.strip().partition(" ")
        if key == "filename":
            try:
                return base64.b64decode(value, validate=True).decode() or "file"
            except (binascii.Error, UnicodeDecodeError):
                break
    return "file"
