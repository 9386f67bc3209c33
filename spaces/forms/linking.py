"""Forms of linkers."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spaces.forms.joining import GroupField


class LinkedForm(forms.Form):
    """A person without an account, and how they agreed."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("As this person wants to be called here."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    contact = forms.CharField(
        label=_("How to reach this person"),
        required=False,
        max_length=200,
        help_text=_("Seen by linkers and facilitators only."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    consent = forms.CharField(
        label=_("How did this person agree?"),
        max_length=1000,
        help_text=_(
            "For example: I read it aloud to her on the phone; she wants her name "
            "shown to members, not to the public."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    consent_given = forms.DateField(
        label=_("When?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, space, **kwargs):
        kwargs["initial"] = {
            "language": space.language,
            "consent_given": timezone.localdate(),
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        if space.groups.exists():
            self.fields["group"] = GroupField(
                space,
                label=_("Stakeholder group"),
                empty_label=_("None yet"),
                widget=forms.Select,
            )
        self.order_fields(
            ["name", "group", "language", "contact", "consent", "consent_given"]
        )

    def clean_name(self):
        """One line, and something in it."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_consent_given(self):
        """Consent is given before it is noted."""
        day = self.cleaned_data["consent_given"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        if day.year < 2000:
            raise ValidationError(_("Please look at the year again."))
        return day
