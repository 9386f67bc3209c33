"""Forms at the door: joining, asking, deciding."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ui.drawing import group as draw_group

MOST_QUESTIONS = 20


class GroupField(forms.ModelChoiceField):
    """One of the space's stakeholder groups, as a list of cards."""

    def __init__(self, space, **kwargs):
        kwargs.setdefault("label", _("Which group do you belong to?"))
        kwargs.setdefault("required", False)
        kwargs.setdefault("empty_label", _("I am not sure yet"))
        kwargs.setdefault("widget", forms.RadioSelect)
        # Django leaves the empty choice out of radios unless it is told that it counts.
        super().__init__(space.groups.all(), blank=True, **kwargs)

    def label_from_instance(self, group):
        """Shape, colour and word together, wherever markup can be drawn."""
        if isinstance(self.widget, forms.RadioSelect):
            return draw_group(group)
        return group.name


class DoorForm(forms.Form):
    """What everybody who comes in is asked: their group, and the house rules."""

    def __init__(self, *args, space, **kwargs):
        super().__init__(*args, **kwargs)
        self.space = space
        if space.groups.exists():
            self.fields["group"] = GroupField(
                space,
                help_text=_(
                    "Others see it beside your name, so that they know which side "
                    "you see things from. You can change it later."
                ),
            )
        if space.house_rules:
            self.fields["accepts_rules"] = forms.BooleanField(
                label=_("I accept the house rules."),
                error_messages={
                    "required": _("Please read the house rules and accept them.")
                },
            )

    @property
    def has_accepted_rules(self):
        """Whether the rules were accepted just now (False where there are none)."""
        return bool(self.cleaned_data.get("accepts_rules"))

    @property
    def chosen_group(self):
        """The chosen group, or None."""
        return self.cleaned_data.get("group")


class JoinForm(DoorForm):
    """Joining an open space at once."""


class RequestForm(DoorForm):
    """Asking to join: the space's questions and one's own words."""

    def __init__(self, *args, space, **kwargs):
        super().__init__(*args, space=space, **kwargs)
        for question in self.questions:
            self.fields[f"question_{question.pk}"] = forms.CharField(
                label=question.text,
                required=question.is_required,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.fields["message"] = forms.CharField(
            label=_("A few words to those who decide"),
            required=False,
            max_length=2000,
            help_text=_("Who you are, and what brings you to this concern."),
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        # The rules stand last, right above the button.
        if "accepts_rules" in self.fields:
            self.fields["accepts_rules"] = self.fields.pop("accepts_rules")

    @cached_property
    def questions(self):
        return list(self.space.join_questions.all()[:MOST_QUESTIONS])

    @property
    def answers(self):
        """The questions as they stand now, with what was answered."""
        return [
            {
                "question": question.text,
                "answer": self.cleaned_data.get(f"question_{question.pk}", ""),
            }
            for question in self.questions
        ]


class AcceptRequestForm(forms.Form):
    """Letting somebody in: into which group."""

    def __init__(self, *args, space, **kwargs):
        super().__init__(*args, **kwargs)
        if space.groups.exists():
            self.fields["group"] = GroupField(
                space,
                label=_("Stakeholder group"),
                empty_label=_("None yet"),
                widget=forms.Select,
            )

    @property
    def chosen_group(self):
        return self.cleaned_data.get("group")


class DeclineRequestForm(forms.Form):
    """Saying no, with words the person can live with."""

    reason = forms.CharField(
        label=_("Your words to this person"),
        max_length=1000,
        help_text=_("They get them by mail, and they stay on the record."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
