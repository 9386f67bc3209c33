"""The files that a text shows, found by the reader's own right to see them: for paper
and for archives."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import Resolver404, resolve

from files.models import File

# As wide as a printed column needs (pixels).
WIDE_ENOUGH = 1200


def pictures_for(user):
    """What ``ui.paper.draw_pdf`` takes as ``find_pictures``.

    Args:
        user: the reader.

    Returns:
        callable: addresses → {address: (path, content type)}.
    """
    return lambda addresses: printed(files_in(addresses, user))


def printed(found):
    """Where the pictures among some files lie, as wide as print needs.

    Args:
        found: {address: ``File``}.

    Returns:
        {address: (path, content type)}.
    """
    return {
        address: _printed(file)
        for address, file in found.items()
        if file.kind == File.Kind.PHOTO
    }


def files_in(addresses, user):
    """The files that addresses in a text mean, as far as this person may see them.

    Args:
        addresses: as they stand in a text; any others are passed over.
        user: the reader.

    Returns:
        {address: ``File``}, asked for in one query.
    """
    wanted = {address: _number_in(address) for address in addresses}
    ids = set(filter(None, wanted.values()))
    files = File.objects.visible_to(user).in_bulk(ids) if ids else {}
    return {
        address: files[number] for address, number in wanted.items() if number in files
    }


def _number_in(address):
    """The id of the file that an address of ours means, or None."""
    parts = urlsplit(address.removeprefix(settings.ALLIANCE_SITE_URL))
    if parts.scheme or parts.netloc:
        return None
    try:
        found = resolve(parts.path)
    except Resolver404:
        return None
    return found.kwargs["pk"] if found.view_name == "files:file_serve" else None


def _printed(file):
    widths = sorted(int(width) for width in file.sizes if int(width) >= WIDE_ENOUGH)
    name = file.sizes[str(widths[0])] if widths else file.original.name
    return default_storage.path(name), file.content_type
