"""Files and pictures of a page, with every version of each."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from files.models import File

MAX_NAME = 120


class Attachment(models.Model):
    """A file of a page under a name that keeps its address while versions come.

    Who sees the page sees them: each version's ``File`` carries the page's audience.
    """

    page = models.ForeignKey(
        "wiki.Page", on_delete=models.CASCADE, related_name="attachments"
    )
    name = models.CharField(max_length=MAX_NAME)
    current = models.ForeignKey(
        "wiki.AttachmentVersion",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "page", Lower("name"), name="one_attachment_per_name"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse(
            "wiki:attachment_serve",
            kwargs={
                "space": self.page.space.slug,
                "page": self.page.slug,
                "name": self.name,
            },
        )

    @property
    def is_picture(self):
        return self.current.file.kind == File.Kind.PHOTO

    @property
    def markdown(self):
        """What shows it, or leads to it, in the text of a page."""
        words = self.current.file.alt if self.is_picture else self.name
        sign = "!" if self.is_picture else ""
        words = words.replace("[", "(").replace("]", ")")
        return f"{sign}[{words}]({self.get_absolute_url()})"


class AttachmentVersion(models.Model):
    """One upload."""

    attachment = models.ForeignKey(
        Attachment, on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField()
    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    words = models.CharField(max_length=200, blank=True)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["attachment", "number"], name="one_attachment_per_number"
            ),
        ]

    def __str__(self):
        return f"version {self.number} of {self.attachment_id}"
