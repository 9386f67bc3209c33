"""The views among those who come, and a guest for the one that is missing."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from webinars.models import Seat

MOST_STANCES = 6
LONGEST_STANCE = 120


class ViewsForm(forms.Form):
    """The question people differ on, its stances one a line, and what is missing."""

    words = forms.CharField(
        label=gettext_lazy("The question people differ on"),
        max_length=200,
        required=False,
    )
    stances = forms.CharField(
        label=gettext_lazy("Where one may stand, one a line"),
        help_text=gettext_lazy("For instance: for burning belts / against / not sure."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        required=False,
    )
    missing = forms.CharField(
        label=gettext_lazy("The view that is missing"),
        help_text=gettext_lazy("Named on the webinar’s page, so that people look too."),
        max_length=160,
        required=False,
    )

    def clean_stances(self):
        lines = [line.strip() for line in self.cleaned_data["stances"].splitlines()]
        stances = list(dict.fromkeys(line for line in lines if line))
        if len(stances) > MOST_STANCES:
            raise forms.ValidationError(_("Six at most: people read them on a phone."))
        if any(len(each) > LONGEST_STANCE for each in stances):
            raise forms.ValidationError(_("Shorter, please: 120 letters at most."))
        return stances

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("stances") and not cleaned.get("words"):
            self.add_error("words", _("What is the question?"))
        return cleaned


class SeatForm(forms.ModelForm):
    """A guest by address, in their own language."""

    language = forms.ChoiceField(label=gettext_lazy("Language of the letter"))

    class Meta:
        model = Seat
        fields = ["name", "address", "language", "stands_for", "brief"]
        widgets = {"brief": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = settings.LANGUAGES


class SeatWordForm(forms.Form):
    """A question, or the answer to it."""

    text = forms.CharField(
        label=gettext_lazy("Your words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CheckForm(forms.Form):
    """Right, or what is not."""

    objection = forms.CharField(
        label=gettext_lazy("What is not right?"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
