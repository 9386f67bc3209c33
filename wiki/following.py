"""Watching pages, trusting writers, and how far somebody has read the changes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Watch(models.Model):
    """What a person wants to hear of: a page, a branch, the wiki, or one's own pages.

    It goes before the level for the space, as a level chosen for one conversation does.
    """

    class Reach(models.TextChoices):
        PAGE = "page", _("This page")
        BRANCH = "branch", _("This page and all pages below it")
        WRITTEN = "written", _("Pages I have written on")
        WIKI = "wiki", _("The whole wiki")

    space = models.ForeignKey(
        "spaces.Space", on_delete=models.CASCADE, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    # None for the whole wiki and for all one has written on.
    page = models.ForeignKey(
        "wiki.Page", null=True, on_delete=models.CASCADE, related_name="watches"
    )
    reach = models.CharField(max_length=8, choices=Reach)
    with_minor = models.BooleanField(_("small changes too"), default=False)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "page"], name="one_watch_per_page"
            ),
            models.UniqueConstraint(
                fields=["person", "space", "reach"],
                condition=Q(page__isnull=True),
                name="one_watch_per_wiki",
            ),
            models.CheckConstraint(
                condition=Q(page__isnull=True, reach__in=["written", "wiki"])
                | Q(page__isnull=False, reach__in=["page", "branch"]),
                name="watch_names_its_page",
            ),
        ]
        indexes = [
            models.Index(
                fields=["space"],
                condition=~Q(reach="page"),
                name="watches_beyond_a_page",
            ),
        ]

    def __str__(self):
        return f"{self.person_id} watches {self.reach} {self.page_id or self.space_id}"


class Trust(models.Model):
    """A member whose changes need no second look, and who looks at others'."""

    space = models.ForeignKey(
        "spaces.Space", on_delete=models.CASCADE, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person"], name="one_trust_per_person_and_space"
            ),
        ]

    def __str__(self):
        return f"{self.person_id} is trusted in {self.space_id}"


class ReadUpTo(models.Model):
    """Until when a person has read the recent changes of a wiki."""

    space = models.ForeignKey(
        "spaces.Space", on_delete=models.CASCADE, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    moment = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person"], name="one_mark_per_person_and_wiki"
            ),
        ]

    def __str__(self):
        return f"{self.person_id} has read {self.space_id} up to {self.moment}"
