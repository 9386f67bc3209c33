"""Where a webinar meets, and the other room."""

from django import forms
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from webinars.models import Room
from webinars.rooms import set_up_services

number = RegexValidator(
    r"^\+?[\d\s()/.-]{3,}$",
    gettext_lazy("Write a telephone number, such as +233 30 212 3456."),
)
pin = RegexValidator(
    r"^[\d*]{1,20}$", gettext_lazy("A PIN has digits only: people type it on a phone.")
)


class RoomForm(forms.ModelForm):
    """The room, the phone, and where to go when the room is away."""

    backup_url = forms.URLField(
        label=gettext_lazy("Link to another room"),
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[URLValidator(["http", "https"])],
    )
    phone = forms.CharField(
        label=gettext_lazy("Number to call"),
        max_length=60,
        required=False,
        validators=[number],
    )
    pin = forms.CharField(
        label=gettext_lazy("PIN for callers"),
        max_length=20,
        required=False,
        validators=[pin],
        help_text=gettext_lazy("Stands in every letter, so that a call needs no page."),
    )
    backup_phone = forms.CharField(
        label=gettext_lazy("Another number to call"),
        max_length=60,
        required=False,
        validators=[number],
    )
    backup_pin = forms.CharField(
        label=gettext_lazy("Its PIN"), max_length=20, required=False, validators=[pin]
    )
    is_recorded = forms.BooleanField(
        label=gettext_lazy("The session is recorded"),
        required=False,
        help_text=gettext_lazy(
            "Everybody is told before they come in. You decide afterwards who sees it."
        ),
    )

    class Meta:
        model = Room
        fields = [
            "kind",
            "phone",
            "pin",
            "backup_url",
            "backup_phone",
            "backup_pin",
            "is_recorded",
        ]
        widgets = {"kind": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = {*set_up_services(), self.instance.kind}
        self.fields["kind"].choices = [
            choice for choice in Room.Kind.choices if choice[0] in offered
        ]

    def clean(self):
        cleaned = super().clean()
        for number_name, pin_name in (("phone", "pin"), ("backup_phone", "backup_pin")):
            is_plain = cleaned.get("kind") == Room.Kind.PLAIN or pin_name != "pin"
            if cleaned.get(pin_name) and is_plain and not cleaned.get(number_name):
                if number_name not in self.errors:
                    self.add_error(number_name, _("Which number does the PIN go with?"))
        if (
            cleaned.get("kind") == Room.Kind.BIGBLUEBUTTON
            and cleaned.get("pin")
            and not (cleaned["pin"].isdecimal() and len(cleaned["pin"]) == 5)
        ):
            self.add_error("pin", _("BigBlueButton takes a PIN of five digits."))
        return cleaned

    def words(self):
        """Field values for the action."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
