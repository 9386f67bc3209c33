"""What a story is told with besides words: photos, sound, film and links to film."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from files.models import File

LONGEST_TRANSCRIPT = 20_000


class StoryFileQuerySet(models.QuerySet):
    """Seen by whoever sees the story: asked of the story, never of these rows."""

    def in_order(self):
        return self.order_by("place", "pk")

    def with_files(self):
        return self.select_related("file")


class StoryFile(models.Model):
    """One photo, recording, film or link of a story, at its place.

    What a photo shows stands with the ``File`` (``alt``), as for every photo.
    """

    class Kind(models.TextChoices):
        PHOTO = "photo", _("Photo")
        SOUND = "sound", _("Sound")
        FILM = "film", _("Film")
        LINK = "link", _("Link to a film")

    story = models.ForeignKey(
        "stories.Story", on_delete=models.CASCADE, related_name="media"
    )
    file = models.OneToOneField(
        File, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=5, choices=Kind)
    place = models.PositiveSmallIntegerField(default=0)
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    # In words what is said, for people who do not hear it or do not load it.
    transcript = models.TextField(_("what is said"), blank=True)
    # The same with its times (WebVTT), checked when it was saved.
    cues = models.TextField(_("subtitles"), blank=True)
    link = models.URLField(_("address of a film"), max_length=500, blank=True)
    created = models.DateTimeField(default=timezone.now)

    objects = StoryFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind="link", file__isnull=True) & ~Q(link="")
                    | (~Q(kind="link") & Q(file__isnull=False, link=""))
                ),
                name="a_story_holds_a_file_or_a_link",
            ),
        ]
        indexes = [models.Index(fields=["story", "place"], name="story_media_in_order")]

    def __str__(self):
        return f"{self.kind} of story {self.story_id}"
