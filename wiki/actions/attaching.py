"""Files of a page: new ones, new versions, taking them away."""

import re
from pathlib import PurePath

from django.db import transaction
from django.utils.translation import gettext as _

from files.actions import attach, follow_audience
from files.removing import remove
from wiki.actions.outcomes import Gone
from wiki.attachments import MAX_NAME
from wiki.locking import hold_page
from wiki.models import Attachment, AttachmentVersion

_NOT_IN_NAME = re.compile(r"[^\w.-]+")


def tidy_name(name):
    """A file's name as it stands in an address.

    Args:
        name: as it came.
    """
    path = PurePath(name.replace("\\", "/").rsplit("/", 1)[-1])
    stem = _NOT_IN_NAME.sub("-", path.stem).strip("-.") or _("file")
    ending = _NOT_IN_NAME.sub("", path.suffix)[:10]
    return f"{stem[: MAX_NAME - len(ending)]}{ending}"


@transaction.atomic
def attach_file(page, file, *, by, name="", words=""):
    """Hang an upload on a page; the next version where one of that name stands.

    Args:
        page: the ``Page``.
        file: a draft ``File`` (``files.actions.upload``).
        by: who brings it.
        name: under which name; the file's own when left out.
        words: what is new about it.

    Returns:
        the ``Attachment``.

    Raises:
        Gone: the page was deleted meanwhile; the file stays a draft.
    """
    page = hold_page(page.pk)
    if page.deleted is not None:
        raise Gone(page)
    attach(file, to=page)
    name = tidy_name(name or file.name)
    found = page.attachments.filter(name__iexact=name).first()
    if found is None:
        found = Attachment.objects.create(page=page, name=name)
    last = found.versions.first()
    found.current = AttachmentVersion.objects.create(
        attachment=found,
        number=last.number + 1 if last else 1,
        file=file,
        by=by,
        words=words[:200],
    )
    found.save(update_fields=["current"])
    return found


@transaction.atomic
def choose_version(attachment, version, *, by):
    """Make an older version the one that is shown, as a new version.

    Args:
        attachment: the ``Attachment``.
        version: one of its versions.
        by: who chooses.

    Returns:
        the attachment.
    """
    hold_page(attachment.page_id)
    last = attachment.versions.first()
    if attachment.current_id == version.pk:
        return attachment
    attachment.current = AttachmentVersion.objects.create(
        attachment=attachment,
        number=last.number + 1,
        file=version.file,
        by=by,
        words=_("version %(number)d again") % {"number": version.number},
    )
    attachment.save(update_fields=["current"])
    return attachment


@transaction.atomic
def remove_attachment(attachment, *, by):
    """Take a file away for good, with all its versions.

    Args:
        attachment: the ``Attachment``.
        by: who removes it.
    """
    hold_page(attachment.page_id)
    files = {version.file for version in attachment.versions.select_related("file")}
    attachment.delete()
    for file in files:
        remove(file, by=by)


def files_follow(page):
    """Let a page's files have its readers; those of a deleted page have none.

    Args:
        page: the held ``Page`` as it is saved.
    """
    versions = AttachmentVersion.objects.filter(attachment__page=page)
    follow_audience(versions.values("file"), to=page, is_draft=page.deleted is not None)
