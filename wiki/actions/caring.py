"""Giving a page into care, and looking at it."""

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from spaces.actions.recording import write_record
from wiki.models import Care


@transaction.atomic
def set_care(page, *, by, carer=None, carer_group=None, every_months=None, due=None):
    """Say who looks after a page, how often, and when next.

    Args:
        page: the ``Page``.
        by: who says so.
        carer, carer_group: a person or a stakeholder group, or neither.
        every_months: the next day is set by itself after each look; None: once.
        due: the next day.

    Returns:
        the ``Care``.
    """
    care, _made = Care.objects.select_for_update().get_or_create(page=page)
    if due != care.due:
        care.asked = care.raised = None
    care.carer, care.carer_group = carer, carer_group
    care.every_months, care.due = every_months, due
    care.save()
    write_record(
        "page_care_changed", by=by, space=page.space, about=carer, page=page.pk
    )
    return care


@transaction.atomic
def look_at_page(care, *, by, verdict, words="", now=None):
    """Say how a page stands; the next day is set, and nobody is asked any more.

    Args:
        care: the ``Care``.
        by: who looked.
        verdict: one of ``Care.Verdict``.
        words: what is wrong, or what was checked.
        now: the clock.

    Returns:
        the ``Care``.
    """
    now = now or timezone.now()
    held = Care.objects.select_for_update().select_related(None).get(pk=care.pk)
    held.verdict, held.words = verdict, words
    held.looked, held.looked_by = now, by
    held.asked = held.raised = None
    held.due = (
        now.date() + relativedelta(months=held.every_months)
        if held.every_months
        else None
    )
    held.save()
    write_record(
        "page_looked_at", by=by, space=care.page.space, page=care.page_id, new=verdict
    )
    return held
