"""Pages as a zip of Markdown files that any program reads, and our own import too.

fire-belts.md                       the page, with front matter
fire-belts/counting-the-cost.md     a page below it
fire-belts/files/12-belt.webp         what it shows
history/fire-belts/0003.md          an older version
"""

import posixpath
import re
import tempfile
import zipfile

import yaml
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from files.models import File
from files.printing import files_in
from wiki.actions.attaching import tidy_name
from wiki.exporting.branches import attachments_of
from wiki.models import Revision

# Versions in one archive; whoever wants more takes branch after branch.
MOST_VERSIONS = 20_000
# Above this many bytes an archive waits on the disk, not in memory.
IN_MEMORY = 5_000_000
_ADDRESS = re.compile(r"(!?\[[^\]]*\]\()(/[^\s)]+)")


class TooManyVersions(Exception):
    """More versions than one archive holds. ``number`` says how many there are."""

    def __init__(self, number):
        self.number = number
        super().__init__(number)


def write_archive(parts, user, *, with_history):
    """Write pages into a zip.

    Args:
        parts: list of ``Part``.
        user: the reader; pictures they may not see are left out.
        with_history: with all older versions.

    Returns:
        a file at its beginning; closing it removes it.

    Raises:
        TooManyVersions: nothing was written.
    """
    revisions = Revision.objects.filter(page__in=[part.page.pk for part in parts])
    if with_history and (number := revisions.count()) > MOST_VERSIONS:
        raise TooManyVersions(number)
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  handed on
    attached = attachments_of(parts)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        places = {}
        for part in parts:
            places[part.page.pk] = "/".join(part.path)
            text = _with_files(part, user, archive, attached)
            archive.writestr(f"{places[part.page.pk]}.md", _document(part.page, text))
        if with_history:
            _write_history(archive, places, revisions)
    file.seek(0)
    return file


def _document(page, text):
    revision = page.current
    head = {
        "title": page.title,
        "parent": page.parent.title if page.parent else None,
        "version": revision.number,
        "changed": revision.created.isoformat(timespec="seconds"),
        "author": revision.author_label,
        "readers": page.audience,
    }
    return f"{front_matter(head)}{text.rstrip()}\n"


def front_matter(head):
    """A YAML block as static site generators read it; empty values are left out.

    Args:
        head: dict of plain values.
    """
    filled = {name: value for name, value in head.items() if value not in (None, "")}
    text = yaml.safe_dump(filled, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{text}---\n\n"


def _with_files(part, user, archive, attached):
    """The text of a page with its files beside it; they are put into the archive."""
    text = part.page.current.body
    addresses = {address for _before, address in _ADDRESS.findall(text)}
    found = files_in(addresses, user) | {
        address: file
        for address, file in attached.items()
        if address in addresses or address.startswith(part.page.get_absolute_url())
    }
    folder = "/".join(part.path)
    names = {}
    for address, file in found.items():
        name = f"files/{file.pk}-{_name(file)}"
        names[address] = f"{posixpath.basename(folder)}/{name}"
        path = f"{folder}/{name}"
        if path not in archive.namelist():
            with default_storage.open(file.original.name) as content:
                archive.writestr(path, content.read())
    return _ADDRESS.sub(lambda match: match[1] + names.get(match[2], match[2]), text)


def _name(file):
    """Documents keep the ending of their name; pictures are what we made of them."""
    stem, ending = posixpath.splitext(tidy_name(file.name))
    return f"{stem}{'.webp' if file.kind == File.Kind.PHOTO else ending.lower()}"


def _write_history(archive, places, revisions):
    rows = revisions.with_people().order_by("page", "number")
    for revision in rows.iterator(chunk_size=200):
        head = {
            "title": revision.title,
            "version": revision.number,
            "changed": revision.created.isoformat(timespec="seconds"),
            "author": revision.author_label,
            "group": revision.author_group.name if revision.author_group else None,
            "typed by": _typist(revision),
            "summary": revision.summary,
            "small change": True if revision.is_minor else None,
        }
        archive.writestr(
            f"history/{places[revision.page_id]}/{revision.number:04}.md",
            f"{front_matter(head)}{revision.body}\n",
        )


def _typist(revision):
    if revision.entered_by_id in (None, revision.author_id):
        return None
    return revision.entered_by.name or _("somebody")
