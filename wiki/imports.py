"""A handbook that is taken in: what came, what would become of it, how far it is."""

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spaces.models import Audience


def stored_path(_import, _name):
    """A random path: the name people gave never reaches the disk."""
    return f"imports/{secrets.token_hex(16)}"


class Import(models.Model):
    """Files that somebody brought, and the report on them."""

    class State(models.TextChoices):
        CHECKED = "checked", _("looked through")
        WANTED = "wanted", _("waits for its turn")
        RUNNING = "running", _("is being taken in")
        DONE = "done", _("taken in")

    space = models.ForeignKey(
        "spaces.Space", on_delete=models.CASCADE, related_name="imports"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    # A zip of what came, whichever way it came.
    content = models.FileField(upload_to=stored_path)
    audience = models.CharField(
        max_length=10, choices=Audience, default=Audience.MEMBERS
    )
    parent = models.ForeignKey(
        "wiki.Page", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_update = models.BooleanField(default=False)
    # ``wiki.importing.planning.as_report``; each gets ``slug`` when it is written.
    report = models.JSONField(default=list)
    written = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.CHECKED)
    created = models.DateTimeField(default=timezone.now)
    claimed = models.DateTimeField(null=True, blank=True)
    done = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state"], name="imports_by_state")]

    def __str__(self):
        return f"import {self.pk}"

    def get_absolute_url(self):
        return reverse(
            "wiki:import_detail", kwargs={"space": self.space.slug, "pk": self.pk}
        )
