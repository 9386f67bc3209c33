"""The meetings the year hangs on."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.zones import zone_called
from spaces.models.space import Space


class GatheringQuerySet(models.QuerySet):
    def past(self, now=None):
        return self.filter(starts__lte=now or timezone.now()).order_by("-starts")

    def coming(self, now=None):
        return self.filter(starts__gt=now or timezone.now()).order_by("starts")

    def visible_to(self, user):
        return self.filter(space__in=Space.objects.readable_by(user))


class Gathering(models.Model):
    """A meeting face to face, on line or mixed; the anchor of trust."""

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="gatherings"
    )
    title = models.CharField(_("title"), max_length=120)
    starts = models.DateTimeField(_("starts"))
    ends = models.DateTimeField(_("ends"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    place = models.CharField(_("place, or “on line”"), max_length=200, blank=True)
    notes = models.TextField(_("notes"), max_length=4000, blank=True)
    notes_html = models.TextField(blank=True, editable=False)
    # Made when the form is drawn, so that pressing twice makes one gathering.
    client_id = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = GatheringQuerySet.as_manager()

    class Meta:
        ordering = ["starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="gatherings_end_after_they_start",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        page = reverse("spaces:gathering_list", kwargs={"space": self.space.slug})
        return f"{page}#gathering-{self.pk}"

    @property
    def zone(self):
        """The zone of the place; UTC when the stored name is no longer known."""
        return zone_called(self.time_zone)
