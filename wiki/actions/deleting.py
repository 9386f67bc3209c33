"""Taking pages away, and bringing them back. The history is kept."""

from django.db import transaction
from django.utils import timezone

from spaces.actions.recording import write_record
from wiki.actions import places
from wiki.actions.attaching import files_follow
from wiki.drawing import DRAWN_FIELDS, draw_page
from wiki.locking import hold_page, hold_wiki
from wiki.nudging import nudge_drawing
from wiki.redrawing import redraw_linking


@transaction.atomic
def delete_page(page, *, by, reason=""):
    """Take a page and the talk under it out of sight; links to it turn red.

    Args:
        page: the ``Page``.
        by: who deletes it.
        reason: on the record, and shown where the page was.

    Returns:
        the page.
    """
    hold_wiki(page.space_id, alone=True)
    page = hold_page(page.pk)
    if page.deleted is not None:
        return page
    page.deleted = timezone.now()
    page.deleted_by = by
    page.deleted_reason = reason
    page.save(update_fields=["deleted", "deleted_by", "deleted_reason"])
    _hide_thread(page, page.deleted)
    files_follow(page)
    write_record("page_deleted", by=by, space=page.space, reason=reason, page=page.pk)
    _draw_linking(page)
    return page


@transaction.atomic
def undelete_page(page, *, by):
    """Bring a page back as it was; links to it turn blue.

    Args:
        page: the ``Page``.
        by: who brings it back.

    Returns:
        the page.

    Raises:
        TitleTaken: meanwhile another page has its title.
    """
    hold_wiki(page.space_id, alone=True)
    page = hold_page(page.pk)
    if page.deleted is None:
        return page
    places.refuse_taken(page)
    page.deleted = page.deleted_by = None
    page.deleted_reason = ""
    draw_page(page, page.current.body if page.current else "")
    page.save(update_fields=["deleted", "deleted_by", "deleted_reason", *DRAWN_FIELDS])
    _hide_thread(page, None)
    files_follow(page)
    write_record("page_undeleted", by=by, space=page.space, page=page.pk)
    _draw_linking(page)
    return page


def _hide_thread(page, when):
    if page.thread is not None:
        page.thread.hidden = when
        page.thread.save(update_fields=["hidden"])


def _draw_linking(page):
    places.touch_family(page)
    if redraw_linking(page.space, places.keys_of(page), besides=page):
        transaction.on_commit(nudge_drawing)
