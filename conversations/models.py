"""Threads and messages: the exchange, and the talk under everything."""

import uuid

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from conversations.announced import Announcement as Announcement
from conversations.following import Follow as Follow
from conversations.following import Stream as Stream
from conversations.guests import GuestPass as GuestPass
from conversations.guests import GuestWord as GuestWord
from conversations.marks import LinkCard
from conversations.marks import Reaction as Reaction
from conversations.marks import Wording as Wording
from files.models import File
from spaces.models import (
    Authored,
    Item,
    ItemQuerySet,
    Searched,
    words_of,
)
from spaces.models.item import audience_q
from tags.models import SpaceTagManager, Tag
from ui.addresses import address_of

MESSAGES_PER_PAGE = 30
PEOPLE = ("author", "entered_by")
# Never drawn beside a message; most of a person's row.
UNUSED_OF_PEOPLE = (
    "password",
    "last_login",
    "organisation",
    "languages",
    "helps_with",
    "about",
    "joined",
    "low_bandwidth",
    "quiet_from",
    "quiet_until",
    "quiet_days",
    "may_create_spaces",
    "is_superuser",
    "is_staff",
)


class ThreadQuerySet(ItemQuerySet):
    def visible_to(self, user):
        """Threads whose audience includes this person, or that a guest pass opens.

        A post that a steward has hidden, or that still waits for one, is left out;
        ``Thread.with_hidden`` has it too.
        """
        return self.reachable_by(user).filter(hidden__isnull=True)

    def reachable_by(self, user):
        """``visible_to`` without asking whether a steward has hidden the post.

        ``user.guest_thread_ids`` is put on the request's user by the one middleware
        that knows a pass (``conversations.middleware``), from the visitor's session.
        """
        seen = audience_q(user)
        passes = getattr(user, "guest_thread_ids", ())
        if passes:
            seen |= Q(pk__in=passes)
        return self.filter(seen)

    def exchange(self):
        """Threads that are posts of the exchange, not the talk under something."""
        return self.filter(origin=Thread.Origin.EXCHANGE)

    def newest_first(self):
        return self.order_by("-created", "-pk")

    def lately_active_first(self):
        return self.order_by("-last_activity", "-pk")

    def oldest_first(self):
        """Who has waited longest comes first."""
        return self.order_by("created", "pk")

    def with_opening(self):
        """Adds ``opening_id``: the first message, found by index."""
        first = (
            Message.objects.filter(thread=OuterRef("pk"))
            .order_by("created", "pk")
            .values("pk")[:1]
        )
        return self.annotate(opening_id=Subquery(first))

    def unanswered(self):
        """Questions that nobody but their asker has said anything to."""
        return self.filter(
            opening_talk=Message.Talk.QUESTION,
            answered__isnull=True,
            message_count__gt=0,
        )

    def newcomers_waiting(self):
        """First posts of newcomers that nobody has answered yet."""
        return self.filter(
            is_first_post=True, answered__isnull=True, message_count__gt=0
        )


class HiddenThreadQuerySet(ThreadQuerySet):
    """For the one page where stewards restore what they hid: hidden posts too."""

    def visible_to(self, user):
        return self.reachable_by(user)


class Thread(Item):
    """A conversation. Pages, stories and webinars point down to one; a post of the
    exchange is a thread that nothing points to."""

    class Origin(models.TextChoices):
        EXCHANGE = "exchange"
        PAGE = "page"
        STORY = "story"
        WEBINAR = "webinar"

    origin = models.CharField(max_length=8, choices=Origin, default=Origin.EXCHANGE)
    # For talk under something: that thing's title and path, so that a notice or a
    # digest can name it without knowing the app above. A post of the exchange keeps
    # its first line here.
    title = models.CharField(max_length=200, blank=True)
    path = models.CharField(max_length=2000, blank=True)
    created = models.DateTimeField(default=timezone.now)
    # Kept by actions, so that lists need no aggregate.
    last_activity = models.DateTimeField(default=timezone.now)
    message_count = models.PositiveIntegerField(default=0)
    opening_talk = models.CharField(max_length=12, blank=True)
    # When somebody other than its author first said something that can be read.
    answered = models.DateTimeField(null=True, blank=True)
    # Its author had written nothing in this space before.
    is_first_post = models.BooleanField(default=False)
    # The number of its last change in the space's ``Stream``.
    changed = models.BigIntegerField(default=0, editable=False)
    closed = models.DateTimeField(null=True, blank=True)
    # The post itself (its first message) is hidden, or waits for a steward.
    hidden = models.DateTimeField(null=True, blank=True)

    tags = TaggableManager(
        through="conversations.TaggedThread", manager=SpaceTagManager, blank=True
    )
    objects = ThreadQuerySet.as_manager()
    with_hidden = HiddenThreadQuerySet.as_manager()

    class Meta(Item.Meta):
        indexes = [
            models.Index(
                fields=["space", "origin", "-last_activity"], name="threads_lively"
            ),
            models.Index(fields=["space", "-created"], name="threads_newest"),
            models.Index(fields=["space", "origin", "changed"], name="threads_changed"),
            models.Index(
                fields=["space", "created"],
                condition=Q(answered__isnull=True),
                name="threads_unanswered",
            ),
        ]

    def __str__(self):
        return self.title or f"thread {self.pk}"

    def get_absolute_url(self):
        return self.path or self.own_path

    @property
    def is_unanswered(self):
        """A question that waits; ``ThreadQuerySet.unanswered`` for one thread."""
        return (
            self.opening_talk == Message.Talk.QUESTION
            and self.answered is None
            and self.message_count > 0
        )

    @property
    def own_path(self):
        """The page that shows the talk alone: where a guest with a pass reads it."""
        return address_of(
            "conversations:thread_detail", space=self.space.slug, pk=self.pk
        )


