"""The record: who did what to whom, and why. Only ever added to."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from spaces.models.space import Space


class RecordQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Members read their space's record; site administrators read all of it."""
        if not user.is_authenticated:
            return self.none()
        if user.is_staff:
            return self
        return self.filter(
            space__memberships__person=user, space__memberships__status="active"
        )

    def with_people(self):
        return self.select_related("actor", "about", "space")

    def delete(self):
        raise TypeError("The record is only ever added to.")


class Record(models.Model):
    """One line of the audit log."""

    space = models.ForeignKey(
        Space, null=True, blank=True, on_delete=models.CASCADE, related_name="records"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Past-tense verb, e.g. "openness_changed"; its sentence is in spaces/sentences.py.
    verb = models.CharField(max_length=60)
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    detail = models.JSONField(default=dict, blank=True)
    reason = models.TextField(blank=True)
    created = models.DateTimeField(default=timezone.now, db_index=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        indexes = [models.Index(fields=["space", "-created"], name="record_of_space")]

    def __str__(self):
        return f"{self.verb} by {self.actor_id}"

    def save(self, *args, **kwargs):
        if self.pk and not self._state.adding:
            raise TypeError("The record is only ever added to.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("The record is only ever added to.")
