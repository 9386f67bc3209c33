"""Reminders: what a person wants, and which rounds have been made."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

# Minutes before the beginning, among which people choose for themselves.
OWN_OFFSETS = (7 * 24 * 60, 2 * 24 * 60, 24 * 60, 3 * 60, 60, 10)


class ReminderChoice(models.Model):
    """How one person wants to be reminded of every webinar they come to."""

    class Mode(models.TextChoices):
        HOSTS = "hosts", _("When each host chose")
        OWN = "own", _("At my own times")
        NONE = "none", _("Never: I keep my own calendar")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    mode = models.CharField(max_length=5, choices=Mode, default=Mode.HOSTS)
    offsets = ArrayField(models.PositiveIntegerField(), default=list, blank=True)

    def __str__(self):
        return f"reminders of {self.person_id}: {self.mode}"

    def offsets_for(self, webinar):
        """Minutes before the beginning at which this person is reminded of it."""
        if self.mode == self.Mode.HOSTS:
            return set(webinar.reminder_offsets)
        return set(self.offsets) if self.mode == self.Mode.OWN else set()


class ReminderRound(models.Model):
    """Everybody was asked about who is reminded so long before this beginning.

    It only saves work: what is sent once is kept by the letters' own rows. A round
    that a wrong clock has made in the future is made again.
    """

    webinar = models.ForeignKey(
        "webinars.Webinar", on_delete=models.CASCADE, related_name="+"
    )
    starts = models.DateTimeField()
    offset = models.PositiveIntegerField()
    # What the clock said.
    done = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["webinar", "starts", "offset"], name="one_reminder_round"
            )
        ]

    def __str__(self):
        return f"{self.offset} minutes before {self.webinar_id}"
