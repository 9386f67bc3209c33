"""What outsiders type under an open hashtag, and what stewards say to it."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import LONGEST_ADDRESS
from conversations.forms import WordsField
from markup.tags import tag_key


class GuestWordForm(forms.Form):
    """Words, a name and an address; nothing of an account.

    Args:
        tag: the open ``Tag``.
        known: name and address that this browser has proved before, or None.
    """

    body = WordsField(label=_("Your words"))
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("It stands beside your words."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=LONGEST_ADDRESS,
        help_text=_(
            "We write to it once, to ask whether these are your words, and once when "
            "they are shown. Nobody else sees it."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    word = forms.CharField(
        label=_("Which hashtag is this page about?"),
        help_text=_("Type it here. This keeps out the programs that write everywhere."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"}),
    )
    # Made when the form is drawn: sending it twice says it once.
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, tag, known=None, **kwargs):
        initial = kwargs.setdefault("initial", {})
        initial.setdefault("client_id", uuid.uuid4())
        super().__init__(*args, **kwargs)
        self.tag = tag
        if known is not None:
            initial.update(name=known["name"], address=known["address"])
            # Who has proved an address is no program.
            del self.fields["word"]

    def clean_name(self):
        """One line of words, no address of a page."""
        name = " ".join(self.cleaned_data["name"].split())
        if "://" in name or "www." in name.lower():
            raise ValidationError(_("A name holds no web address."), code="address")
        return name

    def clean_word(self):
        """The hashtag, however it is written."""
        typed = self.cleaned_data["word"].strip().lstrip("#")
        if tag_key(typed) != self.tag.slug:
            raise ValidationError(
                _("Please type the hashtag as it stands above: %(tag)s."),
                code="robot",
                params={"tag": self.tag.display},
            )
        return typed

    def clean_client_id(self):
        """A form without one is a new word."""
        return self.cleaned_data["client_id"] or uuid.uuid4()

    def values(self):
        """As ``say_as_guest`` takes them."""
        names = ("name", "address", "body", "client_id")
        return {name: self.cleaned_data[name] for name in names}


class OpenTagForm(forms.Form):
    """Who may write under an open hashtag, and when it is shown."""

    holds_guests = forms.TypedChoiceField(
        label=_("What guests write"),
        choices=[
            ("1", _("waits until a steward lets it through")),
            ("", _("is shown as soon as they have proved their address")),
        ],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
        initial="1",
    )


class DeclineForm(forms.Form):
    """A few words to the guest; or none."""

    reason = forms.CharField(max_length=300, required=False)
