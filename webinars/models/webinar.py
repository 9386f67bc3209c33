"""Webinars: a time with its zone named, people who come, reminders that arrive once."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conversations.models import Thread
from spaces.models import Item, ItemQuerySet, Membership
from ui.addresses import address_of
from webinars.models.registration import Registration

FEED_REACHES_BACK = timedelta(days=90)
FEED_LENGTH = 500


def new_uid():
    """The calendar UID (RFC 5545 §3.8.4.7): stable for the life of the webinar."""
    return f"{secrets.token_hex(16)}@{settings.ALLIANCE_MAIL_DOMAIN}"


def default_offsets():
    """Reminders a day and an hour before, in minutes."""
    return [24 * 60, 60]


class WebinarQuerySet(ItemQuerySet):
    def coming(self, now=None):
        """Still ahead or going on, soonest first."""
        return self.filter(
            ends__gt=now or timezone.now(), cancelled__isnull=True
        ).order_by("starts", "pk")

    def past(self, now=None):
        return self.filter(ends__lte=now or timezone.now()).order_by("-starts", "-pk")

    def with_coming_count(self):
        """Adds ``coming_count``: how many have said yes."""
        return self.annotate(
            coming_count=Count(
                "registrations",
                filter=Q(registrations__answer=Registration.Answer.YES),
            )
        )

    def in_spaces_of(self, person):
        """In spaces this person belongs to, where webinars are switched on."""
        own = Membership.objects.active().filter(person=person)
        return self.filter(
            space__in=own.values("space"), space__tools__contains=["webinars"]
        )

    def for_calendar(self, now=None):
        """What a subscribed calendar shows: a season back, and everything ahead."""
        since = (now or timezone.now()) - FEED_REACHES_BACK
        return self.filter(ends__gt=since).order_by("starts", "pk")[:FEED_LENGTH]

    def not_declined_by(self, person):
        """Without those this person has said no to."""
        return self.exclude(
            pk__in=Registration.objects.filter(person=person, answer="no").values(
                "webinar"
            )
        )


class Webinar(Item):
    """One session."""

    title = models.CharField(_("title"), max_length=160)
    slug = models.CharField(max_length=180)
    question = models.CharField(_("learning question"), max_length=300, blank=True)
    description = models.TextField(_("what it is about"), max_length=8000, blank=True)
    description_html = models.TextField(editable=False, blank=True)
    # UTC; the zone it was set in keeps its wall-clock meaning for people.
    starts = models.DateTimeField(_("starts"))
    ends = models.DateTimeField(_("ends"))
    time_zone = models.CharField(_("time zone"), max_length=64)
    join_url = models.URLField(_("link to the room"), max_length=500, blank=True)
    dial_in = models.CharField(_("number to call"), max_length=200, blank=True)
    reminder_offsets = ArrayField(
        models.PositiveIntegerField(),
        verbose_name=_("reminders, minutes before"),
        default=default_offsets,
        blank=True,
    )
    hosts = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True
    )
    uid = models.CharField(max_length=120, default=new_uid, unique=True)
    # Rises when time or status change, never for words (RFC 5546 §2.1.4).
    sequence = models.PositiveIntegerField(default=0)
    thread = models.OneToOneField(
        Thread, null=True, blank=True, on_delete=models.SET_NULL, related_name="webinar"
    )
    created = models.DateTimeField(default=timezone.now)
    # When words or times last changed; calendars that subscribe compare it.
    changed = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    cancelled = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=500, blank=True)

    # Made by the form: sending it twice schedules one webinar.
    form_id = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = WebinarQuerySet.as_manager()

    class Meta(Item.Meta):
        constraints = [
            *Item.Meta.constraints,
            models.UniqueConstraint(
                fields=["space", "slug"], name="one_webinar_per_slug_and_space"
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=models.F("starts")),
                name="webinars_end_after_start",
            ),
        ]
        indexes = [models.Index(fields=["space", "starts"], name="webinars_by_start")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of(
            "webinars:webinar_detail", space=self.space.slug, webinar=self.slug
        )

    @property
    def is_over(self):
        """Whether its end has passed."""
        return self.ends <= timezone.now()

    @property
    def minutes(self):
        """How long it lasts."""
        return round((self.ends - self.starts).total_seconds() / 60)
