"""Pages for programs: as JSON, and changes for feed readers."""

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from conversations.about import with_whole_addresses
from notifications.letters import absolute
from wiki.around import find_family, find_writers
from wiki.changed import changes_of


def page_data(page, user):
    """A page as a program reads it.

    Args:
        page: the ``Page`` with its newest revision.
        user: the reader.

    Returns:
        dict of what JSON can hold; addresses are whole, times ISO 8601 in UTC.
    """
    revision = page.current
    parent, children = find_family(page, user)
    writers = find_writers(page, user)
    return {
        "title": page.title,
        "address": absolute(page.get_absolute_url()),
        "version": revision.number,
        "changed": revision.created,
        "language": page.space.language,
        "readers": page.audience,
        "text": revision.body,
        "html": with_whole_addresses(page.body_html),
        "headings": page.headings,
        "writers": writers.in_order,
        "groups": [group.name for group in writers.groups],
        "parent": _near(page.space, parent) if parent else None,
        "children": [_near(page.space, child) for child in children],
    }


def _near(space, row):
    address = reverse(
        "wiki:page_detail", kwargs={"space": space.slug, "page": row["slug"]}
    )
    return {"title": row["title"], "address": absolute(address)}


def changes_feed(revisions, *, title, about, page, feed, language):
    """Changes as Atom (RFC 4287), each with what was changed in words.

    Args:
        revisions: list of ``Revision`` with their texts, pages and people.
        title, about: of the feed.
        page, feed: paths of what it follows, and of itself.
        language: of the space.

    Returns:
        str.
    """
    document = Atom1Feed(
        title=title,
        description=about,
        link=absolute(page),
        feed_url=absolute(feed),
        language=language,
    )
    changes = changes_of(revisions)
    for revision in revisions:
        document.add_item(
            title=_entry_title(revision),
            link=absolute(revision.get_absolute_url()),
            description=_entry(revision, changes[revision.pk]),
            author_name=revision.author_label,
            pubdate=revision.created,
            updateddate=revision.created,
            unique_id=_entry_id(revision),
        )
    return document.writeString("utf-8")


def _entry_title(revision):
    if revision.number == 1:
        return _("New: %(title)s") % {"title": revision.page.title}
    if revision.summary:
        return f"{revision.page.title}: {revision.summary}"
    return revision.page.title


def _entry_id(revision):
    """The identity of a version (RFC 4151); a page that is renamed keeps its own."""
    day = revision.created.date().isoformat()
    return f"tag:{settings.ALLIANCE_MAIL_DOMAIN},{day}:revision-{revision.pk}"


def _entry(revision, change):
    words = _("%(who)s: +%(added)s −%(removed)s words") % {
        "who": revision.author_label,
        "added": revision.words_added,
        "removed": revision.words_removed,
    }
    lines = format_html_join(
        "",
        "<p>{} {}</p>",
        (
            (
                line.sign,
                format_html_join(
                    "", "{}", (_piece(kind, text) for kind, text in line.pieces)
                ),
            )
            for line in change.lines
        ),
    )
    more = format_html("<p>{}</p>", _("… and more.")) if change.is_cut else ""
    return format_html("<p>{}</p>{}{}", words, lines, more)


def _piece(kind, text):
    element = {"added": "ins", "removed": "del"}.get(kind)
    if element is None:
        return (text,)
    return (format_html(f"<{element}>{{}}</{element}>", text),)
