"""Inputs that several forms of a space share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import understood_zone


class ZoneField(forms.CharField):
    """A time zone, typed as a large city near by."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Time zone"))
        kwargs.setdefault("help_text", _("Type a large city near by, such as Accra."))
        kwargs.setdefault("max_length", 100)
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={
                    "list": "time-zones",
                    "autocomplete": "off",
                    "spellcheck": "false",
                }
            ),
        )
        super().__init__(**kwargs)

    def clean(self, value):
        """Understand a city or a zone, or say which ones are near."""
        typed = super().clean(value)
        return understood_zone(typed) if typed else typed


class ReasonField(forms.CharField):
    """Why: for the record, read by members."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Why?"))
        kwargs.setdefault("max_length", 1000)
        kwargs.setdefault(
            "help_text", _("Goes on the record of the space. Members can read it.")
        )
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**kwargs)
