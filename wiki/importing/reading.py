"""What came in, as files by path; nothing of it is trusted, and nothing is unpacked."""

import posixpath
import stat
import zipfile
from pathlib import Path

from django.utils.translation import gettext as _

MOST_FILES = 2_000
MOST_BYTES = 150 * 1024 * 1024
MOST_OF_ONE = 20 * 1024 * 1024
# A page of text is packed to a tenth at best; a bomb to a thousandth.
MOST_PACKED = 200
TEXTS = (".md", ".markdown", ".mdown", ".txt")


class Unreadable(Exception):
    """What came in cannot be taken. ``str()`` of it can be shown."""


def read_archive(file):
    """The files of a zip, by path.

    Args:
        file: an open file.

    Returns:
        dict: path with "/" → bytes.

    Raises:
        Unreadable: no zip, locked, too much, or with paths that lead out of it.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = [it for it in archive.infolist() if not it.is_dir()]
            _check_size([it.file_size for it in members])
            return {
                _checked(it): _unpacked(archive, it)
                for it in members
                if not _is_ballast(it.filename)
            }
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise Unreadable(
            _("This is no zip that can be read. Pack the folder again.")
        ) from error
    except RuntimeError as error:
        raise Unreadable(
            _("This zip is locked with a password. Pack it without one.")
        ) from error


def read_folder(folder):
    """The files below a folder on this machine, by path; links are not followed.

    Args:
        folder: its path.

    Raises:
        Unreadable: no folder, or too much in it.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise Unreadable(_("There is no folder %(folder)s.") % {"folder": folder})
    paths = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not path.is_symlink()
        and not _is_ballast(path.relative_to(folder).as_posix())
    ]
    _check_size([path.stat().st_size for path in paths])
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def read_uploads(uploads):
    """Files sent one by one: a zip is opened, the others stand beside each other.

    Args:
        uploads: uploaded files.

    Raises:
        Unreadable.
    """
    found = {}
    _check_size([upload.size for upload in uploads])
    for upload in uploads:
        name = posixpath.basename(upload.name.replace("\\", "/"))
        if name.lower().endswith(".zip"):
            found |= read_archive(upload)
        else:
            found[name] = upload.read()
    _check_size([len(content) for content in found.values()])
    return found


def _check_size(sizes):
    if len(sizes) > MOST_FILES:
        raise Unreadable(
            _("These are %(number)s files; %(most)s are the most at once. Take one "
              "folder after the other.") % {"number": len(sizes), "most": MOST_FILES}
        )  # fmt: skip
    if sum(sizes) > MOST_BYTES or max(sizes, default=0) > MOST_OF_ONE:
        raise Unreadable(
            _("That is more than %(most)d MB unpacked, or one file is over %(one)d MB. "
              "Take one folder after the other, without films.")
            % {"most": MOST_BYTES >> 20, "one": MOST_OF_ONE >> 20}
        )  # fmt: skip


def _checked(member):
    path = member.filename.replace("\\", "/")
    parts = path.split("/")
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    if path.startswith("/") or ".." in parts or ":" in parts[0] or is_link:
        raise Unreadable(
            _("A file in this zip leads out of it (%(path)s). Pack the folder again.")
            % {"path": path[:80]}
        )
    return posixpath.normpath(path)


def _unpacked(archive, member):
    """One file, never more of it than the zip says there is."""
    packed = max(member.compress_size, 1)
    if member.file_size > 1_000_000 and member.file_size / packed > MOST_PACKED:
        raise Unreadable(
            _("A file in this zip unpacks into far more than it should (%(path)s).")
            % {"path": member.filename[:80]}
        )
    with archive.open(member) as content:
        return content.read(member.file_size)


def _is_ballast(path):
    """Hidden files, and what a Mac or Windows leaves in every folder."""
    parts = path.replace("\\", "/").split("/")
    return any(
        part.startswith(".") and part not in (".", "..") or part == "__MACOSX"
        for part in parts
    ) or parts[-1] in ("Thumbs.db", "desktop.ini")