class TaggedThreadQuerySet(models.QuerySet):
    def lively(self, threads, *, most=12, looked_at=200):
        """Which hashtags the newest of these threads carry, the commonest first.

        Bounded by ``looked_at``, so a long life costs no more than a short one.
        """
        newest = threads.lately_active_first().values("pk")[:looked_at]
        return (
            self.filter(content_object__in=newest)
            .values("tag__slug", "tag__display")
            .annotate(number=Count("pk"))
            .order_by("-number", "tag__slug")[:most]
        )


class TaggedThread(ItemBase):
    """Which hashtags a thread carries (real foreign keys, no generic table)."""

    content_object = models.ForeignKey(
        Thread, on_delete=models.CASCADE, related_name="tagged"
    )
    tag = models.ForeignKey(
        Tag, on_delete=models.CASCADE, related_name="tagged_threads"
    )

    objects = TaggedThreadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"], name="one_tag_per_thread"
            ),
        ]


class MessageQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Messages of visible threads, without those that are hidden or held.

        Stewards and authors find the others on the page of their thread.
        """
        return self.shown().filter(thread__in=Thread.objects.visible_to(user))

    def shown(self):
        return self.filter(hidden__isnull=True, held__isnull=True)

    def waiting(self):
        """Those that a steward has neither let through nor declined."""
        return self.filter(held__isnull=False, hidden__isnull=True)

    def oldest_first(self):
        return self.order_by("created", "pk")

    def with_people(self):
        """Who and what a drawn message needs, without people's long columns."""
        return self.select_related(
            "author", "author_group", "entered_by", "photo"
        ).defer(*(f"{role}__{name}" for role in PEOPLE for name in UNUSED_OF_PEOPLE))

    def drawn_for(self, user):
        """``with_people``, with what hangs on the messages, for ``rows.Drawing``.

        Adds ``nods``: a dict of kind, number and own (0 or 1) for each kind there is.
        """
        nods = (
            Reaction.objects.filter(message=OuterRef("pk"))
            .values("kind")
            .annotate(number=Count("pk"), own=Count("pk", filter=Q(person=user.pk)))
            .values(told=JSONObject(kind="kind", number="number", own="own"))
        )
        return (
            self.with_people().select_related("card").annotate(nods=ArraySubquery(nods))
        )


class Message(Authored):
    """One contribution to a thread; the first one is the post itself."""

    class Talk(models.TextChoices):
        QUESTION = "question", _("Question")
        EXPERIENCE = "experience", _("Experience")
        RESOURCE = "resource", _("Resource")
        OFFER = "offer", _("Offer")
        VIEW = "view", _("Different view")
        THANKS = "thanks", _("Thanks")

    thread = models.ForeignKey(
        Thread, on_delete=models.CASCADE, related_name="messages"
    )
    talk = models.CharField(_("kind of talk"), max_length=12, choices=Talk, blank=True)
    body = models.TextField(_("text"))
    body_html = models.TextField(editable=False)
    words = words_of("body")
    # What a mailed message quoted or signed with: cut from the words, kept beside them.
    trimmed = models.TextField(blank=True, editable=False)
    language = models.CharField(max_length=8, blank=True)
    photo = models.ForeignKey(
        File, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # What the first link in the words leads to, once the worker has looked.
    card = models.ForeignKey(
        LinkCard,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="messages",
    )
    answers = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="answered",
    )
    created = models.DateTimeField(default=timezone.now)
    edited = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    hidden = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    hidden_reason = models.CharField(max_length=300, blank=True)
    # A guest's words wait for a steward.
    held = models.DateTimeField(null=True, blank=True)
    # When a steward let it be read (again), later than it was written: digests that
    # went out before did not tell it.
    shown_since = models.DateTimeField(null=True, blank=True)
    # Made by the browser or the mail (Message-ID): sending twice makes one message.
    client_id = models.UUIDField(default=uuid.uuid4, unique=True)
    # The number of its last change in the space's ``Stream``.
    changed = models.BigIntegerField(default=0, editable=False)

    objects = Searched.from_queryset(MessageQuerySet)()

    # Of ``drawn_for``; other queries bring none.
    nods = ()

    class Meta:
        indexes = [
            models.Index(fields=["thread", "created"], name="messages_of_thread"),
            models.Index(fields=["thread", "changed"], name="messages_changed"),
            models.Index(
                fields=["held"],
                condition=Q(held__isnull=False),
                name="messages_waiting",
            ),
            models.Index(
                fields=["shown_since"],
                name="messages_shown_later",
                condition=Q(shown_since__isnull=False),
            ),
            GinIndex(fields=["words"], name="messages_search"),
        ]

    def __str__(self):
        return f"message {self.pk}"

    def get_absolute_url(self):
        """Its place on the page; a long thread is looked up for the right page."""
        if self.thread.message_count > MESSAGES_PER_PAGE:
            return address_of(
                "conversations:message_detail",
                space=self.thread.space.slug,
                pk=self.pk,
            )
        return f"{self.thread.get_absolute_url()}#m{self.pk}"

    @property
    def is_withdrawn(self):
        """Taken back by its author: the words are gone, the place stays."""
        return self.hidden is not None and self.body == ""
