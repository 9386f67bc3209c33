"""Documents: known kinds only, told by what is in them and not by their name."""

import io
import zipfile
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from files.models import File
from files.pictures import Prepared

MOST_BYTES = 10 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

TYPES = {
    ".pdf": "application/pdf",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
    ".odt": f"{_OPEN}.text",
    ".ods": f"{_OPEN}.spreadsheet",
    ".odp": f"{_OPEN}.presentation",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".rtf": "application/rtf",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
}
# What each packed kind must hold inside.
_INSIDE = {
    ".docx": "word/",
    ".xlsx": "xl/",
    ".pptx": "ppt/",
    ".odt": "content.xml",
    ".ods": "content.xml",
    ".odp": "content.xml",
}


def accepted_types():
    """What the file chooser offers."""
    return list(TYPES)


def prepare_document(upload):
    """Check a document.

    Args:
        upload: an uploaded file (``name``, ``size``, readable).

    Returns:
        ``Prepared``.

    Raises:
        ValidationError: too large, of another kind, or not what its name says.
    """
    if upload.size > MOST_BYTES:
        raise ValidationError(
            _("This file is larger than %(limit)d MB. Send a smaller one.")
            % {"limit": MOST_BYTES // 1024 // 1024}
        )
    if not upload.size:
        raise ValidationError(_("This file is empty."))
    ending = PurePath(upload.name or "").suffix.lower()
    if ending not in TYPES:
        raise ValidationError(
            _("Files of this kind are not taken. Send PDF, Word, Excel or text.")
        )
    upload.seek(0)
    content = upload.read()
    if not _is_what_it_says(ending, content):
        raise ValidationError(
            _("What is in this file is not what its name says (%(ending)s).")
            % {"ending": ending}
        )
    return Prepared(
        kind=File.Kind.DOCUMENT,
        name=PurePath(upload.name).name[-200:],
        content=content,
        content_type=TYPES[ending],
    )


def _is_what_it_says(ending, content):
    if ending == ".pdf":
        return content.lstrip()[:5] == b"%PDF-"
    if ending == ".rtf":
        return content[:5] == b"{\\rtf"
    if ending in (".doc", ".xls", ".ppt"):
        return content.startswith(_OLE)
    if ending in _INSIDE:
        return _holds(content, _INSIDE[ending])
    if b"\0" in content:
        return False
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Old tables come in the letters of their country; they are text all the same.
        return content[:2] not in (b"MZ", b"PK") and content[:4] != b"\x7fELF"
    return True


def _holds(content, part):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return any(name.startswith(part) for name in packed.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
