"""A space that is still being thought about: the creation wizard’s memory."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from spaces.models.space import Space


class SpaceDraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A draft is its maker's only."""
        return self.filter(owner=user) if user.is_authenticated else self.none()

    def unfinished(self):
        return self.filter(space=None)

    def newest_first(self):
        return self.order_by("-changed", "-key")


class SpaceDraft(models.Model):
    """What one person has entered so far, step by step, right or wrong.

    The answers are kept as they were typed (``{"groups": {"own": ["Herders"]}}``), so
    that a reload, the back button or a closed browser loses nothing, and two tabs on
    different steps do not overwrite one another.
    """

    # Chosen by the form before anything is saved: pressing twice makes one draft.
    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="space_drafts"
    )
    answers = models.JSONField(default=dict, blank=True)
    # Once made, a draft knows its space: a second press on "Create" leads there.
    space = models.OneToOneField(
        Space, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    created = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)

    objects = SpaceDraftQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["owner", "-changed"],
                name="unfinished_space_drafts",
                condition=models.Q(space=None),
            ),
        ]

    def __str__(self):
        return f"draft of a space by {self.owner_id}"

    @property
    def name(self):
        """The name as typed, for the list of drafts."""
        typed = self.answers.get("concern", {}).get("name", [])
        return " ".join("".join(typed).split())

    def step_url(self, step):
        """Where one step of the wizard is."""
        kwargs = {"key": self.key, "step": step}
        return reverse("joining:space_draft_edit", kwargs=kwargs)

    def keep_url(self, step):
        """Where a step is kept while it is being typed."""
        kwargs = {"key": self.key, "step": step}
        return reverse("joining:space_draft_save", kwargs=kwargs)

    @property
    def review_url(self):
        """Where everything can be looked over and made."""
        return reverse("joining:space_draft_review", kwargs={"key": self.key})
