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


def new_token():
    """Unguessable, 32 letters."""
    return secrets.token_hex(16)


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
    """An uploaded picture, sound, film or document; hangs on an item by that item's
    own field."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("Photo")
        DOCUMENT = "document", _("Document")
        SOUND = "sound", _("Sound")
        FILM = "film", _("Film")

    class State(models.TextChoices):
        """Sound and film wait until a worker has made them small."""

        READY = "ready", _("Ready")
        WAITING = "waiting", _("Waiting")
        WORKING = "working", _("Being made small")
        FAILED = "failed", _("Could not be read")

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
    # The same in other forms, for what cannot show the first: {"480.avif": path},
    # {"mp3": path}, {"poster": path}.
    versions = models.JSONField(default=dict, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    # Of sound and film.
    seconds = models.FloatField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.READY)
    progress = models.PositiveSmallIntegerField(default=0)  # per cent
    fault = models.CharField(max_length=12, blank=True)  # files.recordings.FAULTS
    claimed = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Of what was sent: the same recording sent twice is told by it.
    digest = models.CharField(max_length=64, blank=True)
    is_draft = models.BooleanField(default=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created = models.DateTimeField(default=timezone.now)

    objects = FileQuerySet.as_manager()

    class Meta(Item.Meta):
        indexes = [
            models.Index(
                fields=["created"],
                name="files_to_convert",
                condition=Q(state__in=["waiting", "working"]),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse(
            "files:file_serve", kwargs={"space": self.space.slug, "pk": self.pk}
        )

    @property
    def is_ready(self):
        """Whether it can be handed out."""
        return self.state == self.State.READY

    @property
    def paths(self):
        """Everything of it that lies on the disk."""
        return [self.original.name, *self.sizes.values(), *self.versions.values()]


class Incoming(models.Model):
    """An upload under way, in pieces: it goes on where the line broke."""

    # Who holds it may go on, if it is theirs; the address tells nothing.
    token = models.CharField(max_length=32, unique=True, default=new_token)
    space = models.ForeignKey(
        "spaces.Space", on_delete=models.CASCADE, related_name="+"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    offset = models.PositiveBigIntegerField(default=0)
    path = models.CharField(max_length=100)
    created = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(offset__lte=models.F("size")),
                name="incoming_is_no_longer_than_said",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.offset}/{self.size})"

    @property
    def is_whole(self):
        """Whether all of it has arrived."""
        return self.offset == self.size
