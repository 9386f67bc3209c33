"""What somebody says of a story in one tap: tried, same here, thanks."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spaces.models import Authored, StakeholderGroup
from spaces.models.item import audience_q

LONGEST_CONTEXT = 1_000


class ResponseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who said what is for those who read the story, while it is out."""
        return self.filter(audience_q(user, prefix="story__"), story__state="published")

    def newest_first(self):
        return self.order_by("-changed", "-pk")

    def counted(self):
        """Rows of (kind, verdict, group's name, its palette, number), nobody named."""
        return (
            self.order_by("group__position", "group__name")
            .values_list("kind", "verdict", "group__name", "group__palette")
            .annotate(number=Count("pk"))
        )


class Response(models.Model):
    """One person, one story, one kind: changed and taken back at will."""

    class Kind(models.TextChoices):
        TRIED = "tried", _("We tried this")
        SAME = "same", _("Same here")
        THANKS = "thanks", _("Thanks")

    class Verdict(models.TextChoices):
        WORKED = "worked", _("It worked")
        PARTLY = "partly", _("Partly")
        NOT_HERE = "not_here", _("Not here")

    story = models.ForeignKey(
        "stories.Story", on_delete=models.CASCADE, related_name="responses"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    # As it was when it was said: who changes groups does not move their experience.
    group = models.ForeignKey(
        StakeholderGroup,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    kind = models.CharField(max_length=6, choices=Kind)
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True)
    context = models.TextField(_("where, and what was different"), blank=True)
    came_by = models.CharField(
        max_length=6, choices=Authored.CameBy, default=Authored.CameBy.WEB
    )
    created = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["story", "person", "kind"],
                name="one_response_per_person_story_and_kind",
            ),
            models.CheckConstraint(
                condition=(
                    (Q(kind="tried") & ~Q(verdict=""))
                    | (~Q(kind="tried") & Q(verdict="", context=""))
                ),
                name="only_who_tried_has_a_verdict",
            ),
        ]

    def __str__(self):
        return f"{self.kind} of story {self.story_id}"
