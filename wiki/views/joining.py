"""Saving a text that was not typed into the form just now: an undo, a proposal.

Where it collides with what others wrote, the conflict page asks, and comes back to the
same address.
"""

from wiki.actions import Collided
from wiki.forms import PageForm
from wiki.views.collisions import draw_collisions, read_collisions


def save_or_ask(request, space, page, *, body, base, summary, save, why):
    """Save; where words collide, draw the page that asks which shall stand.

    Args:
        request: a POST; it carries choices where the conflict page sent it.
        space, page: where.
        body: the whole text that shall be joined with the newest one.
        base: the ``Revision`` both come from, or None.
        summary: what the history says of it.
        save: called with ``body`` and ``base``; returns an ``Outcome``.
        why: ``undo`` or ``proposal``: what the conflict page says.

    Returns:
        what ``save`` returns, or a response.
    """
    form = _form(request, space, page, body, base, summary)
    text, from_ = body, base
    if "theirs" in request.POST:
        answer = read_collisions(request, space, page, form, base, why=why)
        if answer.response is not None:
            return answer.response
        text, from_ = answer.text, answer.theirs
    try:
        return save(body=text, base=from_)
    except Collided as collided:
        return draw_collisions(request, space, page, form, collided, mine=text, why=why)


def _form(request, space, page, body, base, summary):
    """The form as if its writer had sent it: only words, no other setting."""
    kept = {
        "title": page.title,
        "parent": "",
        "audience": page.audience,
        "protection": page.protection,
    }
    data = {
        **kept,
        **{f"initial-{name}": value for name, value in kept.items()},
        "body": body,
        "base": base.pk if base else "",
        "summary": summary,
    }
    form = PageForm(data, space=space, user=request.user, page=page)
    form.is_valid()
    return form
