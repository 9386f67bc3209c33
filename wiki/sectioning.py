"""One section of a page: the way to its form, and its words among the others."""

import re

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from markup.sections import find_section, find_sections, section_text, with_section
from ui.sprite import icon

_HEADING = re.compile(r'<h([2-6])([^>]*? id="(s-[^"]+)"[^>]*)>(.*?)</h\1>', re.DOTALL)

# An id is at most "s-", 80 signs and a number; longer ones are nobody's.
MAX_SECTION = 120


def section_of(revision, place):
    """A section of a version.

    Args:
        revision: a ``Revision``, or None.
        place: the id of its heading, from an address or a form.

    Returns:
        ``Section``, or None where that version has no such section.
    """
    if revision is None or not place or len(place) > MAX_SECTION:
        return None
    return find_section(revision.body, place)


def words_of(revision, section):
    """The source of a section of this very version."""
    return section_text(revision.body, section)


def put_back(revision, section, words):
    """The whole text of a version with other words in the place of a section."""
    return with_section(revision.body, section, words)


def place_after(page, section, words):
    """Where the section stands on the page now that it was saved.

    Args:
        page: the ``Page`` as it stands now.
        section: as it was found in the version before.
        words: what was typed in its place.

    Returns:
        "#id", or "" where no such heading stands any more.
    """
    known = {heading["id"] for heading in page.headings}
    typed = [each.id for each in find_sections(words)[:1]]
    for place in [section.id, *typed]:
        if place in known:
            return f"#{place}"
    return ""


def with_edit_links(page, html):
    """Put a link to the form of its section beside each heading of a page.

    The stored HTML is one for all; only people who may edit get the links.

    Args:
        page: the ``Page``.
        html: its ``body_html``.
    """
    places = {
        heading["id"]: heading["text"]
        for heading in page.headings
        if heading.get("is_section")
    }
    if not places:
        return html
    kwargs = {"space": page.space.slug, "page": page.slug}
    address = reverse("wiki:page_edit", kwargs=kwargs)
    pen, word = icon("pen"), _("Edit")

    def framed(match):
        place = match[3]
        if place not in places:
            return match[0]
        link = format_html(
            '<a class="section-edit" href="{}?section={}">{}{}'
            '<span class="hidden-visually">: {}</span></a>',
            address, place, pen, word, places[place],
        )  # fmt: skip
        return f'<div class="section-head">{match[0]}{link}</div>'

    return _HEADING.sub(framed, html)
