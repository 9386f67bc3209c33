"""The tags every template has (settings loads them as builtins).

``COMPONENTS`` declares each component and what it may be given: name → (how it is
drawn, {input: default}). A name or an input that is not here is a
TemplateSyntaxError when the template is compiled, so a typo never waits for the
branch it stands in.
"""

from django import template
from django.template.base import token_kwargs
from django.template.defaultfilters import filesizeformat
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from ui import components, drawing, navigation, sprite, times
from ui.keeping import KeptNode

register = template.Library()

NEEDED = object()  # an input without a default
EXTRA = {"extra": {}}  # also takes hx_…, data_… and aria_… (hx_get → hx-get)

COMPONENTS = {
    "avatar": (components.avatar, {"person": None, "size": "", "name": ""}),
    "badge": (components.badge, {"kind": "", "icon": ""}),
    "button": (
        components.button,
        {
            "kind": "primary",
            "href": "",
            "type": "submit",
            "name": "",
            "value": "",
            "icon": "",
            "small": False,
            "id": "",
            "form": "",
            "formaction": "",
            "novalidate": False,
            "disabled": False,
            "dialog": "",
            **EXTRA,
        },
    ),
    "byline": (
        components.byline,
        {
            "author": None,
            "author_name": "",
            "group": None,
            "when": None,
            "came_by": "",
            "entered_by": None,
            "href": "",
            "picture": True,
            "layout": "relative",
        },
    ),
    "card": (
        components.card,
        {
            "title": "",
            "href": "",
            "kind": "",
            "tone": "leaf",
            "icon": "",
            "reason": "",
            "meta": "",
            "boxed": False,
            "level": 2,
            "id": "",
            **EXTRA,
        },
    ),
    "crumbs": (navigation.crumbs, {"items": NEEDED}),
    "dialog": (components.dialog, {"id": NEEDED, "title": NEEDED}),
    "empty": (
        components.empty,
        {
            "title": NEEDED,
            "text": "",
            "action_href": "",
            "action_label": "",
            "icon": "seed",
            "level": 2,
        },
    ),
    "facts": (components.facts, {"items": ()}),
    "field": (
        components.field,
        {
            "field": NEEDED,
            "label": None,
            "help": None,
            "explanations": None,
            "hide_label": False,
            "optional": None,
            "small": False,
            "placeholder": "",
            "autocomplete": "",
            "rows": "",
            **EXTRA,
        },
    ),
    "form": (
        components.form,
        {
            "form": None,
            "action": "",
            "method": "post",
            "submit": "",
            "kind": "primary",
            "cancel": "",
            "cancel_label": "",
            "multipart": None,
            "keep": "",
            "confirm": "",
            "id": "",
            **EXTRA,
        },
    ),
    "group": (components.group, {"group": NEEDED, "word": True}),
    "heading": (components.heading, {"title": NEEDED, "lead": "", "eyebrow": ""}),
    "honest": (components.honest, {"title": ""}),
    "menu": (
        navigation.menu,
        {"label": "", "icon": "", "kind": "quiet", "small": True, "end": True},
    ),
    "notice": (
        components.notice,
        {"kind": "info", "title": "", "live": False, "id": ""},
    ),
    "pagination": (
        navigation.pagination,
        {"page": NEEDED, "label": "", "param": "page", "anchor": ""},
    ),
    "prose": (components.prose, {"small": False, "lang": "", "id": ""}),
    "space_head": (
        navigation.space_head,
        {
            "space": NEEDED,
            "tab": "now",
            "membership": None,
            "member_count": None,
            "heading": True,
        },
    ),
    "steps": (navigation.steps, {"items": NEEDED, "current": 1}),
    "tabs": (navigation.tabs, {"items": NEEDED, "label": ""}),
}

EXTRA_PREFIXES = ("hx_", "data_", "aria_")


class ComponentNode(template.Node):
    """Draws one component with its resolved inputs and its body."""

    child_nodelists = ("nodelist",)

    def __init__(self, draw, defaults, inputs, extra, nodelist):
        self.draw = draw
        self.defaults = defaults
        self.inputs = inputs
        self.extra = extra
        self.nodelist = nodelist

    def render(self, context):
        values = dict(self.defaults)
        for name, expression in self.inputs:
            values[name] = expression.resolve(context)
        if "extra" in values:
            values["extra"] = {
                name: expression.resolve(context) for name, expression in self.extra
            }
        content = SafeString(self.nodelist.render(context).strip())
        return self.draw(context, content, **values)


