"""Who looks after a page, when they look next, and what they found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spaces.models import StakeholderGroup


class CareQuerySet(models.QuerySet):
    def due(self, day):
        """Pages that are to be looked at, and nobody was asked yet."""
        return self.filter(due__lte=day, asked__isnull=True)

    def unanswered(self, before):
        """Asked so long ago, and nobody has looked."""
        return self.filter(asked__lte=before, raised__isnull=True)

    def wanting(self, day):
        """Pages a steward should know of: overdue, or found wanting."""
        return self.filter(Q(due__lte=day) | ~Q(verdict__in=["", Care.Verdict.RIGHT]))


class Care(models.Model):
    """One page's care: by whom, how often, what the last look found."""

    class Verdict(models.TextChoices):
        RIGHT = "right", _("Still right")
        WORK = "work", _("Needs work")
        OLD = "old", _("Out of date")

    page = models.OneToOneField(
        "wiki.Page", on_delete=models.CASCADE, related_name="care"
    )
    # A person, or a stakeholder group that looks after it together.
    carer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    carer_group = models.ForeignKey(
        StakeholderGroup,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    every_months = models.PositiveSmallIntegerField(null=True, blank=True)
    due = models.DateField(null=True, blank=True, db_index=True)
    # When the carers were last asked, and when the facilitators heard of no answer.
    asked = models.DateTimeField(null=True, blank=True)
    raised = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=5, choices=Verdict, blank=True)
    words = models.CharField(max_length=300, blank=True)
    looked = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = CareQuerySet.as_manager()

    def __str__(self):
        return f"care of page {self.page_id}"

    @property
    def is_wanting(self):
        """Whether the last look found the page wanting."""
        return self.verdict in (self.Verdict.WORK, self.Verdict.OLD)

    @property
    def carer_name(self):
        """Who looks after it, in a word; empty where nobody does."""
        if self.carer is not None:
            return self.carer.get_full_name()
        return self.carer_group.name if self.carer_group is not None else ""
