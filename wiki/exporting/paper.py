"""Pages as one document: with contents, and with those who wrote it."""

import re

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from conversations.about import with_whole_addresses
from notifications.letters import absolute
from wiki.models import Revision

# Letters of text in one document: about a hundred printed pages, ten seconds of work.
MOST_LETTERS = 400_000
_ID = re.compile(r' id="')
_JUMP = re.compile(r' href="#')
_FORMULA = re.compile(r'<math\b[^>]*\balttext="([^"]*)"[^>]*>.*?</math>', re.DOTALL)
_WIKI_LINK = re.compile(r' href="(/s/[^"#?]+/wiki/[^"#?/]+/)(?:#[^"]*)?"')


def paper_context(parts, space, *, title):
    """What ``wiki/paper.html`` draws.

    Args:
        parts: list of ``Part``.
        space: the entered space.
        title: of the document.

    Returns:
        dict.
    """
    anchors = {part.page.get_absolute_url(): f"page-{part.page.pk}" for part in parts}
    writers = _writers([part.page.pk for part in parts])
    return {
        "space": space,
        "title": title,
        "made": timezone.now(),
        "address": absolute(reverse("wiki:page_list", kwargs={"space": space.slug})),
        "is_many": len(parts) > 1,
        "parts": [
            {
                "page": part.page,
                "anchor": f"page-{part.page.pk}",
                "level": part.level,
                "body_html": _in_document(part.page, anchors),
                "writers": [name for name, _group in writers.get(part.page.pk, ())],
            }
            for part in parts
        ],
        "contributors": sorted(
            {each for names in writers.values() for each in names},
            key=lambda each: each[0].casefold(),
        ),
    }


def letters_in(parts):
    """How much text that is.

    Args:
        parts: list of ``Part``.
    """
    return sum(len(part.page.body_html) for part in parts)


def _in_document(page, anchors):
    """The page's HTML with names of its own, and links that stay in the document."""
    html = _ID.sub(f' id="page-{page.pk}-', page.body_html)
    html = _JUMP.sub(f' href="#page-{page.pk}-', html)
    html = _WIKI_LINK.sub(
        lambda match: (
            f' href="#{anchors[match[1]]}"' if match[1] in anchors else match[0]
        ),
        html,
    )
    # WeasyPrint draws no MathML.
    html = _FORMULA.sub(r'<code class="formula">\1</code>', html)
    return with_whole_addresses(html)


def _writers(pages):
    """{page: [(name, group), …]} of all who wrote, by alphabet; one query."""
    rows = (
        Revision.objects.filter(page__in=pages)
        .order_by()
        .values_list("page", "author__name", "author_name", "author_group__name")
        .distinct()
    )
    found = {}
    for page, name, guest, group in rows:
        found.setdefault(page, set()).add(
            (name or guest or _("former member"), group or "")
        )
    return {
        page: sorted(names, key=lambda each: each[0].casefold())
        for page, names in found.items()
    }
