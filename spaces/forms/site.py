"""Forms of the site administrator's pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from spaces.forms.fields import ReasonField
from spaces.forms.settings import OpennessChangeForm, StateForm
from spaces.models import SiteRules, Space

__all__ = [
    "FacilitatorForm",
    "OpennessChangeForm",
    "PeopleFilterForm",
    "ReasonForm",
    "SiteRulesForm",
    "SpaceFilterForm",
    "StateForm",
]


class SpaceFilterForm(forms.Form):
    """Which spaces to list."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    visibility = forms.ChoiceField(
        label=_("Openness"),
        required=False,
        choices=[
            ("", _("any")),
            ("open", _("Open")),
            ("listed", _("Listed")),
            ("hidden", _("Hidden")),
        ],
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("any")),
            (Space.State.ACTIVE, _("Active")),
            (Space.State.RESTING, _("Resting")),
            (Space.State.ARCHIVED, _("Archived")),
        ],
    )
    care = forms.BooleanField(label=_("Only those that need care"), required=False)


class PeopleFilterForm(forms.Form):
    """Which people to list."""

    q = forms.CharField(label=_("Name or address"), required=False, max_length=100)
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("everybody")),
            ("creators", _("who may create spaces")),
            ("admins", _("administrators")),
            ("closed", _("closed accounts")),
        ],
    )


class SiteRulesForm(forms.ModelForm):
    """Who may create spaces."""

    class Meta:
        model = SiteRules
        fields = ["space_creation"]
        widgets = {"space_creation": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["space_creation"].explanations = {
            "anyone": _("Good for an open site. You see every new space here."),
            "chosen": _("You choose people one by one in the list of people."),
            "admins": _("Everybody else is told whom to ask."),
        }


class ReasonForm(forms.Form):
    """A deed that needs a reason."""

    reason = ReasonField()


class FacilitatorForm(ReasonForm):
    """Somebody to look after a space that has nobody."""

    person = forms.ChoiceField(label=_("New facilitator"))
    field_order = ["person", "reason"]

    def __init__(self, *args, members=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [
            (member.person_id, _member_words(member)) for member in members
        ]


def _member_words(member):
    words = [member.person.get_full_name(), member.get_role_display()]
    if member.group:
        words.append(member.group.name)
    return " · ".join(str(word) for word in words)
