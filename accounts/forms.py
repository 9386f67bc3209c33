"""Forms about people. allauth's own forms import this file: it imports none of them."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.photos import make_squares
from accounts.zones import find_zone, similar_zones

MOST_LANGUAGES = 12


class SignupFields(forms.Form):
    """What every way of signing up asks besides its own (password, passkey, OIDC)."""

    field_order = ["name", "email", "password1"]

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        required=False,
        help_text=_("What others call you here. You can change it at any time."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    # Filled by static/js/guess.js; without JavaScript people choose it in the profile.
    time_zone = forms.CharField(
        required=False, widget=forms.HiddenInput(attrs={"data-guess": "zone"})
    )

    def clean_time_zone(self):
        """A guess that is no zone is no fault of the person's."""
        return find_zone(self.cleaned_data["time_zone"]) or "UTC"

    def signup(self, request, user):
        """Keep name, zone and language with the new account (allauth calls this)."""
        user.name = self.cleaned_data.get("name") or user.name
        user.time_zone = self.cleaned_data.get("time_zone") or "UTC"
        user.language = offered_language(get_language())
        user.save(update_fields=["name", "time_zone", "language"])


def offered_language(code):
    """Return the language of ours that a code stands for; English for others.

    Args:
        code: "fr", "pt-br", None.
    """
    short = (code or "").split("-")[0]
    return short if short in dict(settings.LANGUAGES) else "en"


def understood_zone(typed):
    """The zone that somebody typed.

    Args:
        typed: a city or the name of a zone.

    Returns:
        the name as ``zoneinfo`` knows it.

    Raises:
        ValidationError: says which ones are near.
    """
    if zone := find_zone(typed):
        return zone
    if near := similar_zones(typed):
        raise ValidationError(
            _("We do not know this time zone. Did you mean %(names)s?"),
            params={"names": ", ".join(near)},
        )
    raise ValidationError(
        _("We do not know this time zone. Type a large city near by.")
    )


class LanguageForm(forms.Form):
    """The switch in the foot of a page."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class ProfileForm(forms.ModelForm):
    """What a person tells others, and how they want to read."""

    languages = forms.CharField(
        label=_("Languages I speak"),
        required=False,
        max_length=400,
        help_text=_("With commas between them, as in: Twi, English, a little French"),
    )
    time_zone = forms.CharField(
        label=_("Time zone"),
        help_text=_("Start typing a city, as in: Accra"),
        widget=forms.TextInput(
            attrs={"list": "time-zones", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_(
            "A square is cut from the middle, and the place where it was taken is "
            "removed. People who share a space with you see it; so does anyone who "
            "reads a public page you wrote on."
        ),
        widget=forms.ClearableFileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}
        ),
    )
    remove_photo = forms.BooleanField(label=_("Remove my photo"), required=False)

    class Meta:
        model = User
        fields = [
            "name",
            "organisation",
            "languages",
            "helps_with",
            "about",
            "time_zone",
            "language",
            "low_bandwidth",
        ]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "organisation": forms.TextInput(attrs={"autocomplete": "organization"}),
            "helps_with": forms.Textarea(attrs={"rows": 2}),
            "about": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {
            "helps_with": _("So that somebody with a question finds you."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["languages"] = ", ".join(self.instance.languages)
        # The model's own photo field must not be drawn: it would show a file name.
        self.initial["photo"] = None
        if not self.instance.photo:
            del self.fields["remove_photo"]

    def clean_languages(self):
        """Turn the line into a list without doubles."""
        spoken = []
        for word in self.cleaned_data["languages"].replace(";", ",").split(","):
            word = " ".join(word.split())
            if word and word.casefold() not in {each.casefold() for each in spoken}:
                spoken.append(word)
        if len(spoken) > MOST_LANGUAGES:
            raise ValidationError(_("Please name at most twelve languages."))
        if any(len(word) > 40 for word in spoken):
            raise ValidationError(
                _("One of these is longer than 40 letters. Is a comma missing?")
            )
        return spoken

    def clean_time_zone(self):
        """Understand a city or a zone, or say which ones are near."""
        return understood_zone(self.cleaned_data["time_zone"])

    def clean_photo(self):
        """Decode the picture now, so that a bad one is refused with words."""
        upload = self.cleaned_data.get("photo")
        return make_squares(upload) if upload else None
