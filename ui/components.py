"""Components that frame other content. Each takes (context, content, **inputs).

What each may be given is declared in ``ui/templatetags/ui.py``.
"""

from django.middleware.csrf import get_token
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from ui import cards, drawing, fields
from ui.drawing import EMPTY, attributes, joined
from ui.sprite import icon as draw_icon


def button(context, content, **inputs):
    """Draw a button, or a link that looks like one when ``href`` is given."""
    kind, href, extra = inputs["kind"], inputs["href"], inputs["extra"]
    shape = f"button button-{kind}{' button-small' if inputs['small'] else ''}"
    inner = format_html("{}{}", draw_icon(inputs["icon"]), content)
    pairs = {"id": inputs["id"], "data_dialog": inputs["dialog"], **extra}
    if href:
        return format_html(
            '<a class="{}" href="{}"{}>{}</a>', shape, href, attributes(pairs), inner
        )
    pairs |= {
        "type": "button" if inputs["dialog"] else inputs["type"],
        "name": inputs["name"],
        "value": inputs["value"],
        "form": inputs["form"],
        "formaction": inputs["formaction"],
        "disabled": bool(inputs["disabled"]),
        "formnovalidate": bool(inputs["novalidate"]),
    }
    return format_html(
        '<button class="{}"{}>{}</button>', shape, attributes(pairs), inner
    )


def card(context, content, **inputs):
    """Draw one item of a list; see ``ui.cards.card``."""
    return cards.card(content, **inputs)


def field(context, content, **inputs):
    """Draw a bound form field; see ``ui.fields.field``."""
    inputs["extra"] = {
        **{key.replace("_", "-"): value for key, value in inputs["extra"].items()},
        "placeholder": inputs.pop("placeholder"),
        "autocomplete": inputs.pop("autocomplete"),
        "rows": inputs.pop("rows"),
    }
    return fields.field(**inputs)


def form(context, content, **inputs):
    """Draw a form: errors first, then its fields (or the body), then the deed."""
    bound, method = inputs["form"], inputs["method"].lower()
    request = context.get("request")
    pairs = {
        "action": inputs["action"],
        "method": method,
        "id": inputs["id"],
        "data_keep": inputs["keep"],
        "data_confirm": inputs["confirm"],
        "data_once": method == "post",
        "novalidate": method == "post",
        **inputs["extra"],
    }
    multipart = inputs["multipart"]
    if bound is not None and multipart is None:
        multipart = bound.is_multipart()
    if multipart:
        pairs["enctype"] = "multipart/form-data"
    token = EMPTY
    if method == "post" and request is not None:
        token = format_html(
            '<input type="hidden" name="csrfmiddlewaretoken" value="{}">',
            get_token(request),
        )
    if bound is not None and not content:
        content = joined(fields.field(each) for each in bound)
    return format_html(
        '<form class="form"{}>{}{}{}{}</form>',
        attributes(pairs),
        token,
        fields.error_summary(bound) if bound is not None else EMPTY,
        content,
        _form_end(inputs),
    )


def _form_end(inputs):
    if not inputs["submit"]:
        return EMPTY
    cancel = EMPTY
    if inputs["cancel"]:
        cancel = format_html(
            '<a class="button button-quiet" href="{}">{}</a>',
            inputs["cancel"],
            inputs["cancel_label"] or _("Cancel"),
        )
    return format_html(
        '<div class="form-end"><button class="button button-{}" type="submit">{}'
        "</button>{}</div>",
        inputs["kind"],
        inputs["submit"],
        cancel,
    )


def avatar(context, content, **inputs):
    """Draw a person's picture; see ``ui.drawing.avatar``."""
    return drawing.avatar(**inputs)


def group(context, content, **inputs):
    """Draw a stakeholder group; see ``ui.drawing.group``."""
    return drawing.group(inputs["group"], inputs["word"])


def badge(context, content, **inputs):
    """Draw a short word on a tint; see ``ui.drawing.badge``."""
    return drawing.badge(content, inputs["kind"], inputs["icon"])


def byline(context, content, **inputs):
    """Draw who, for whom, when; see ``ui.drawing.byline``."""
    inputs["group_"] = inputs.pop("group")
    return drawing.byline(**inputs, extra=content)


def notice(context, content, **inputs):
    """Draw a message with an icon: info, good, warn or bad."""
    kind = inputs["kind"]
    title = (
        format_html("<p><strong>{}</strong></p>", inputs["title"])
        if inputs["title"]
        else EMPTY
    )
    return format_html(
        '<div class="notice notice-{}"{}>{}<div>{}{}</div></div>',
        kind,
        attributes({"role": "status" if inputs["live"] else "", "id": inputs["id"]}),
        draw_icon(kind),
        title,
        content,
    )


def honest(context, content, **inputs):
    """Draw the warm box that says what did not work; see ``ui.cards.honest``."""
    return cards.honest(content, inputs["title"])


def empty(context, content, **inputs):
    """Draw an empty place with one clear next step."""
    step = EMPTY
    if inputs["action_href"]:
        step = format_html(
            '<p><a class="button button-primary" href="{}">{}</a></p>',
            inputs["action_href"],
            inputs["action_label"],
        )
    text = (
        format_html('<p class="empty-text">{}</p>', inputs["text"])
        if inputs["text"]
        else EMPTY
    )
    return format_html(
        '<div class="empty"><span class="empty-icon">{}</span>'
        '<h{} class="empty-title">{}</h{}>{}{}{}</div>',
        draw_icon(inputs["icon"]),
        inputs["level"],
        inputs["title"],
        inputs["level"],
        text,
        content,
        step,
    )


def dialog(context, content, **inputs):
    """Draw a native dialog, opened by any ``data-dialog="id"``."""
    return format_html(
        '<dialog class="dialog" id="{0}" aria-labelledby="{0}-title">'
        '<div class="dialog-head"><h2 id="{0}-title">{1}</h2>'
        '<form method="dialog"><button class="button button-quiet button-small">'
        "{2}{3}</button></form></div>{4}</dialog>",
        inputs["id"],
        inputs["title"],
        draw_icon("close"),
        _("Close"),
        content,
    )


def facts(context, content, **inputs):
    """Draw names and their values side by side."""
    rows = format_html_join(
        "", "<div><dt>{}</dt><dd>{}</dd></div>", inputs["items"] or ()
    )
    return format_html('<dl class="facts">{}{}</dl>', rows, content)


def prose(context, content, **inputs):
    """Frame what a person wrote (safe HTML from ``markup``) for reading."""
    return format_html(
        '<div class="prose{}"{}{}>{}</div>',
        " prose-small" if inputs["small"] else "",
        attributes({"id": inputs["id"]}),
        attributes({"lang": inputs["lang"], "dir": "auto"}),
        content,
    )


def heading(context, content, **inputs):
    """Draw a page's head: eyebrow, the one ``h1``, lead; the body holds actions."""
    return format_html(
        '<header class="heading"><div class="heading-words">{}<h1>{}</h1>{}</div>{}'
        "</header>",
        format_html('<p class="eyebrow">{}</p>', inputs["eyebrow"])
        if inputs["eyebrow"]
        else EMPTY,
        inputs["title"],
        format_html('<p class="lead">{}</p>', inputs["lead"])
        if inputs["lead"]
        else EMPTY,
        format_html('<div class="heading-actions">{}</div>', content)
        if content
        else EMPTY,
    )
