"""Forms of those who invite."""

import re
from datetime import timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spaces.forms.creation import PeopleForm
from spaces.forms.joining import GroupField
from spaces.models import Membership

Role = Membership.Role
LANDING = re.compile(r"^[^\s:?#\\]+(\?[^\s#\\]*)?$")

ROLES = {
    Role.FACILITATOR: _("Sets up the space with you, decides on roles and openness."),
    Role.STEWARD: _("Welcomes people, decides on requests, looks after the tone."),
    Role.MEMBER: _("Reads, posts, tells stories, edits the wiki."),
}


class Conditions(forms.Form):
    """What letters and links have in common."""

    role = forms.ChoiceField(
        label=_("Role"), choices=Role.choices, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=settings.LANGUAGES
    )
    landing = forms.CharField(
        label=_("First page to show"),
        required=False,
        max_length=200,
        help_text=_(
            "The part of its address after the name of the space, such as "
            "wiki/fire-belts/. Empty: the front page."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args, space, may_grant, **kwargs):
        kwargs["initial"] = {
            "role": Role.MEMBER,
            "language": space.language,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        self.space = space
        if may_grant:
            self.fields["role"].explanations = ROLES
        else:
            # Stewards invite members; only facilitators hand out more.
            del self.fields["role"]
        if space.groups.exists():
            self.fields["group"] = GroupField(
                space,
                label=_("Stakeholder group"),
                empty_label=_("They choose when they come"),
                widget=forms.Select,
            )

    def clean_landing(self):
        """A path below this space, never an address of somewhere else."""
        landing = self.cleaned_data["landing"].strip()
        # A pasted address of a page in this space is understood, too.
        landing = re.sub(r"^https?://[^/]+", "", landing)
        landing = landing.removeprefix(f"/s/{self.space.slug}/").lstrip("/")
        if landing and (".." in landing or not LANDING.match(landing)):
            raise ValidationError(_("This is not the address of a page in this space."))
        return landing

    def conditions(self):
        """Keyword arguments of the actions."""
        values = self.cleaned_data
        return {
            "role": values.get("role") or Role.MEMBER,
            "group": values.get("group"),
            "language": values["language"],
            "landing": values["landing"],
        }


class InvitationForm(Conditions, PeopleForm):
    """Letters to addresses, typed, pasted or from a file."""

    DAYS = (
        (7, _("7 days")),
        (14, _("14 days")),
        (30, _("30 days")),
        (90, _("90 days")),
    )

    days = forms.TypedChoiceField(
        label=_("Valid for"), choices=DAYS, coerce=int, initial=30
    )
    field_order = [
        "people", "table", "message", "group", "language", "role", "days", "landing",
    ]  # fmt: skip

    def __init__(self, *args, space, **kwargs):
        names = [group.name for group in space.groups.all()]
        super().__init__(*args, space=space, groups=names, **kwargs)
        self.order_fields(self.field_order)

    def clean(self):
        """Every line is understood, or named with what is wrong with it."""
        values = super().clean()
        if not self.listed.rows and not self.listed.wrong and not self.errors:
            self.add_error("people", _("Write at least one address."))
        for line in self.listed.wrong if "partly" not in self.data else ():
            self.add_error(
                "people",
                _("Line %(number)s, “%(text)s”: %(reason)s.")
                % {"number": line.number, "text": line.text, "reason": line.reason},
            )
        if "partly" in self.data and not self.listed.rows and not self.errors:
            self.add_error("people", _("None of these lines holds an address."))
        return values

    def retold(self):
        """The same form once more, the file's lines in the box: nothing is lost."""
        data = self.data.copy()
        table = self.cleaned_data.get("table") or ""
        if table:
            data["people"] = "\n".join(
                part for part in (data.get("people", ""), table) if part.strip()
            )
        self.data = data
        return self

    def rows(self):
        """Rows for ``invite_people``, each with the group itself."""
        groups = {group.name: group for group in self.space.groups.all()}
        return [
            {**row, "group": groups.get(row["group"])}
            for row in self.cleaned_data["rows"]
        ]

    def conditions(self):
        return {
            **super().conditions(),
            "message": self.cleaned_data["message"],
            "expires": timezone.now() + timedelta(days=self.cleaned_data["days"]),
        }


class LinkForm(Conditions):
    """A link for many."""

    DAYS = (
        (1, _("1 day")),
        (7, _("7 days")),
        (30, _("30 days")),
        (180, _("half a year")),
        (0, _("until I take it back")),
    )

    max_uses = forms.IntegerField(
        label=_("How many people"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("Empty: any number."),
    )
    domain = forms.CharField(
        label=_("Only for addresses at"),
        required=False,
        max_length=120,
        help_text=_("Such as forestry.example. Empty: anybody who has the link."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    days = forms.TypedChoiceField(
        label=_("Valid for"), choices=DAYS, coerce=int, initial=30
    )
    message = forms.CharField(
        label=_("A few personal words"),
        required=False,
        max_length=2000,
        help_text=_("They stand on the page that the link opens."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = [
        "max_uses", "days", "domain", "group", "language", "role", "message", "landing",
    ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].label = _("Language of the page")
        self.order_fields(self.field_order)

    def clean_domain(self):
        """A domain alone; a whole address or an @ in front is understood."""
        domain = self.cleaned_data["domain"].strip().lower().rpartition("@")[2]
        if domain:
            DomainNameValidator(
                message=_("This is not a domain, such as forestry.example.")
            )(domain)
        return domain

    def conditions(self):
        values = self.cleaned_data
        days = values["days"]
        return {
            **super().conditions(),
            "message": values["message"],
            "domain": values["domain"],
            "max_uses": values["max_uses"],
            "expires": timezone.now() + timedelta(days=days) if days else None,
        }
