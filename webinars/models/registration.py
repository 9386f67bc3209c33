"""Who comes, and who does not."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RegistrationQuerySet(models.QuerySet):
    def coming(self):
        """Those who said yes or perhaps: they get the room and the reminders."""
        return self.filter(
            answer__in=[Registration.Answer.YES, Registration.Answer.MAYBE]
        )

    def visible_to(self, user):
        """Own answers."""
        return self.filter(person=user) if user.is_authenticated else self.none()


class Registration(models.Model):
    """Who comes: a member, or a guest without an account. All doors write this row."""

    class Answer(models.TextChoices):
        YES = "yes", _("I am coming")
        MAYBE = "maybe", _("Perhaps")
        NO = "no", _("I cannot come")

    class CameBy(models.TextChoices):
        WEB = "web"
        MAIL = "mail"
        CALENDAR = "calendar"

    webinar = models.ForeignKey(
        "webinars.Webinar", on_delete=models.CASCADE, related_name="registrations"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    guest_name = models.CharField(max_length=120, blank=True)
    guest_address = models.EmailField(blank=True)
    answer = models.CharField(max_length=5, choices=Answer)
    came_by = models.CharField(max_length=8, choices=CameBy, default=CameBy.WEB)
    answered = models.DateTimeField(default=timezone.now)
    # When they first came in through the page's door.
    joined = models.DateTimeField(null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["webinar", "person"], name="one_registration_per_person"
            ),
            models.UniqueConstraint(
                "webinar",
                models.functions.Lower("guest_address"),
                name="one_registration_per_guest",
                condition=~Q(guest_address=""),
            ),
        ]

    def __str__(self):
        return f"{self.person_id or 'guest'} answers {self.answer}"
