"""Stories: one experience, told honestly, with the teller in charge."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from conversations.models import Thread
from files.models import File
from spaces.models import Audience, Authored, Item, ItemQuerySet, Searched, words_of
from spaces.models.item import audience_q
from stories.models.media import StoryFile
from tags.models import SpaceTagManager, Tag
from ui.addresses import address_of

PEOPLE = ("author", "author_group", "entered_by")
PARTS = (
    "set_out",
    "body",
    "did_not_work",
    "surprised",
    "differently",
    "do_not_copy",
)
# Letters; a row shows 36 words at most.
BEGINNING = 1_440


def _holds(**what):
    return Exists(StoryFile.objects.filter(story=OuterRef("pk"), **what))


class StoryQuerySet(ItemQuerySet):
    def visible_to(self, user):
        """Published stories of the person's audience, and own drafts (as teller or as
        the one who writes it down)."""
        seen = audience_q(user) & Q(state=Story.State.PUBLISHED)
        if user.is_authenticated:
            seen |= Q(author=user) | Q(entered_by=user)
        return self.filter(seen)

    def published(self):
        return self.filter(state=Story.State.PUBLISHED)

    def in_the_open(self):
        """What anybody may read without an account: this goes to feeds, search engines
        and whoever a link is passed on to."""
        return self.visible_to(AnonymousUser()).published()

    def drafts_of(self, user):
        return self.filter(Q(author=user) | Q(entered_by=user), state=Story.State.DRAFT)

    def for_reading(self):
        """Loads what a story's page draws: its parts are in its HTML already."""
        return (
            self.select_related(*PEOPLE, "photo", "thread")
            .defer(*PARTS, "plain")
            .annotate(beginning=Left("plain", BEGINNING), has_media=_holds())
        )

    def for_lists(self):
        """Loads what a row draws: of each part no more than is read there."""
        return (
            self.select_related(*PEOPLE, "photo", "thread")
            .defer(*PARTS, "plain", "body_html")
            .annotate(
                has_sound=_holds(kind=StoryFile.Kind.SOUND),
                has_film=_holds(kind__in=[StoryFile.Kind.FILM, StoryFile.Kind.LINK]),
                honest_words=Left("did_not_work", BEGINNING),
                first_words=Left(
                    Case(When(body="", then=F("set_out")), default=F("body")),
                    BEGINNING,
                ),
            )
        )

    def for_feeds(self):
        """Loads what a feed tells: the drawn story, its people and its hashtags."""
        return self.with_people().defer(*PARTS).prefetch_related("tags")

    def newest_first(self):
        return self.order_by("-published", "-pk")

    def with_people(self):
        return self.select_related("space", "author", "author_group", "entered_by")


class Story(Item, Authored):
    """One experience with a place and a time; guided parts or free text."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    title = models.CharField(_("title"), max_length=160)
    slug = models.CharField(max_length=180)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # Free form, or what happened; the honest questions have their own fields so that
    # "what did not work" can stand first in lists and digests.
    set_out = models.TextField(_("What we set out to do"), blank=True)
    body = models.TextField(_("What happened"), blank=True)
    did_not_work = models.TextField(_("What did not work"), blank=True)
    surprised = models.TextField(_("What surprised us"), blank=True)
    differently = models.TextField(_("What we would do differently"), blank=True)
    do_not_copy = models.TextField(_("Where this should not be copied"), blank=True)
    body_html = models.TextField(editable=False, blank=True)
    plain = models.TextField(editable=False, blank=True)
    words = words_of("plain", title="title")
    # How long it takes to read (stories/reading.py), so that lists need no long text.
    minutes = models.PositiveSmallIntegerField(default=1, editable=False)
    place = models.CharField(_("place"), max_length=160, blank=True)
    happened = models.CharField(_("when it happened"), max_length=120, blank=True)
    language = models.CharField(
        _("language"), max_length=8, choices=settings.LANGUAGES, default="en"
    )
    # The first photo of ``media``, kept by stories.actions.media for lists and feeds.
    photo = models.ForeignKey(
        File, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    thread = models.OneToOneField(
        Thread, null=True, blank=True, on_delete=models.SET_NULL, related_name="story"
    )
    # Made by the form: sending it twice begins one story.
    draft_id = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    created = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)
    published = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)

    tags = TaggableManager(
        through="stories.TaggedStory", manager=SpaceTagManager, blank=True
    )
    objects = Searched.from_queryset(StoryQuerySet)()

    class Meta(Item.Meta):
        verbose_name_plural = _("stories")
        constraints = [
            *Item.Meta.constraints,
            models.UniqueConstraint(
                fields=["space", "slug"], name="one_story_per_slug_and_space"
            ),
        ]
        indexes = [
            models.Index(
                fields=["space", "-published"],
                name="stories_newest",
                condition=Q(state="published"),
            ),
            GinIndex(fields=["words"], name="stories_search"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of(
            "stories:story_detail", space=self.space.slug, story=self.slug
        )

    @property
    def is_in_the_open(self):
        """``StoryQuerySet.in_the_open``, of a story that is at hand."""
        return (
            self.state == self.State.PUBLISHED
            and self.audience == Audience.PUBLIC
            and self.space.is_open
        )


class TaggedStory(ItemBase):
    """Which hashtags a story carries."""

    content_object = models.ForeignKey(
        Story, on_delete=models.CASCADE, related_name="tagged"
    )
    tag = models.ForeignKey(
        Tag, on_delete=models.CASCADE, related_name="tagged_stories"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"], name="one_tag_per_story"
            ),
        ]
