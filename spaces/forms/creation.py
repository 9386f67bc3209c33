"""One form per step of the creation wizard."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from spaces.actions.openness import is_allowed_pair
from spaces.forms.fields import ZoneField
from spaces.invitees import read_invitees
from spaces.models import Space
from spaces.naming import tidy_name

MOST_GROUPS = 12

SUGGESTED_GROUPS = [
    _("Farmers"),
    _("Local officials"),
    _("Companies"),
    _("Researchers"),
    _("NGOs"),
    _("Women’s groups"),
    _("Youth"),
    _("Traditional leaders"),
    _("Teachers"),
    _("Health workers"),
    _("Journalists"),
    _("Donors"),
]

SEEING = {
    "open": _(
        "Anyone on the internet can read what is public here; search engines find it. "
        "Each author still chooses “members only” for single items. Who belongs is "
        "shown to members only."
    ),
    "listed": _(
        "Anyone can see the card: name, concern, house rules and how many you are. "
        "Only members read what is inside."
    ),
    "hidden": _(
        "Only members and people you have invited know that it exists. Everybody else "
        "gets “not found”."
    ),
}
JOINING = {
    "open": _("Whoever finds it can be a member with one press. You are told."),
    "request": _(
        "People answer your questions and a facilitator or steward says yes or no, "
        "with a reason."
    ),
    "invitation": _("Nobody can ask. You send letters or hand out a link."),
}
TOOLS = {
    "exchange": _("Short posts, questions and answers with #hashtags. The daily talk."),
    "stories": _("One experience told in full, with what did not work."),
    "wiki": _("Pages that many hands improve: what you know by now."),
    "webinars": _("Meetings on line with reminders, in everybody’s own time."),
}


def starting_rules():
    """House rules to begin with, meant to be changed."""
    return gettext(
        "We come from different groups and share one concern. So that everybody can "
        "speak:\n\n"
        "- **Say what you saw.** Your own experience weighs more than an opinion about "
        "others.\n"
        "- **Tell what did not work**, too. Nobody is blamed here for an honest "
        "failure.\n"
        "- **Disagree with the view, not with the person.** First say in your own "
        "words what you understood.\n"
        "- **What is said here stays here**, unless the author has made it public.\n"
        "- **Leave room.** If you have said much, ask somebody who has said little.\n"
        "- **Write for a weak phone.** Short words, small pictures.\n"
    )


class ConcernForm(forms.ModelForm):
    """What it is called, and what people share."""

    time_zone = ZoneField(
        help_text=_(
            "For gatherings and webinars. Members see their own time beside it."
        )
    )

    class Meta:
        model = Space
        fields = ["name", "concern", "language", "time_zone"]
        labels = {"name": _("What is your alliance called?")}
        widgets = {
            "concern": forms.Textarea(attrs={"rows": 3}),
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        help_texts = {
            "name": _("For example “Forest Forum”. You can change it later."),
            "concern": _(
                "The question that unlike people share, in one sentence. “How can "
                "those who live from the forest, and those who make its rules, keep "
                "it standing?”"
            ),
            "language": _("Most people here write in it; letters are sent in it."),
        }
        error_messages = {
            "name": {
                "required": _("Give it a name. Everything else can wait."),
                "max_length": _(
                    "Names have at most %(limit_value)d characters; this one has "
                    "%(show_value)d. The concern below has room for more."
                ),
            }
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The browser would cut a pasted name without a word.
        self.fields["name"].widget.attrs.pop("maxlength", None)
        self.fields["concern"].label = _("What is the concern you share?")

    def clean_name(self):
        """One line that can be said aloud."""
        return tidy_name(self.cleaned_data["name"])


class GroupsForm(forms.Form):
    """Who should be heard: suggestions to tick, and own words."""

    suggested = forms.MultipleChoiceField(
        label=_("Often part of an alliance"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    own = forms.CharField(
        label=_("Your own"),
        required=False,
        max_length=1000,
        help_text=_("One on each line."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The words themselves are kept, so a draft reads the same in any language.
        words = [str(word) for word in SUGGESTED_GROUPS]
        chosen = [*self._ticked(), *words]
        self.fields["suggested"].choices = [
            (word, word) for word in dict.fromkeys([*words, *chosen])
        ]

    def _ticked(self):
        if not self.is_bound:
            return self.initial.get("suggested", [])
        values = getattr(self.data, "getlist", None)
        ticked = values("suggested") if values else self.data.get("suggested", [])
        # Words of another language, ticked before the reader's language was changed.
        return [word for word in ticked if 0 < len(word) <= 60][:MOST_GROUPS]

    def clean_own(self):
        """Each line is a name."""
        lines = self.cleaned_data["own"].split("\n")
        names = [name for line in lines if (name := " ".join(line.split()))]
        for name in names:
            if len(name) > 60:
                raise ValidationError(
                    _(
                        "“%(name)s…” is too long: a group’s name has at most 60 "
                        "letters."
                    ),
                    params={"name": name[:30]},
                )
        return names

    def clean(self):
        """All names, each once."""
        values = super().clean()
        names = {}
        for name in [*values.get("suggested", []), *values.get("own", [])]:
            names.setdefault(name.casefold(), name)
        if len(names) > MOST_GROUPS:
            raise ValidationError(
                _("These are %(number)d groups. Begin with at most %(most)d."),
                params={"number": len(names), "most": MOST_GROUPS},
            )
        values["groups"] = list(names.values())
        return values


class OpennessForm(forms.Form):
    """Who may see, who may join."""

    visibility = forms.ChoiceField(
        label=_("Who may see it?"),
        choices=[
            ("open", _("Open")),
            ("listed", _("Listed")),
            ("hidden", _("Hidden")),
        ],
        widget=forms.RadioSelect,
    )
    join_policy = forms.ChoiceField(
        label=_("Who may join?"),
        choices=[
            ("open", _("Anyone, at once")),
            ("request", _("People ask, you decide")),
            ("invitation", _("Only by invitation")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["visibility"].explanations = SEEING
        self.fields["join_policy"].explanations = JOINING

    def clean(self):
        """Hidden goes with invitations only."""
        values = super().clean()
        visibility, policy = values.get("visibility"), values.get("join_policy")
        if visibility and policy and not is_allowed_pair(visibility, policy):
            self.add_error(
                "join_policy",
                _(
                    "Nobody can find a hidden space, so nobody can ask to join it. "
                    "Choose “Only by invitation”, or let the space be listed."
                ),
            )
        return values


class ToolsForm(forms.Form):
    """Which few tools."""

    tools = forms.MultipleChoiceField(
        label=_("Tools"),
        required=False,
        choices=Space.Tool.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tools"].explanations = TOOLS


class PeopleForm(forms.Form):
    """The first people; each readable line counts, the others are named."""

    MOST_BYTES = 256 * 1024

    people = forms.CharField(
        label=_("Addresses"),
        required=False,
        max_length=40_000,
        help_text=_(
            "One person on each line: an address, or name, address and group with "
            "commas between. Lines pasted from a table work, too."
        ),
        widget=forms.Textarea(
            attrs={"rows": 7, "spellcheck": "false", "autocapitalize": "off"}
        ),
    )
    table = forms.FileField(
        label=_("Or a CSV file"),
        required=False,
        help_text=_("Columns: name, e-mail, group. At most 200 people."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )
    message = forms.CharField(
        label=_("A few personal words"),
        required=False,
        max_length=2000,
        help_text=_("They stand in the letter, above the button."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, groups=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.groups = list(groups)
        self.listed = None

    def clean_table(self):
        """The file as text."""
        table = self.cleaned_data["table"]
        if table is None:
            return ""
        if table.size > self.MOST_BYTES:
            raise ValidationError(_("This file is too large: at most 256 KB."))
        raw = table.read()
        for encoding in ("utf-8-sig", "cp1252"):
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\0" not in text:
                return text
        raise ValidationError(
            _("This is not a text file. Save the table as “CSV” and choose it again.")
        )

    def clean(self):
        """Everybody who can be read."""
        values = super().clean()
        text = "\n".join(
            part for part in (values.get("people", ""), values.get("table", "")) if part
        )
        self.listed = read_invitees(text, groups=self.groups)
        values["rows"] = self.listed.rows
        return values


class RulesForm(forms.ModelForm):
    """How people treat one another."""

    class Meta:
        model = Space
        fields = ["house_rules"]
        widgets = {"house_rules": forms.Textarea(attrs={"rows": 14})}
        help_texts = {
            "house_rules": _(
                "Everybody accepts them when joining. Change whatever does not sound "
                "like you. **Bold**, lists and links work."
            )
        }
