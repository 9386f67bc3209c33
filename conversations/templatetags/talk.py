"""The parts of the writing form that stand on every page with talk, drawn cheaply.

Django draws each radio button through two templates of its own; seven chips cost more
than twenty messages. What is the same for everybody is drawn once per language.
"""

from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conversations.models import Message
from files.drawing import kept_photo
from ui.drawing import attributes
from ui.fields import field as draw_field

register = template.Library()


@register.simple_tag
def talk_chips(bound):
    """Draw the kinds of talk as chips, one of them chosen.

    Args:
        bound: the form's ``talk`` field.
    """
    value = bound.value() or ""
    if value not in Message.Talk.values:
        value = ""
    return _chips(bound.html_name, bound.auto_id, value, get_language())


@lru_cache(maxsize=256)
def _chips(name, identifier, chosen, language):
    choices = [*Message.Talk.choices, ("", _("Just talk"))]
    return format_html(
        '<fieldset class="chips"><legend class="hidden-visually">{}</legend>{}'
        "</fieldset>",
        _("Kind of talk"),
        format_html_join(
            "",
            '<label class="chip" for="{0}_{1}"><input type="radio" name="{2}" '
            'value="{3}" id="{0}_{1}"{4}><span>{5}</span></label>',
            (
                (
                    identifier,
                    number,
                    name,
                    value,
                    attributes({"checked": value == chosen}),
                    label,
                )
                for number, (value, label) in enumerate(choices)
            ),
        ),
    )


@register.simple_tag
def hidden_inputs(form):
    """Draw a form's hidden fields."""
    return format_html_join(
        "",
        '<input type="hidden" name="{}" value="{}" id="{}">',
        (
            (
                bound.html_name,
                "" if bound.value() is None else bound.value(),
                bound.auto_id,
            )
            for bound in form.hidden_fields()
        ),
    )


@register.simple_tag
def photo_fields(form):
    """Draw the photo and what it shows; the same for all until it is filled in."""
    if form.is_bound:
        return _photo_fields(form)
    key = get_language(), form["photo"].auto_id
    if key not in _drawn:
        _drawn[key] = _photo_fields(form)
    return _drawn[key]


_drawn = {}


def _photo_fields(form):
    return format_html(
        "{}{}{}", kept_photo(form), draw_field(form["photo"]), draw_field(form["alt"])
    )


@register.simple_tag
def keys_help():
    """Draw the button and the dialog that tell of the single keys of a conversation."""
    return _keys_help(get_language())


@lru_cache(maxsize=16)
def _keys_help(language):
    keys = [
        ("j", _("next message")),
        ("k", _("message before")),
        ("r", _("answer")),
        ("q", _("quote")),
        ("?", _("this help")),
    ]
    return format_html(
        '<p data-keys hidden><button type="button" class="button button-quiet '
        'button-small" data-dialog="keys-help">{}</button></p>'
        '<dialog class="dialog" id="keys-help" aria-labelledby="keys-title">'
        '<form method="dialog" class="dialog-head"><h2 id="keys-title">{}</h2>'
        '<button class="button button-quiet button-small">{}</button></form>'
        '<dl class="facts">{}</dl><label class="choice"><input type="checkbox" checked>'
        '<span class="choice-words">{}</span></label></dialog>',
        _("Keyboard"),
        _("Keys in a conversation"),
        _("Close"),
        format_html_join("", "<div><dt><kbd>{}</kbd></dt><dd>{}</dd></div>", keys),
        _("Use these keys on this device. They never take what you type."),
    )