@register.tag("component")
def component(parser, token):
    """``{% component "button" href=url %}Answer{% endcomponent %}``.

    Raises:
        TemplateSyntaxError: an unknown component or input, or a missing one.
    """
    tag, *bits = token.split_contents()
    if not bits or bits[0][0] not in "\"'":
        raise template.TemplateSyntaxError(
            f'{tag}: the first word is the component\'s name in quotes, as in "button"'
        )
    name = bits[0].strip("\"'")
    if name not in COMPONENTS:
        known = ", ".join(sorted(COMPONENTS))
        raise template.TemplateSyntaxError(
            f"There is no component {name!r}. There are: {known}"
        )
    draw, defaults = COMPONENTS[name]
    rest = bits[1:]
    inputs = token_kwargs(rest, parser)
    if rest:
        raise template.TemplateSyntaxError(
            f"Component {name!r}: {rest[0]!r} is not of the form input=value"
        )
    extra = {}
    if "extra" in defaults:
        extra = {
            key: inputs.pop(key)
            for key in list(inputs)
            if key.startswith(EXTRA_PREFIXES)
        }
    if unknown := (inputs.keys() - defaults.keys()) | (inputs.keys() & {"extra"}):
        known = ", ".join(defaults)
        raise template.TemplateSyntaxError(
            f"Component {name!r} takes no {sorted(unknown)[0]!r}. It takes: {known}"
        )
    needed = {key for key, value in defaults.items() if value is NEEDED}
    if missing := needed - inputs.keys():
        raise template.TemplateSyntaxError(
            f"Component {name!r} needs {sorted(missing)[0]!r}"
        )
    nodelist = parser.parse(("endcomponent",))
    parser.delete_first_token()
    return ComponentNode(
        draw, defaults, tuple(inputs.items()), tuple(extra.items()), nodelist
    )


@register.tag("kept")
def kept(parser, token):
    """``{% kept signed_in=user.is_authenticated %}…{% endkept %}``: a part of a page,
    drawn once and kept in the process for each language and each set of the values.

    Inside there are these values and no others, so nothing of anybody's can get in.
    For few sets of values (yes or no, a name of the site), never for people.

    Raises:
        TemplateSyntaxError: something is not of the form name=value.
    """
    _tag, *bits = token.split_contents()
    values = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"kept: {bits[0]!r} is not name=value")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(values, nodelist)


class PartialNode(template.Node):
    """A named piece of a page; see ``ui/partials.py``."""

    child_nodelists = ("nodelist",)

    def __init__(self, name, inline, nodelist):
        self.name = name
        self.inline = inline
        self.nodelist = nodelist

    def render(self, context):
        return self.nodelist.render(context) if self.inline else ""


class PartialUseNode(template.Node):
    """Draws a piece that was defined above."""

    def __init__(self, partials, name):
        self.partials = partials
        self.name = name

    def render(self, context):
        return self.partials[self.name].nodelist.render(context)


@register.tag("partialdef")
def partialdef(parser, token):
    """``{% partialdef replies inline %}…{% endpartialdef %}`` names a piece.

    The name is the ``id`` of the element and HTMX's target, one word for all three.

    Raises:
        TemplateSyntaxError: no name, or a name used twice in one template.
    """
    tag, *bits = token.split_contents()
    if not bits or len(bits) > 2 or bits[1:] not in ([], ["inline"]):
        raise template.TemplateSyntaxError(f"{tag} takes a name and perhaps 'inline'")
    name = bits[0]
    nodelist = parser.parse(("endpartialdef",))
    parser.delete_first_token()
    node = PartialNode(name, len(bits) == 2, nodelist)
    partials = parser.extra_data.setdefault("partials", {})
    if name in partials:
        raise template.TemplateSyntaxError(f"Two partials are named {name!r}")
    partials[name] = node
    return node


@register.tag("partial")
def partial(parser, token):
    """``{% partial replies %}`` draws a piece defined above it.

    Raises:
        TemplateSyntaxError: no piece of that name.
    """
    tag, *bits = token.split_contents()
    partials = parser.extra_data.setdefault("partials", {})
    if len(bits) != 1 or bits[0] not in partials:
        raise template.TemplateSyntaxError(f"{tag}: no such partial above: {bits}")
    return PartialUseNode(partials, bits[0])


@register.simple_tag
def avatar(person=None, size="", name=""):
    """Draw a person's picture; see ``ui.drawing.avatar``."""
    return drawing.avatar(person, size, name)


@register.simple_tag
def group(group, word=True):
    """Draw a stakeholder group; see ``ui.drawing.group``."""
    return drawing.group(group, word)


@register.simple_tag
def byline(author=None, author_name="", group=None, **inputs):
    """Draw who, for whom, when; see ``ui.drawing.byline``."""
    return drawing.byline(author, author_name, group, **inputs)


@register.simple_tag
def icon(name, extra_class=""):
    """Draw an icon of the sprite; see ``ui.sprite.icon``."""
    return sprite.icon(name, extra_class)


@register.simple_tag
def when(moment, format="relative", zone=False, place=None):
    """Draw a moment in the reader's zone; see ``ui.times.when``."""
    return times.when(moment, format, zone, place)


@register.simple_tag
def stylesheet_if_built():
    """Link the style sheet; nothing when static files are what is broken."""
    try:
        return format_html('<link rel="stylesheet" href="{}">', static("css/all.css"))
    except ValueError:
        return ""


@register.filter
def initials(name):
    """One or two letters for a name."""
    return drawing.initials(name)


@register.filter(name="bytes")
def bytes_in_words(number):
    """A file's size in words."""
    return filesizeformat(number)


@register.filter
def day(moment):
    """A day with its year, as the reader's language writes it."""
    return times.day_words(moment)


@register.filter
def zone_name(zone):
    """The place a time zone is named after."""
    return times.zone_name(zone)


@register.filter
def direction(language):
    """The writing direction of a language code: "rtl" or "ltr"."""
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "ltr"
