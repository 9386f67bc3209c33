"""Taking a handbook in: looked through first, written by a worker then."""

import io
import zipfile
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from files import documents
from files.actions import upload
from files.models import File
from spaces.actions.recording import write_record
from wiki.actions.attaching import attach_file, tidy_name
from wiki.actions.outcomes import Collided, Gone, TitleTaken
from wiki.actions.writing import create_page, save_page
from wiki.importing.planning import MARK, as_report, plan_pages
from wiki.importing.reading import Unreadable, read_archive
from wiki.models import Import, Page
from wiki.nudging import nudge_imports
from wiki.permissions import can_edit_page, can_import_pages

# A worker that has kept nothing for so long is dead.
TURN = timedelta(minutes=10)
# Pages between two looks at how far it is.
KEPT_EVERY = 10
KEPT_FOR = timedelta(days=2)


def check_import(space, found, *, by, audience, parent=None, is_update=False):
    """Look files through and keep them for the day somebody says yes.

    Args:
        space: the wiki.
        found: path → bytes (``wiki.importing.reading``).
        by: who brings them.
        audience: who will read new pages: members or public.
        parent: the ``Page`` that new pages stand under.
        is_update: pages that stand already get a new version.

    Returns:
        the ``Import`` with its report.

    Raises:
        Unreadable: no page is in it.
    """
    planned = plan_pages(found, space, by, is_update=is_update)
    if not planned:
        raise Unreadable(
            _("There is no Markdown in it: no file ends in .md, .markdown or .txt.")
        )
    held = Import(
        space=space,
        by=by,
        audience=audience,
        parent=parent,
        is_update=is_update,
        report=as_report(planned),
    )
    held.content.save("import.zip", ContentFile(_packed(found)), save=False)
    held.save()
    return held


def _packed(found):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in found.items():
            archive.writestr(path, content)
    return out.getvalue()


def want_import(held, *, by):
    """Somebody has read the report and says yes: a worker writes the pages.

    Args:
        held: the ``Import``.
        by: who says so.

    Returns:
        whether this was the first yes.
    """
    checked = Import.objects.filter(pk=held.pk, state=Import.State.CHECKED)
    if not checked.update(state=Import.State.WANTED):
        return False
    transaction.on_commit(nudge_imports)
    return True


def take_in(*, now=None):
    """Write the pages of every import that waits.

    Each page is a transaction of its own, so others go on writing meanwhile; killed
    halfway, the next turn goes on where this one was.

    Args:
        now: the clock.

    Returns:
        how many imports were finished.
    """
    now = now or timezone.now()
    number = 0
    while held := _claimed(now):
        _finish(held)
        number += 1
    return number


@transaction.atomic
def _claimed(now):
    """The next import to write; nobody else gets it while its turn lasts."""
    waiting = Q(state=Import.State.WANTED) | Q(
        state=Import.State.RUNNING, claimed__lt=now - TURN
    )
    held = (
        Import.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("space", "by", "parent")
        .filter(waiting)
        .order_by("pk")
        .first()
    )
    if held is not None:
        held.state, held.claimed = Import.State.RUNNING, timezone.now()
        held.save(update_fields=["state", "claimed"])
    return held


def _finish(held):
    with held.content.open("rb") as content:
        found = read_archive(content)
    with override(held.by.language or held.space.language):
        _write_all(held, found)
    with transaction.atomic():
        held.state, held.done = Import.State.DONE, timezone.now()
        held.save(update_fields=["state", "done", "report", "written"])
        write_record(
            "pages_imported", by=held.by, space=held.space, number=held.written
        )
        # What came in is in the pages now.
        held.content.delete(save=False)
        held.save(update_fields=["content"])


