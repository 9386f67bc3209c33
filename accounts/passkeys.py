"""Passkeys as people understand them: one signs in with them, unless said otherwise."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class AddPasskeyForm(AddWebAuthnForm):
    """Adding a key; signing in with it alone is what most people come for."""

    field_order = ["name", "passwordless"]

    name = forms.CharField(
        label=_("Name of this passkey"),
        required=False,
        max_length=100,
        help_text=_("So that you can tell them apart, as in: my phone."),
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with this passkey alone"),
        required=False,
        initial=True,
        help_text=_(
            "Your device will ask for your finger, face or PIN. Without this the key "
            "is only a second step after your password."
        ),
    )
