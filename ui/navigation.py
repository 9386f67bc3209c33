"""Components that lead on: tabs, steps, menus, crumbs, pages, a space's head."""

from urllib.parse import urlencode

from django.urls import NoReverseMatch
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ui.addresses import address_of
from ui.drawing import EMPTY, attributes, joined
from ui.sprite import icon as draw_icon

NOTHING = SafeString("<span></span>")  # keeps its place in the row


def tabs(context, content, **inputs):
    """Draw a line of links, one of them current; it scrolls on a phone."""
    lines = []
    for item in inputs["items"]:
        label, href, current, count = (*item, False, None)[:4]
        lines.append(
            format_html(
                '<li><a href="{}"{}>{}{}</a></li>',
                href,
                attributes({"aria_current": "page" if current else ""}),
                label,
                format_html(' <span class="tabs-count">{}</span>', count)
                if count
                else EMPTY,
            )
        )
    return format_html(
        '<nav class="tabs" aria-label="{}" data-tabs><ul>{}</ul></nav>',
        inputs["label"] or _("Sections"),
        joined(lines),
    )


def steps(context, content, **inputs):
    """Draw how far a wizard has come. Items: (label, href or "")."""
    current = int(inputs["current"])
    items = list(inputs["items"])
    lines = []
    for number, item in enumerate(items, start=1):
        label, href = item if isinstance(item, list | tuple) else (item, "")
        state = "done" if number < current else "now" if number == current else "next"
        inner = format_html(
            '<span class="steps-mark" aria-hidden="true">{}</span>'
            '<span class="steps-label">{}</span>',
            draw_icon("check") if state == "done" else number,
            label,
        )
        if href and number != current:
            inner = format_html('<a href="{}">{}</a>', href, inner)
        lines.append(
            format_html(
                '<li class="steps-{}"{}>{}</li>',
                state,
                attributes({"aria_current": "step" if state == "now" else ""}),
                inner,
            )
        )
    words = _("Step %(number)s of %(total)s") % {
        "number": current,
        "total": len(items),
    }
    return format_html(
        '<nav class="steps" aria-label="{0}"><p class="steps-words">{0}</p>'
        "<ol>{1}</ol></nav>",
        words,
        joined(lines),
    )


def menu(context, content, **inputs):
    """Draw a menu that opens without JavaScript; the body holds ``<li>`` items."""
    return format_html(
        '<details class="menu{}" data-menu><summary class="button button-{}{}">'
        "{}{}</summary><ul>{}</ul></details>",
        " menu-end" if inputs["end"] else "",
        inputs["kind"],
        " button-small" if inputs["small"] else "",
        draw_icon(inputs["icon"]),
        inputs["label"],
        content,
    )


def crumbs(context, content, **inputs):
    """Draw the way back: (label, href) pairs, the last may lack its href."""
    lines = (
        (format_html('<a href="{}">{}</a>', href, label) if href else label,)
        for label, href in inputs["items"]
    )
    return format_html(
        '<nav class="crumbs" aria-label="{}"><ol>{}</ol></nav>',
        _("You are here"),
        format_html_join("", "<li>{}</li>", lines),
    )


def pagination(context, content, **inputs):
    """Draw the way through the pages of a list, keeping the other parameters."""
    page = inputs["page"]
    if page is None or not page.has_other_pages():
        return EMPTY
    request = context.get("request")
    param = inputs["param"]
    kept = []
    if request is not None:
        kept = [
            (name, value)
            for name, values in request.GET.lists()
            for value in values
            if name != param
        ]

    def link(number, label, rel, symbol):
        before, after = (draw_icon(symbol), label)[:: 1 if rel == "prev" else -1]
        return format_html(
            '<a class="button button-secondary button-small" rel="{}" href="?{}{}">'
            "{}{}</a>",
            rel,
            urlencode([*kept, (param, number)]),
            f"#{inputs['anchor']}" if inputs["anchor"] else "",
            before,
            after,
        )

    words = _("Page %(number)s of %(total)s") % {
        "number": page.number,
        "total": page.paginator.num_pages,
    }
    return format_html(
        '<nav class="pagination" aria-label="{}">{}<span>{}</span>{}</nav>',
        inputs["label"] or _("Pages"),
        link(page.previous_page_number(), _("Previous"), "prev", "back")
        if page.has_previous()
        else NOTHING,
        words,
        link(page.next_page_number(), _("Next"), "next", "arrow")
        if page.has_next()
        else NOTHING,
    )


def address(name, **kwargs):
    """Reverse a URL of a page above this one, which may be switched off.

    ``ui`` knows no other app, so a page that is not installed is simply not linked;
    ``tests/ui/test_views.py`` checks that each of them is there.

    Returns:
        The address, or "".
    """
    try:
        return address_of(name, **kwargs)
    except NoReverseMatch:
        return ""


def space_head(context, content, **inputs):
    """Draw the head of every page of a space: name, concern, openness, tabs.

    The body holds actions. ``member_count`` may be given or annotated.
    """
    space, membership = inputs["space"], inputs["membership"]
    home = address("discover:space_detail", space=space.slug)
    number = inputs["member_count"]
    if number is None:
        number = getattr(space, "member_count", None)
    name = "h1" if inputs["heading"] else "p"
    return format_html(
        '<header class="space-head"><{0} class="space-name"><a href="{1}">{2}</a></{0}>'
        '{3}<div class="space-facts">{4}{5}{6}{7}</div>{8}</header>',
        name,
        home,
        space.name,
        format_html('<p class="concern" dir="auto">{}</p>', space.concern)
        if inputs["heading"] and space.concern
        else EMPTY,
        format_html('<span class="pill">{}</span>', space.openness),
        EMPTY if number is None else _member_words(number),
        _state(space),
        content,
        tabs(
            context,
            "",
            label=_("In this space"),
            items=_space_tabs(space, membership, inputs["tab"], home),
        ),
    )


def _member_words(number):
    return format_html(
        "<span>{}</span>",
        ngettext("%d member", "%d members", number) % number,
    )


def _state(space):
    words = {"resting": _("Resting"), "archived": _("Archived, read only")}
    state = getattr(space, "state", "")
    if state not in words:
        return EMPTY
    return format_html('<span class="badge badge-sun">{}</span>', words[state])


TOOLS = [
    ("exchange", "conversations:exchange"),
    ("stories", "stories:story_list"),
    ("wiki", "wiki:page_list"),
    ("webinars", "webinars:webinar_list"),
]


def _space_tabs(space, membership, current, home):
    words = {
        "exchange": _("Exchange"),
        "stories": _("Stories"),
        "wiki": _("Wiki"),
        "webinars": _("Webinars"),
    }
    rows = [("now", _("Now"), home)]
    rows += [
        (tool, words[tool], address(view, space=space.slug))
        for tool, view in TOOLS
        if tool in space.tools
    ]
    rows.append(
        ("people", _("People"), address("spaces:member_list", space=space.slug))
    )
    if getattr(membership, "role", "") == "facilitator":
        settings_page = address("spaces:space_settings", space=space.slug)
        rows.append(("settings", _("Settings"), settings_page))
    return [(label, href, name == current) for name, label, href in rows if href]
