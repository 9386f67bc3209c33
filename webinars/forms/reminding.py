"""How a person wants to be reminded of webinars."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from webinars.models import ReminderChoice
from webinars.models.reminder import OWN_OFFSETS
from webinars.reminder_log import before_words


class ReminderForm(forms.Form):
    """When each host chose, at one's own times, or never."""

    mode = forms.ChoiceField(
        label=gettext_lazy("Remind me of webinars I come to"),
        choices=ReminderChoice.Mode,
        widget=forms.RadioSelect,
    )
    offsets = forms.TypedMultipleChoiceField(
        label=gettext_lazy("My own times"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["offsets"].choices = [
            (offset, before_words(offset)) for offset in OWN_OFFSETS
        ]

    def clean(self):
        cleaned = super().clean()
        is_own = cleaned.get("mode") == ReminderChoice.Mode.OWN
        if is_own and not cleaned.get("offsets"):
            self.add_error("offsets", _("Choose at least one time, or “never”."))
        return cleaned
