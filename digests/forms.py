"""Which made-up member's digest a facilitator looks at."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from spaces.models import Membership, Space


class PreviewForm(forms.Form):
    """A kind of member: asked with GET, each field with something to begin with."""

    group = forms.TypedChoiceField(
        label=_("Speaks for"), required=False, coerce=int, empty_value=None
    )
    often = forms.ChoiceField(
        label=_("Gets it"),
        required=False,
        choices=[each for each in Space.Frequency.choices if each[0] != "off"],
    )
    looks = forms.ChoiceField(
        label=_("Letters look"), required=False, choices=Membership.MailFormat.choices
    )
    language = forms.ChoiceField(
        label=_("Reads"), required=False, choices=settings.LANGUAGES
    )

    def __init__(self, data, *, space, groups):
        begin = {
            "group": "",
            "often": (
                Space.Frequency.DAILY
                if space.digest_default == Space.Frequency.OFF
                else space.digest_default
            ),
            "looks": Membership.MailFormat.RICH,
            "language": space.language,
        }
        super().__init__({**begin, **{key: data[key] for key in begin if key in data}})
        self.groups = {group.pk: group for group in groups}
        self.begin = begin
        self.fields["group"].choices = [
            ("", _("No group")),
            *[(group.pk, group.name) for group in groups],
        ]

    def chosen(self):
        """What was asked for; what makes no sense is as at the beginning.

        Returns:
            dict of group (a ``StakeholderGroup`` or None), often, looks, language.
        """
        self.is_valid()
        found = {
            key: self.cleaned_data.get(key) or self.begin[key] for key in self.begin
        }
        found["group"] = self.groups.get(found["group"])
        return found
