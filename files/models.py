"""Uploads and who may see them."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spaces.models import Item, ItemQuerySet
from spaces.models.item import audience_q


def stored_path(file, name):
    """A random path: the name people gave never reaches the disk."""
    return f"files/{secrets.token_hex(2)}/{secrets.token_hex(16)}"


class FileQuerySet(ItemQuerySet):
    def visible_to(self, user):
        """A draft's file is its uploader's; others follow their owner's audience,
        which is copied here whenever the owner's changes."""
        seen = audience_q(user)
        # Photos of the one conversation that a guest pass opens.
        by_pass = getattr(user, "guest_file_ids", None)
        if by_pass is not None:
            seen |= Q(pk__in=by_pass)
        published = seen & Q(is_draft=False)
        if user.is_authenticated:
            return self.filter(published | Q(is_draft=True, uploaded_by=user))
        return self.filter(published)


class File(Item):
    """An uploaded picture or document; hangs on an item by that item's own field."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("Photo")
        DOCUMENT = "document", _("Document")

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    alt = models.CharField(
        _("what the picture shows, for people who cannot see it"),
        max_length=300,
        blank=True,
    )
    original = models.FileField(upload_to=stored_path)
    # Photos: widths made by the worker or at upload, {"480": path, "1200": path}.
    sizes = models.JSONField(default=dict, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    is_draft = models.BooleanField(default=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created = models.DateTimeField(default=timezone.now)

    objects = FileQuerySet.as_manager()

    class Meta(Item.Meta):
        pass

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse(
            "files:file_serve", kwargs={"space": self.space.slug, "pk": self.pk}
        )
