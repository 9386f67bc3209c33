"""Forms about how one is told: here, behind a letter, and in all spaces at once."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from accounts.forms import understood_zone
from accounts.models import User
from spaces.forms.joining import GroupField
from spaces.models import Membership, Space
from spaces.wishes import RHYTHMS, clock, fields_of_rhythm, rhythm_of

HOURS = [(hour, lazy(clock, str)(hour)) for hour in range(24)]


class OwnMembershipForm(forms.ModelForm):
    """How I am told of this space, and for which group I speak."""

    class Meta:
        model = Membership
        fields = [
            "group",
            "notice_level",
            "mails_at_once",
            "digest",
            "digest_day",
            "digest_hour",
            "mail_format",
        ]
        widgets = {
            "notice_level": forms.RadioSelect,
            "digest": forms.RadioSelect,
            "mail_format": forms.RadioSelect,
        }

    digest_day = forms.TypedChoiceField(
        label=_("Day of the weekly digest"),
        coerce=int,
        choices=lambda: list(WEEKDAYS.items()),
    )
    digest_hour = forms.TypedChoiceField(
        label=_("Hour of the digest, in your own time"),
        coerce=int,
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        space = self.instance.space
        if space.groups.exists():
            self.fields["group"] = GroupField(space, label=_("My stakeholder group"))
        else:
            del self.fields["group"]
        level, format_ = self.fields["notice_level"], self.fields["mail_format"]
        level.label, format_.label = _("Tell me about"), _("Letters look")
        self.fields["digest"].label = _("A digest of everything new")
        Level = Membership.NoticeLevel
        level.explanations = {
            Level.EVERYTHING: _("Every post, story and page, as it comes."),
            Level.CONCERNED: _(
                "Answers to me, conversations I follow, webinars, announcements."
            ),
            Level.MENTIONS: _("Only where somebody writes @ and my name."),
            Level.NOTHING: _("The digest may still come; set it below."),
        }
        self.fields["digest"].explanations = {
            Space.Frequency.OFF: _("I come and look by myself."),
            Space.Frequency.MONTHLY: _("On the first such day of the month."),
        }


QUIETER_CHOICES = [
    ("weekly", _("Once a week: a digest of everything new")),
    ("monthly", _("Once a month: a digest of everything new")),
    ("named", _("Only when somebody names me")),
    ("nothing", _("Nothing at all from this space")),
    ("daily", _("Every day, and at once when it concerns me")),
]


class QuieterForm(forms.Form):
    """The page behind a mail: less before none."""

    choice = forms.ChoiceField(
        label=_("How often shall we write?"),
        choices=QUIETER_CHOICES,
        widget=forms.RadioSelect,
    )


class SpaceWishForm(forms.Form):
    """One space's row on the page of all spaces."""

    notice_level = forms.ChoiceField(
        label=_("In the inbox"), choices=Membership.NoticeLevel.choices
    )
    by_mail = forms.ChoiceField(
        label=_("By mail"),
        choices=[("now", _("The same, at once")), ("later", _("Waits for the digest"))],
    )
    rhythm = forms.ChoiceField(label=_("A digest"), choices=RHYTHMS)
    hour = forms.TypedChoiceField(label=_("At (your time)"), coerce=int, choices=HOURS)

    def __init__(self, data=None, *, membership):
        self.membership = membership
        super().__init__(
            data,
            prefix=f"s{membership.pk}",
            initial={
                "notice_level": membership.notice_level,
                "by_mail": "now" if membership.mails_at_once else "later",
                "rhythm": rhythm_of(membership),
                "hour": membership.digest_hour,
            },
        )

    def wishes(self):
        """The clean values as fields of a membership."""
        values = self.cleaned_data
        return {
            "notice_level": values["notice_level"],
            "mails_at_once": values["by_mail"] == "now",
            "digest_hour": values["hour"],
            **fields_of_rhythm(values["rhythm"]),
        }


def _hour_field(label):
    return forms.TypedChoiceField(
        label=label,
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("no quiet hours")), *HOURS],
    )


class ReadingForm(forms.ModelForm):
    """What holds for all letters: language, time zone, quiet hours."""

    time_zone = forms.CharField(
        label=_("Time zone"),
        max_length=64,
        widget=forms.TextInput(
            attrs={"list": "time-zones", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    quiet_from = _hour_field(_("No letters from"))
    quiet_until = _hour_field(_("No letters until"))
    quiet_days = forms.TypedMultipleChoiceField(
        label=_("Only in nights that begin on"),
        help_text=_("Tick none, and it is every night."),
        required=False,
        coerce=int,
        choices=list(WEEKDAYS_ABBR.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = User
        fields = ["language", "time_zone", "quiet_from", "quiet_until", "quiet_days"]

    def clean_time_zone(self):
        """Understand a city or a zone, or say which ones are near."""
        return understood_zone(self.cleaned_data["time_zone"])

    def clean(self):
        """Both hours or none; and never silence for ever."""
        values = super().clean()
        start, end = values.get("quiet_from"), values.get("quiet_until")
        if (start is None) != (end is None) and not self.errors:
            name = "quiet_until" if end is None else "quiet_from"
            self.add_error(name, ValidationError(_("Choose both hours, or neither.")))
        if start is None or end is None:
            values["quiet_days"] = []
        days = values.get("quiet_days") or []
        if start is not None and start == end and not 0 < len(days) < 7:
            words = _("That would be always. Choose another hour, or some days.")
            self.add_error("quiet_until", ValidationError(words))
        return values
