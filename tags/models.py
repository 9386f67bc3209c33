"""Labels of a space: django-taggit with our own, per-space tag."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager
from taggit.models import TagBase

from markup.tags import tag_key
from spaces.models import Space

LONGEST = 64


class TagQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Tags of the spaces whose content this person may read."""
        return self.filter(space__in=Space.objects.readable_by(user))

    def in_space(self, space):
        return self.filter(space=space)

    def in_sight(self, space, user):
        """Tags of an entered space that stand on something its reader may see: a word
        that only another group uses is not given away.

        Every app's items are asked, without knowing the app: what a tag is tied to has
        ``content_object``, an ``Item``.
        """
        seen = Q()
        for relation in self.model._meta.related_objects:
            if not relation.one_to_many:
                continue  # the same tie, seen from the item's side
            tied = relation.related_model
            item = tied._meta.get_field("content_object").related_model
            visible = item._default_manager.visible_to(user).in_space(space)
            seen |= Exists(
                tied.objects.filter(tag=OuterRef("pk"), content_object__in=visible)
            )
        return self.in_space(space).filter(seen)


class Tag(TagBase):
    """A hashtag of one space. ``slug`` is its key (case and accents of form folded),
    ``name`` is the key too; ``display`` is how it was first written."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(_("name"), max_length=64)
    slug = models.CharField(max_length=64)
    display = models.CharField(max_length=64)
    # Open hashtag: a public page where anyone reads and may jump in.
    is_open = models.BooleanField(default=False)
    # What guests write there waits for a steward.
    holds_guests = models.BooleanField(default=True)
    # The number of the last change under it in its space's talk
    # (conversations/stream.py).
    changed = models.BigIntegerField(default=0, editable=False)

    natural_key_fields = ["space_id", "name"]

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [
            models.UniqueConstraint(fields=["space", "name"], name="one_tag_per_space"),
            models.UniqueConstraint(
                fields=["space", "slug"], name="one_tag_slug_per_space"
            ),
        ]
        indexes = [
            # For what begins with some letters, whatever the database's collation.
            models.Index(
                fields=["space", "slug"],
                name="tags_by_beginning",
                opclasses=["int8_ops", "varchar_pattern_ops"],
            ),
        ]

    def __str__(self):
        return f"#{self.display}"

    def get_absolute_url(self):
        return reverse(
            "discover:tag_detail", kwargs={"space": self.space.slug, "tag": self.slug}
        )


class SpaceTagManager(_TaggableManager):
    """Finds and makes tags inside the item's own space, in four queries.

    taggit's own look-up (``TAGGIT_CASE_INSENSITIVE``) answers 500 on ``İstanbul``; the
    key of ``markup.tags`` is folded before it reaches the database.
    """

    def set_words(self, words):
        """Make the item's tags exactly these hashtags.

        Args:
            words: hashtags as typed, without ``#``.
        """
        wanted = self._give(words)
        self.through.objects.filter(**self._lookup_kwargs()).exclude(
            tag__name__in=wanted
        ).delete()

    def add_words(self, words):
        """Give the item these hashtags too; the ones it has stay.

        Args:
            words: hashtags as typed, without ``#``.
        """
        if words:
            self._give(words)

    def _give(self, words):
        """Make missing tags and tie them to the item; returns the wanted keys."""
        space = self.instance.space
        wanted = {}
        for word in words:
            key = tag_key(word)[:LONGEST]
            if key:
                wanted.setdefault(key, word[:LONGEST])
        if wanted:
            # In one order everywhere: two posts with the same two new tags, written
            # at the same moment, would otherwise wait for each other for ever.
            Tag.objects.bulk_create(
                [
                    Tag(space=space, name=key, slug=key, display=wanted[key])
                    for key in sorted(wanted)
                ],
                ignore_conflicts=True,
            )
            field = self._lookup_kwargs()
            tags = Tag.objects.filter(space=space, name__in=wanted)
            self.through.objects.bulk_create(
                [self.through(tag=tag, **field) for tag in tags], ignore_conflicts=True
            )
        return set(wanted)
