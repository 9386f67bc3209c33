"""Proposing, deciding, caring: what is typed into those forms."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from markup.limits import TextTooLong, check_length, clean
from spaces.models import StakeholderGroup
from wiki.forms import UncutField
from wiki.models import Care, Revision


class ProposalForm(forms.Form):
    """A whole text that is proposed."""

    body = UncutField(
        label=gettext_lazy("Text"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 22, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write at least a sentence.")},
    )
    summary = UncutField(
        label=gettext_lazy("What did you change, and why?"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=gettext_lazy("In a few words, for those who decide."),
    )
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_body(self):
        """One kind of line ends; too long is refused in words."""
        body = clean(self.cleaned_data["body"])
        try:
            check_length(body, "page")
        except TextTooLong as error:
            raise ValidationError(str(error)) from error
        if not body.strip():
            raise ValidationError(_("Write at least a sentence."))
        return body


class DeclineForm(forms.Form):
    """Why not; its writer reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Why not, in words that help"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={
            "required": gettext_lazy("Say why, so that the writer can do better.")
        },
    )


class CommentForm(forms.Form):
    """A few words about a proposal."""

    text = forms.CharField(
        label=gettext_lazy("Your words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write something.")},
    )


class LookForm(forms.Form):
    """How a page stands."""

    say = forms.ChoiceField(
        label=gettext_lazy("How does the page stand?"),
        choices=Care.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three.")},
    )
    words = UncutField(
        label=gettext_lazy("What is missing, wrong or old?"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=gettext_lazy("Readers of the page see it."),
    )


class CareForm(forms.Form):
    """Who looks after a page, and when next."""

    carer = forms.ModelChoiceField(
        label=gettext_lazy("A person looks after it"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody in particular"),
        help_text=gettext_lazy("Who tends the space, or has written on the page."),
    )
    carer_group = forms.ModelChoiceField(
        label=gettext_lazy("Or a stakeholder group looks after it together"),
        queryset=StakeholderGroup.objects.none(),
        required=False,
        empty_label=gettext_lazy("No group"),
    )
    every_months = forms.TypedChoiceField(
        label=gettext_lazy("How often is it looked at?"),
        choices=[
            ("", gettext_lazy("Only on the day below")),
            ("3", gettext_lazy("Every three months")),
            ("6", gettext_lazy("Every half year")),
            ("12", gettext_lazy("Every year")),
            ("24", gettext_lazy("Every two years")),
        ],
        coerce=int,
        empty_value=None,
        required=False,
    )
    due = forms.DateField(
        label=gettext_lazy("Next look"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("On that day they get a letter with three answers."),
    )

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, **kwargs)
        members = page.space.memberships.active()
        near = members.stewards() | members.filter(
            person__in=Revision.objects.filter(page=page).values("author")
        )
        if page.audience_group_id is not None:
            near = near.filter(group=page.audience_group_id)
        people = User.objects.filter(pk__in=near.values("person"))
        self.fields["carer"].queryset = people.order_by("name", "pk")
        self.fields["carer"].label_from_instance = lambda person: person.get_full_name()
        groups = page.space.groups.all()
        if page.audience_group_id is not None:
            groups = groups.filter(pk=page.audience_group_id)
        self.fields["carer_group"].queryset = groups

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("carer") and cleaned.get("carer_group"):
            self.add_error(
                "carer_group", _("Choose a person or a group, so that one is asked.")
            )
        if cleaned.get("every_months") and not cleaned.get("due"):
            self.add_error("due", _("From which day on?"))
        due = cleaned.get("due")
        if due and due.year > timezone.now().year + 20:
            self.add_error("due", _("That is very far away. Is the year right?"))
        return cleaned
