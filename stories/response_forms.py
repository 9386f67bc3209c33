"""One tap, with a sentence if one likes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stories.models import Response
from stories.models.response import LONGEST_CONTEXT


class ResponseForm(forms.Form):
    """Which button was pressed; for a trial, how it went and where."""

    kind = forms.ChoiceField(choices=Response.Kind, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=_("We tried this"),
        choices=Response.Verdict,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Choose one of the three.")},
    )
    context = forms.CharField(
        label=_("Where, and what was different?"),
        help_text=_("For example: heavy clay, second season, without the boundary."),
        max_length=LONGEST_CONTEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def clean(self):
        """Who has tried it says how it went."""
        values = super().clean()
        is_trial = values.get("kind") == Response.Kind.TRIED
        says_how = values.get("verdict") or "verdict" in self.errors
        if is_trial and not says_how and "remove" not in self.data:
            self.add_error("verdict", _("Did it work? Choose one of the three."))
        return values