def _write_all(held, found):
    done = {row["path"]: row for row in held.report if row.get("slug")}
    planned = plan_pages(found, held.space, held.by, is_update=held.is_update)
    may = can_import_pages(held.by, held.space)
    pages, rows = {}, {}
    for number, page in enumerate(planned, start=1):
        if page.path in done:
            rows[page.path] = done[page.path]
            pages[page.path] = _standing(held, page.title)
            continue
        if may:
            pages[page.path] = _tried(held, page, pages, found)
        else:
            page.fate, page.why = "skip", _("You may not write in this wiki any more.")
        [rows[page.path]] = as_report([page])
        written = pages.get(page.path) if page.fate in ("new", "update") else None
        rows[page.path]["slug"] = written.slug if written else ""
        if number % KEPT_EVERY == 0 or number == len(planned):
            held.report = [rows.get(row["path"], row) for row in held.report]
            held.written = sum(1 for row in held.report if row.get("slug"))
            held.claimed = timezone.now()
            held.save(update_fields=["report", "written", "claimed"])


def _tried(held, planned, pages, found):
    try:
        with transaction.atomic():
            return _write(held, planned, pages, found)
    except ValidationError as error:
        planned.fate, planned.why = "skip", " ".join(error.messages)
    except (Collided, Gone, TitleTaken):
        planned.fate = "skip"
        planned.why = _("Somebody changed that page meanwhile. Bring it again.")
    return None


def _standing(held, title):
    page = (
        Page.objects.visible_in(held.space, held.by)
        .titled(title)
        .select_related("current")
        .first()
    )
    if page is not None:
        page.space = held.space
    return page


def _write(held, planned, pages, found):
    """One page with its files; returns it, or the one that stands already."""
    page = _standing(held, planned.title)
    if planned.fate not in ("new", "update"):
        return page
    summary = _("Taken in from %(path)s") % {"path": planned.path[:150]}
    words = {"by": held.by, "summary": summary, "is_quiet": True}
    if page is None:
        page = create_page(
            held.space,
            title=planned.title,
            body=planned.body,
            audience=held.audience,
            parent=pages.get(planned.parent) or held.parent,
            **words,
        ).page
        if planned.files:
            # Their addresses are known now that the page is there.
            body = _with_files(held, planned, page, found)
            page = save_page(
                page, body=body, base=page.current, is_minor=True, **words
            ).page
        return page
    if not can_edit_page(held.by, page):
        raise ValidationError(_("Stewards guard this page."))
    body = _with_files(held, planned, page, found)
    return save_page(page, body=body, base=page.current, **words).page


def _with_files(held, planned, page, found):
    body = planned.body
    for number, path in enumerate(planned.files):
        address = _attached(held, page, path, found[path])
        body = body.replace(f"({MARK}{number})", f"({address})")
    return body


def _attached(held, page, path, content):
    """The address of a file of the page; one that is no file for us stays a path."""
    name = tidy_name(path)
    ending = f".{name.rsplit('.', 1)[-1].lower()}"
    is_document = ending in documents.TYPES
    kind = File.Kind.DOCUMENT if is_document else File.Kind.PHOTO
    try:
        file = upload(
            held.space, SimpleUploadedFile(name, content), by=held.by, kind=kind
        )
    except ValidationError:
        return path
    attachment = attach_file(page, file, by=held.by, name=name)
    attachment.page = page
    return attachment.get_absolute_url()


def forget_unwanted(*, now=None):
    """Remove what was looked through and never taken in.

    Args:
        now: the clock.

    Returns:
        how many.
    """
    before = (now or timezone.now()) - KEPT_FOR
    old = Import.objects.filter(state=Import.State.CHECKED, created__lt=before)
    return sum(drop_import(held) for held in old)


def drop_import(held):
    """Throw away what was looked through, before anybody said yes.

    Args:
        held: the ``Import``.

    Returns:
        whether it was dropped; once a worker has it, it is not.
    """
    with transaction.atomic():
        locked = Import.objects.select_for_update().filter(
            pk=held.pk, state=Import.State.CHECKED
        )
        if not locked.exists():
            return False
        locked.delete()
    held.content.delete(save=False)
    return True
