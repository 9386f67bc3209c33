"""The last form a person fills in."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import LONGEST_ADDRESS


class CloseAccountForm(forms.Form):
    """One's own address, typed, so that nobody closes an account by a slip."""

    address = forms.CharField(
        label=_("Your e-mail address"),
        max_length=LONGEST_ADDRESS,
        help_text=_("Type it, so that we know you mean it."),
        widget=forms.TextInput(
            attrs={"type": "email", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_address(self):
        """Only one's own address closes the account."""
        address = self.cleaned_data["address"].strip()
        if address.lower() != (self.person.email or "").lower():
            raise ValidationError(_("This is not the address of your account."))
        return address
