"""Forms of a space's settings."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spaces.forms.creation import ConcernForm, OpennessForm, RulesForm, ToolsForm
from spaces.forms.fields import ReasonField
from spaces.models import JoinQuestion, Space, StakeholderGroup
from ui.palette import PALETTE

__all__ = [
    "AboutForm",
    "DigestForm",
    "GroupForm",
    "MergeForm",
    "OpennessChangeForm",
    "QuestionForm",
    "RulesForm",
    "StateForm",
    "ToolsForm",
]


class AboutForm(ConcernForm):
    """What a space says of itself."""

    class Meta(ConcernForm.Meta):
        fields = [
            "name",
            "concern",
            "description",
            "welcome",
            "language",
            "time_zone",
        ]
        labels = {}
        widgets = {
            **ConcernForm.Meta.widgets,
            "description": forms.Textarea(attrs={"rows": 8}),
            "welcome": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts = {
            **ConcernForm.Meta.help_texts,
            "name": _("The address stays the same, so old links keep working."),
            "description": _(
                "Who you are and how you began. **Bold**, lists and links work."
            ),
            "welcome": _("Each newcomer gets this letter once. Say what to do first."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["concern"].label = _("Concern")


class OpennessChangeForm(OpennessForm):
    """The same choices, with a reason for the record."""

    reason = ReasonField()

    def clean(self):
        """Before anything is shown of a change there has to be one.

        A second press of "Change it now" is no mistake: the first has changed it.
        """
        values = super().clean()
        is_same = all(values.get(name) == self.initial[name] for name in self.initial)
        if is_same and self.data.get("step") != "change":
            raise ValidationError(
                _("This is how the space is already. Nothing would change."),
                code="same",
            )
        return values


class StateForm(forms.Form):
    """Rest, wake, archive or restore."""

    state = forms.ChoiceField(
        label=_("The space is"),
        choices=[
            (Space.State.ACTIVE, _("Active")),
            (Space.State.RESTING, _("Resting")),
            (Space.State.ARCHIVED, _("Archived")),
        ],
        widget=forms.RadioSelect,
    )
    reason = ReasonField(required=False)


class DigestForm(forms.ModelForm):
    """How often newcomers hear of the space."""

    propose = forms.BooleanField(
        label=_("Propose it to everybody who has chosen otherwise"),
        required=False,
        help_text=_("They get one notice with a link; nothing is changed for them."),
    )

    class Meta:
        model = Space
        fields = ["digest_default"]
        widgets = {"digest_default": forms.RadioSelect}
        labels = {"digest_default": _("Newcomers get the digest")}


class GroupForm(forms.ModelForm):
    """One stakeholder group: its word, and its shape with a colour."""

    palette = forms.TypedChoiceField(
        label=_("Shape and colour"),
        coerce=int,
        choices=[],
        required=False,
        empty_value=0,  # a refused form is drawn with its group, which has a number
    )

    class Meta:
        model = StakeholderGroup
        fields = ["name", "palette"]

    def __init__(self, *args, space, **kwargs):
        super().__init__(*args, **kwargs)
        self.space = space
        shapes = dict(StakeholderGroup.Shape.choices)
        self.fields["palette"].choices = [
            (number, f"{shapes[shape]} · {COLOURS[colour]}")
            for number, (shape, colour) in enumerate(PALETTE)
        ]

    def clean_name(self):
        """One line, not used twice."""
        name = " ".join(self.cleaned_data["name"].split())
        others = self.space.groups.exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise ValidationError(
                _("There is a group “%(name)s” already."), params={"name": name}
            )
        return name


COLOURS = {
    "leaf": _("leaf green"),
    "clay": _("clay red"),
    "sun": _("sun yellow"),
    "sky": _("sky blue"),
    "plum": _("plum"),
    "moss": _("moss"),
    "rose": _("rose"),
    "slate": _("slate grey"),
}


class MergeForm(forms.Form):
    """Where the people of a group go when it is removed."""

    into = forms.ModelChoiceField(
        label=_("Its people go to"),
        queryset=StakeholderGroup.objects.none(),
        required=False,
        empty_label=_("no group; they choose themselves"),
    )

    def __init__(self, *args, group, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = StakeholderGroup.objects.filter(
            space=group.space_id
        ).exclude(pk=group.pk)


class QuestionForm(forms.ModelForm):
    """One question for those who ask to join."""

    class Meta:
        model = JoinQuestion
        fields = ["text", "is_required"]
        help_texts = {
            "text": _("For example: “What brings you to this concern?”"),
        }
