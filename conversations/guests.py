"""Outsiders in a conversation: a pass for one of them, words under an open hashtag."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from spaces.models import Audience
from tags.models import Tag

# A letter that nobody presses the link of is forgotten, with the words and the address;
# so is the address of a guest whose words have been decided on.
WORD_DAYS, DECIDED_DAYS = 3, 30


class GuestPassQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-created", "-pk")

    def usable(self, now=None):
        return self.filter(revoked__isnull=True, expires__gt=now or timezone.now())

    def visible_to(self, user):
        """Passes a person may manage: those of spaces they tend."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            thread__space__memberships__person=user,
            thread__space__memberships__status="active",
            thread__space__memberships__role__in=["facilitator", "steward"],
        )


class GuestPass(models.Model):
    """Lets one outsider read and speak in one thread, without an account, for a time.

    A webinar's pass is the pass of its thread.
    """

    thread = models.ForeignKey(
        "conversations.Thread", on_delete=models.CASCADE, related_name="guest_passes"
    )
    # The letter's token is made from the row and this, and never stored (passes.py).
    nonce = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("guest's name"), max_length=120)
    address = models.EmailField(_("guest's e-mail address"))
    stands_for = models.CharField(
        _("whose view this guest brings"), max_length=160, blank=True
    )
    message = models.TextField(_("personal words"), max_length=2000, blank=True)
    may_write = models.BooleanField(_("may answer"), default=True)
    expires = models.DateTimeField(_("valid until"))
    revoked = models.DateTimeField(null=True, blank=True)
    last_used = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = GuestPassQuerySet.as_manager()

    def __str__(self):
        return f"guest pass {self.pk} for thread {self.thread_id}"

    @property
    def token(self):
        """What opens the pass; in no table, so a stolen copy of one opens nothing."""
        return salted_hmac(
            "conversations.guest_pass", f"{self.pk}:{self.nonce}", algorithm="sha256"
        ).hexdigest()

    @property
    def letter_path(self):
        """The address in the guest's letter: who knows it, comes in."""
        return reverse(
            "conversations:guest_pass_open",
            kwargs={"space": self.thread.space.slug, "token": self.token},
        )

    @property
    def is_usable(self):
        """Neither ended nor taken back."""
        return self.revoked is None and self.expires > timezone.now()

    @property
    def byline(self):
        """The name that stands over the guest's words, with the view they bring."""
        if not self.stands_for:
            return self.name
        return f"{self.name} ({self.stands_for})"[:120]


class GuestWordQuerySet(models.QuerySet):
    def stale(self, now=None):
        """What is kept of guests without need: their messages stay where they are."""
        now = now or timezone.now()
        unproved = Q(message__isnull=True, created__lt=now - timedelta(days=WORD_DAYS))
        waits = Q(message__held__isnull=False, message__hidden__isnull=True)
        decided = ~waits & Q(
            message__isnull=False, created__lt=now - timedelta(days=DECIDED_DAYS)
        )
        return self.filter(unproved | decided)


class GuestWord(models.Model):
    """What an outsider says under an open hashtag, from the form to the last letter.

    Nobody reads it before its writer has pressed the link in a letter; then it becomes
    a ``Message``, which waits for a steward where the hashtag says so.
    """

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+")
    # The post that is answered; None for a first word of one's own.
    thread = models.ForeignKey(
        "conversations.Thread", null=True, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("your name"), max_length=80)
    address = models.EmailField(_("your e-mail address"))
    body = models.TextField(_("your words"))
    language = models.CharField(max_length=8, blank=True)
    # Which machine sent it, as far as a limit needs to know: no address is kept.
    sender = models.CharField(max_length=20, blank=True)
    nonce = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    client_id = models.UUIDField(unique=True)
    created = models.DateTimeField(default=timezone.now)
    message = models.ForeignKey(
        "conversations.Message",
        null=True,
        on_delete=models.CASCADE,
        related_name="guest_words",
    )

    objects = GuestWordQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["tag", "created"], name="guest_words_of_tag"),
            models.Index(fields=["address", "created"], name="guest_words_of_address"),
        ]

    def __str__(self):
        return f"guest word {self.pk}"

    @property
    def token(self):
        """What stands in the letter; in no table (as a guest pass's)."""
        return salted_hmac(
            "conversations.guest_word", f"{self.pk}:{self.nonce}", algorithm="sha256"
        ).hexdigest()

    @property
    def letter_path(self):
        """The address in the letter: who knows it has the address."""
        return reverse(
            "conversations:guest_word_confirm",
            kwargs={"space": self.tag.space.slug, "token": self.token},
        )


def open_tag_of(thread):
    """The open hashtag under which guests may answer a post; None where they may not.

    Args:
        thread: the ``Thread``; its ``space`` is known.
    """
    is_public = thread.audience == Audience.PUBLIC and thread.space.is_open
    is_post = thread.origin == "exchange" and thread.hidden is None
    if not (is_public and is_post and thread.closed is None):
        return None
    if not thread.space.is_writable:
        return None
    tags = Tag.objects.filter(tagged_threads__content_object=thread.pk, is_open=True)
    tag = tags.order_by("pk").first()
    if tag is not None:
        tag.space = thread.space
    return tag


def guest_url_of(tag):
    """Where an outsider says something under an open hashtag."""
    return reverse(
        "conversations:guest_word_create",
        kwargs={"space": tag.space.slug, "tag": tag.slug},
    )
