"""A bound form field, drawn so that label, help and error belong to the input."""

from django.forms.widgets import (
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
    Textarea,
)
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from ui.drawing import EMPTY, joined
from ui.sprite import icon


def field(
    field,
    label=None,
    help=None,
    explanations=None,
    hide_label=False,
    optional=None,
    small=False,
    extra=None,
):
    """Draw one bound field.

    Args:
        field: the bound form field.
        label: instead of the field's own label.
        help: instead of the field's own help text.
        explanations: choice value → what choosing it means, for radios and
            checkboxes; else ``form_field.explanations`` when that is set.
        hide_label: keep the label for screen readers only.
        optional: say "optional"; by default said of inputs that are not required.
        small: a narrow input (a number, a time).
        extra: attributes for the input (placeholder, data-…).

    Returns:
        Safe HTML.
    """
    if field.is_hidden:
        return field.as_widget()
    if label is not None:
        field.label = label  # the list of what is wrong calls it by the same name
    words = field.label
    advice = field.help_text if help is None else help
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        means = explanations or getattr(field.field, "explanations", None) or {}
        return _choice_cards(field, words, advice, means, hide_label)
    described = _described_by(field, advice)
    attrs = {key: value for key, value in (extra or {}).items() if value}
    if described:
        attrs["aria-describedby"] = described
    if isinstance(widget, CheckboxInput):
        return _checkbox(field, words, advice, attrs)
    if isinstance(widget, FileInput):
        attrs.setdefault("data-preview", f"{field.auto_id}_preview")
    longest = getattr(field.field, "max_length", None)
    if isinstance(widget, Textarea) and longest:
        attrs.setdefault("data-count", longest)
    if optional is None:
        optional = not field.field.required
    kind = " field-small" if small else ""
    use_fieldset = widget.use_fieldset
    return format_html(
        '<div class="field{}{}"{}>{}{}{}{}{}</div>',
        kind,
        " field-wrong" if field.errors else "",
        format_html(' role="group" aria-labelledby="{}_label"', field.auto_id)
        if use_fieldset
        else EMPTY,
        _label(field, words, hide_label, optional, use_fieldset),
        _help(field, advice),
        field.as_widget(attrs=attrs),
        _preview(field) if "data-preview" in attrs else EMPTY,
        _errors(field),
    )


def _described_by(field, advice):
    ids = []
    if advice:
        ids.append(f"{field.auto_id}_helptext")
    if field.errors:
        ids.append(f"{field.auto_id}_error")
    return " ".join(ids)


def _label(field, words, hidden, optional, use_fieldset):
    mark = (
        format_html(' <span class="field-optional">{}</span>', _("optional"))
        if optional
        else EMPTY
    )
    shape = "field-label hidden-visually" if hidden else "field-label"
    if use_fieldset:
        return format_html(
            '<span class="{}" id="{}_label">{}{}</span>',
            shape,
            field.auto_id,
            words,
            mark,
        )
    return format_html(
        '<label class="{}" for="{}">{}{}</label>',
        shape,
        field.id_for_label,
        words,
        mark,
    )


def _help(field, advice):
    if not advice:
        return EMPTY
    return format_html(
        '<div class="field-help" id="{}_helptext">{}</div>', field.auto_id, advice
    )


def _errors(field):
    if not field.errors:
        return EMPTY
    return format_html(
        '<div class="field-error" id="{}_error">{}<div>{}</div></div>',
        field.auto_id,
        icon("warn"),
        format_html_join("", "<p>{}</p>", ((error,) for error in field.errors)),
    )


def _preview(field):
    return format_html(
        '<div class="field-preview" id="{}_preview" aria-live="polite"></div>',
        field.auto_id,
    )


def _checkbox(field, words, advice, attrs):
    return format_html(
        '<div class="field field-check{}"><label class="choice">{}'
        '<span class="choice-words"><span class="choice-label">{}</span>{}</span>'
        "</label>{}</div>",
        " field-wrong" if field.errors else "",
        field.as_widget(attrs=attrs),
        words,
        format_html(
            '<span class="choice-means" id="{}_helptext">{}</span>',
            field.auto_id,
            advice,
        )
        if advice
        else EMPTY,
        _errors(field),
    )


def _choice_cards(field, words, advice, means, hide_label):
    described = _described_by(field, advice)
    return format_html(
        '<fieldset class="field field-choices{}"{}{}>'
        '<legend class="field-label{}">{}{}</legend>{}'
        '<div class="choices">{}</div>{}</fieldset>',
        " field-wrong" if field.errors else "",
        format_html(' id="{}"', field.auto_id),
        format_html(' aria-describedby="{}"', described) if described else EMPTY,
        " hidden-visually" if hide_label else "",
        words,
        EMPTY
        if field.field.required
        else format_html(' <span class="field-optional">{}</span>', _("optional")),
        _help(field, advice),
        joined(_choice(field, choice, means) for choice in field),
        _errors(field),
    )


def _choice(field, choice, means):
    value = choice.data["value"]
    # A ModelChoiceIteratorValue wraps the key that explanations are written for.
    value = getattr(value, "value", value)
    meaning = means.get(value) or means.get(str(value), "")
    identifier = choice.id_for_label
    if meaning:
        choice.data["attrs"]["aria-describedby"] = f"{identifier}_means"
    return format_html(
        '<label class="choice choice-card" for="{}">{}'
        '<span class="choice-words"><span class="choice-label">{}</span>{}</span>'
        "</label>",
        identifier,
        choice.tag(),
        choice.choice_label,
        format_html(
            '<span class="choice-means" id="{}_means">{}</span>', identifier, meaning
        )
        if meaning
        else EMPTY,
    )


def error_summary(form):
    """List what is wrong in a form, each line linked to its input.

    Args:
        form: a bound form.

    Returns:
        Safe HTML; nothing when the form is right.
    """
    if not form.errors:
        return EMPTY
    rows = [(None, "", error) for error in form.non_field_errors()]
    for bound in form:
        target = bound.auto_id if bound.is_hidden else _first_input(bound)
        rows.extend((target, bound.label, error) for error in bound.errors)
    lines = format_html_join(
        "",
        "<li>{}</li>",
        (
            (
                format_html('<a href="#{}">{} {}</a>', target, _named(label), error)
                if target
                else error,
            )
            for target, label, error in rows
        ),
    )
    return format_html(
        '<div class="notice notice-bad error-summary" role="alert" tabindex="-1">{}'
        "<div><p><strong>{}</strong></p><ul>{}</ul></div></div>",
        icon("warn"),
        _("Please look at this again. Nothing you wrote is lost."),
        lines,
    )


def _named(label):
    """A label before what is wrong with it; no colon after a whole sentence."""
    return label if str(label).endswith((".", "?", "؟")) else f"{label}:"


def _first_input(bound):
    if isinstance(bound.field.widget, RadioSelect | CheckboxSelectMultiple):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id
