"""Calling a webinar, and calling it off."""

import uuid
import zoneinfo
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conversations.forms import audience_choices
from spaces.forms.fields import ZoneField
from spaces.models import Audience
from spaces.wallclock import moment_in_zone
from webinars.models import Webinar

OFFSETS = [
    (7 * 24 * 60, gettext_lazy("a week before")),
    (24 * 60, gettext_lazy("a day before")),
    (60, gettext_lazy("an hour before")),
    (10, gettext_lazy("ten minutes before")),
]
FARTHEST = timedelta(days=366 * 3)


class WebinarForm(forms.ModelForm):
    """A time on somebody's wall, in a zone with a name."""

    form_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    day = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    time = forms.TimeField(
        label=gettext_lazy("Begins at"), widget=forms.TimeInput(attrs={"type": "time"})
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Lasts, in minutes"), min_value=5, max_value=24 * 60
    )
    time_zone = ZoneField(
        label=gettext_lazy("In the time of"),
        help_text=gettext_lazy(
            "A large city near by, such as Accra. Everybody sees their own time "
            "beside it."
        ),
    )
    join_url = forms.URLField(
        label=gettext_lazy("Link to the room"),
        help_text=gettext_lazy("Shown only to those who come."),
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[URLValidator(["http", "https"])],
    )
    reminders = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Remind those who come"),
        choices=OFFSETS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who is invited"), widget=forms.RadioSelect
    )

    class Meta:
        model = Webinar
        fields = ["title", "question", "description", "join_url", "dial_in"]
        widgets = {"description": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "question": gettext_lazy("What do you want to have learned together?"),
            "dial_in": gettext_lazy("For people who call, with the code."),
        }

    def __init__(self, *args, space, user, **kwargs):
        super().__init__(*args, **kwargs)
        webinar = self.instance
        membership = space.membership_of(user)
        self.group = webinar.audience_group or getattr(membership, "group", None)
        self.fields["audience"].choices = audience_choices(space, self.group)
        if webinar.pk:
            del self.fields["form_id"]
            starts = webinar.starts.astimezone(zoneinfo.ZoneInfo(webinar.time_zone))
            first = {
                "day": starts.date(),
                "time": starts.time(),
                "minutes": webinar.minutes,
                "time_zone": webinar.time_zone,
                "reminders": webinar.reminder_offsets,
                "audience": webinar.audience,
            }
        else:
            first = {
                "form_id": uuid.uuid4(),
                "minutes": 60,
                "time_zone": user.time_zone
                if "/" in user.time_zone
                else space.time_zone,
                "reminders": [24 * 60, 60],
                "audience": self.fields["audience"].choices[0][0],
            }
        self.initial = first | self.initial

    def clean(self):
        cleaned = super().clean()
        if not {"day", "time", "time_zone", "minutes"} <= cleaned.keys():
            return cleaned
        try:
            starts = moment_in_zone(
                cleaned["day"], cleaned["time"], cleaned["time_zone"]
            )
        except ValidationError as fault:
            self.add_error("time", fault)
            return cleaned
        except OverflowError:
            self.add_error("day", _("This day is too far away."))
            return cleaned
        now = timezone.now()
        if starts <= now and starts != getattr(self.instance, "starts", None):
            self.add_error("day", _("This has passed already. Choose a coming day."))
        elif starts > now + FARTHEST:
            self.add_error("day", _("This is more than three years ahead."))
        cleaned["starts"] = starts
        cleaned["ends"] = starts + timedelta(minutes=cleaned["minutes"])
        return cleaned

    def words(self):
        """Field values for the actions."""
        values = self.cleaned_data
        names = [*self.Meta.fields, "time_zone", "starts", "ends", "audience"]
        return {name: values[name] for name in names} | {
            "reminder_offsets": sorted(values["reminders"], reverse=True),
            "audience_group": (
                self.group if values["audience"] == Audience.GROUP else None
            ),
        }


class CancelForm(forms.Form):
    """Why it is called off; everybody who would come is told."""

    reason = forms.CharField(
        label=gettext_lazy("What shall people be told?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
