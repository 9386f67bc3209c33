"""Drafts: what somebody is typing, kept while they type."""

from django.utils import timezone

from markup.limits import clean
from wiki.models import Draft


def keep_draft(space, *, by, page=None, base=None, title="", body="", summary=""):
    """Keep what is being typed, over the cap or not; only its writer sees it.

    Args:
        space: where.
        by: who types.
        page: the ``Page`` that is edited; None for one not made yet.
        base: the ``Revision`` the text was made from.
        title, body, summary: as typed.

    Returns:
        the ``Draft``, or None where there is nothing to keep.
    """
    title, body, summary = clean(title)[:1000], clean(body), clean(summary)[:1000]
    is_as_base = base is not None and (body, title) == (base.body, base.title)
    if is_as_base or not (body.strip() or title.strip()):
        discard_draft(space, by=by, page=page)
        return None
    draft, _made = Draft.objects.update_or_create(
        space=space,
        page=page,
        person=by,
        defaults={
            "base": base,
            "title": title,
            "body": body,
            "summary": summary,
            "saved": timezone.now(),
        },
    )
    return draft


def discard_draft(space, *, by, page=None):
    """Throw a draft away.

    Args:
        space: where.
        by: whose draft it is.
        page: the ``Page``; None for one not made yet.
    """
    Draft.objects.filter(space=space, page=page, person=by).delete()
