"""The form of a gathering: a wall clock in a place with a name."""

import zoneinfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spaces.forms.fields import ZoneField
from spaces.models import Gathering
from spaces.wallclock import moment_in_zone


class DayInput(forms.DateInput):
    """The browser's own calendar; a plain date where it has none."""

    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class ClockInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self, **kwargs):
        super().__init__(format="%H:%M", **kwargs)


class GatheringForm(forms.ModelForm):
    """Title, when, where, notes."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    day = forms.DateField(label=_("Day"), widget=DayInput())
    time = forms.TimeField(label=_("Begins at"), widget=ClockInput())
    end_day = forms.DateField(label=_("Last day"), widget=DayInput(), required=False)
    end_time = forms.TimeField(label=_("Ends at"), widget=ClockInput(), required=False)
    time_zone = ZoneField(help_text=_("The clock on the wall where you meet."))

    class Meta:
        model = Gathering
        fields = ["title", "time_zone", "place", "notes"]
        widgets = {"notes": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "title": _("For example “Yearly gathering”."),
            "notes": _("How to get there, what to bring. **Bold** and links work."),
        }

    field_order = [
        "title",
        "day",
        "time",
        "end_day",
        "end_time",
        "time_zone",
        "place",
        "notes",
        "client_id",
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        gathering = self.instance
        if gathering.pk and gathering.starts:
            starts = gathering.starts.astimezone(gathering.zone)
            self.initial |= {"day": starts.date(), "time": starts.time()}
            if gathering.ends:
                ends = gathering.ends.astimezone(gathering.zone)
                self.initial |= {"end_day": ends.date(), "end_time": ends.time()}

    def clean(self):
        """Two moments, in the zone that was named."""
        values = super().clean()
        zone = values.get("time_zone")
        day, time = values.get("day"), values.get("time")
        if not (zone and day and time):
            return values
        if not 1900 < day.year < 2200:
            self.add_error("day", _("This year is too far away."))
            return values
        values["starts"] = self._moment("time", day, time, zone)
        values["ends"] = None
        end_day, end_time = values.get("end_day"), values.get("end_time")
        if end_day and not end_time:
            self.add_error("end_time", _("At what time does it end?"))
        elif end_time:
            values["ends"] = self._moment("end_time", end_day or day, end_time, zone)
        if values["starts"] and values["ends"] and values["ends"] < values["starts"]:
            self.add_error("end_time", _("It ends before it begins."))
        return values

    def _moment(self, name, day, time, zone):
        try:
            return moment_in_zone(day, time, zone)
        except ValidationError as error:
            self.add_error(name, error)
        except (OverflowError, zoneinfo.ZoneInfoNotFoundError):
            self.add_error(name, _("We do not know this moment."))
        return None

    @property
    def values(self):
        """What the actions take."""
        names = ["title", "time_zone", "place", "notes", "starts", "ends"]
        return {name: self.cleaned_data[name] for name in names}
