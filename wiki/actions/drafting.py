"""Drafts: what somebody is typing, kept while they type."""

from django.utils import timezone

from markup.limits import clean
from wiki.models import Draft
from wiki.sectioning import section_of, words_of


def keep_draft(
    space, *, by, page=None, base=None, section="", title="", body="", summary=""
):
    """Keep what is being typed, over the cap or not; only its writer sees it.

    Args:
        space: where.
        by: who types.
        page: the ``Page`` that is edited; None for one not made yet.
        base: the ``Revision`` the text was made from.
        section: the id of a heading of ``base``, where ``body`` is only that section.
            Each part has a draft of its own: none is put in the place of another.
        title, body, summary: as typed.

    Returns:
        the ``Draft``, or None where there is nothing to keep.
    """
    title, body, summary = clean(title)[:1000], clean(body), clean(summary)[:1000]
    if _is_as_base(base, section, title, body) or not (body.strip() or title.strip()):
        discard_draft(space, by=by, page=page, section=section)
        return None
    draft, _made = Draft.objects.update_or_create(
        space=space,
        page=page,
        person=by,
        section=section,
        defaults={
            "base": base,
            "title": title,
            "body": body,
            "summary": summary,
            "saved": timezone.now(),
        },
    )
    return draft


def _is_as_base(base, section, title, body):
    if base is None:
        return False
    if not section:
        return (body, title) == (base.body, base.title)
    found = section_of(base, section)
    return found is not None and body.strip() == words_of(base, found).strip()


def discard_draft(space, *, by, page=None, section=""):
    """Throw a draft away.

    Args:
        space: where.
        by: whose draft it is.
        page: the ``Page``; None for one not made yet.
        section: the id of a heading, where it is the draft of a section.
    """
    Draft.objects.filter(space=space, page=page, person=by, section=section).delete()
