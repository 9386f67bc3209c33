"""The text of a page, drawn: once when it is saved, alike in the preview."""

from dataclasses import asdict

from django.utils import timezone

from markup.rendering import RENDERER_VERSION, render
from wiki.linking import LinkFinder, store_links

DRAWN_FIELDS = ["body_html", "plain", "headings", "renderer", "drawn"]


def draw_text(text, space, *, audience, group=None):
    """Draw a wiki text for the readers of an audience.

    Args:
        text: Markdown.
        space: where it stands.
        audience, group: who reads it (group: an id or None).

    Returns:
        (``Rendered``, ``LinkFinder``).

    Raises:
        TextTooLong: over the cap.
    """
    finder = LinkFinder(space, audience=audience, group=group)
    return render(text, profile="page", link=finder), finder


def draw_page(page, text):
    """Put a text on a page: HTML, headings, plain text, link rows.

    Args:
        page: a stored ``Page``; its fields are filled, the caller saves
            ``DRAWN_FIELDS``.
        text: Markdown.

    Raises:
        TextTooLong: over the cap.
    """
    rendered, finder = draw_text(
        text, page.space, audience=page.audience, group=page.audience_group_id
    )
    page.body_html = rendered.html
    page.plain = rendered.plain
    page.headings = [asdict(heading) for heading in rendered.headings]
    page.renderer = RENDERER_VERSION
    page.drawn = timezone.now()
    store_links(page, finder.found)
