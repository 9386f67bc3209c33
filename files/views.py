"""Handing files out, to those who may see what they hang on, and to nobody else."""

import hashlib
import re
from email.utils import formatdate

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from files.models import File
from spaces.entry import find
from spaces.models import Audience

CHUNK = 64 * 1024
# Asked for again soon: rights change. What not everybody may see is kept by the
# reader's own browser only.
CACHE = "private, max-age=600"
CACHE_OF_ALL = "public, max-age=600"
# What comes instead of the main form of a file (``File.versions``).
TYPES = {
    "avif": "image/avif",
    "jpeg": "image/jpeg",
    "poster": "image/jpeg",
    "mp3": "audio/mpeg",
}
ENDINGS = {
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/jpeg": ".jpg",
    "audio/ogg": ".ogg",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/webm": ".weba",
    "video/mp4": ".mp4",
}


@login_not_required
@require_safe
def file_serve(request, space, pk):
    """Hand out a file, one width of a photo (``?size=480``) or another form of it
    (``?form=480.avif``, ``?form=mp3``).

    Byte ranges for weak lines and for sound; 304 when nothing has changed.
    """
    file = find(request, File.objects.select_related("space"), pk=pk, space__slug=space)
    return hand_out(request, file)


def hand_out(request, file):
    """Answer with a file that this person may see.

    Args:
        request: a GET or HEAD.
        file: the ``File``, found by the right to see it.

    Returns:
        the response: whole, a range of it, or 304.

    Raises:
        Http404: it is still being made.
    """
    if not file.is_ready:
        raise Http404  # what came in says where it was made
    name, size, content_type = _chosen(file, request.GET)
    response = _not_modified(request, file, name)
    if response is None:
        response = (
            _handed_to_proxy(name)
            if settings.ALLIANCE_ACCEL
            else _streamed(request, name, size)
        )
    _label(response, file, name, content_type)
    return response


def _chosen(file, wanted):
    """Path, length and type of what was asked for; the main form if it is unknown."""
    form = wanted.get("form", "")
    name, content_type = file.versions.get(form), TYPES.get(form.split(".")[-1])
    if name is None or content_type is None:
        name = file.sizes.get(wanted.get("size", ""), file.original.name)
        content_type = file.content_type
    try:
        return name, default_storage.size(name), content_type
    except FileNotFoundError as error:
        raise Http404 from error


def _etag(name):
    # Content never changes under a path, so the path is the version.
    return f'"{hashlib.sha256(name.encode()).hexdigest()[:20]}"'


def _not_modified(request, file, name):
    answer = get_conditional_response(
        request, etag=_etag(name), last_modified=int(file.created.timestamp())
    )
    return answer if answer is not None and answer.status_code == 304 else None


def _handed_to_proxy(name):
    response = HttpResponse()
    response["X-Accel-Redirect"] = f"/protected/{name}"
    return response


def _streamed(request, name, size):
    first, last, status = _range(request, name, size)
    if status == 416:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    length = last - first + 1 if size else 0
    body = _pieces(name, first, length) if request.method == "GET" else ()
    response = StreamingHttpResponse(body, status=status)
    response["Content-Length"] = str(length)
    response["Accept-Ranges"] = "bytes"
    # GZipMiddleware would pack a stream and drop its length: ranges would be wrong.
    response["Content-Encoding"] = "identity"
    if status == 206:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})$", re.IGNORECASE)


def _range(request, name, size):
    """(first, last, status): one range is served; several, or nonsense, get all, and so
    does HEAD, for which ranges mean nothing (RFC 9110, 14.2)."""
    whole = 0, size - 1, 200
    if request.method != "GET":
        return whole
    asked = _RANGE.match(request.headers.get("Range", "").strip())
    if asked is None or not any(asked.groups()):
        return whole
    if request.headers.get("If-Range", _etag(name)) != _etag(name):
        return whole  # a date as well: ours says no more than the name does
    start, end = asked.groups()
    if not start:
        tail = int(end)
        return (max(0, size - tail), size - 1, 206) if tail and size else (0, 0, 416)
    first, last = int(start), min(int(end or size - 1), size - 1)
    if first >= size:
        return 0, 0, 416
    return (first, last, 206) if first <= last else whole


def _pieces(name, first, length):
    with default_storage.open(name, "rb") as stored:
        stored.seek(first)
        while length > 0:
            piece = stored.read(min(CHUNK, length))
            if not piece:
                return
            length -= len(piece)
            yield piece


def _label(response, file, name, content_type):
    response["Content-Type"] = content_type
    response["ETag"] = _etag(name)
    response["Last-Modified"] = formatdate(file.created.timestamp(), usegmt=True)
    is_for_all = file.audience == Audience.PUBLIC and file.space.is_open
    response["Cache-Control"] = (
        CACHE_OF_ALL if is_for_all and not file.is_draft else CACHE
    )
    response["X-Content-Type-Options"] = "nosniff"
    # Should a browser draw it after all: nothing in it may run or reach us.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    is_shown = file.kind != File.Kind.DOCUMENT
    stem = file.name.rsplit(".", 1)[0] or file.kind
    ending = ENDINGS.get(content_type, "")
    response["Content-Disposition"] = content_disposition_header(
        not is_shown, f"{stem}{ending}" if is_shown else file.name
    )
