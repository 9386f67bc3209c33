"""What people are told: the inbox (Notice) and the outbox (Delivery)."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from notifications.kinds import kind_of


def new_reply_token():
    """Random, stored, expiring: never derived from a key that could leak."""
    return secrets.token_hex(16)


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """An inbox is its owner's."""
        return self.filter(recipient=user) if user.is_authenticated else self.none()

    def unread(self):
        return self.filter(read__isnull=True)


class Notice(models.Model):
    """One line of somebody's inbox."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(max_length=60)
    target = models.CharField(max_length=40)
    about = models.JSONField(default=dict, blank=True)
    scope = models.CharField(max_length=60, blank=True)
    group_key = models.CharField(max_length=120)
    created = models.DateTimeField(default=timezone.now)
    read = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["recipient"],
                name="unread_notices",
                condition=Q(read__isnull=True),
            ),
            models.Index(fields=["recipient", "-created"], name="notices_newest"),
        ]

    def __str__(self):
        return f"{self.kind} for {self.recipient_id}"


class DeliveryQuerySet(models.QuerySet):
    def due(self, now=None):
        """Waiting rows whose time has come."""
        return self.filter(
            state=Delivery.State.WAITING, due__lte=now or timezone.now()
        ).order_by("due", "pk")

    def waiting(self):
        """Not yet out, and not given up."""
        return self.filter(state__in=[Delivery.State.WAITING, Delivery.State.CLAIMED])

    def by_state(self, kind, targets):
        """How many letters about each of these stand in which state, in one query.

        Args:
            kind: slug of their ``Kind``.
            targets: primary keys of what they are about.

        Returns:
            dict of target (as text) to dict of state to number.
        """
        rows = self.filter(kind=kind, target__in=[str(pk) for pk in targets])
        found = {}
        for target, state, number in rows.values_list("target", "state").annotate(
            number=models.Count("pk")
        ):
            found.setdefault(target, {})[state] = number
        return found

    def of_claim(self, claim):
        """Rows that this claim still holds."""
        return self.filter(state=Delivery.State.CLAIMED, claimed_by=claim)

    def failed(self):
        """Refused for good, or tried too often: a person should look."""
        return self.filter(state=Delivery.State.FAILED).order_by("-due", "-pk")


class Delivery(models.Model):
    """One letter to one person: a row first, a hope never (DESIGN §5)."""

    class State(models.TextChoices):
        WAITING = "waiting"
        CLAIMED = "claimed"
        SENT = "sent"
        MISSED = "missed"  # its time had passed before it could leave
        DROPPED = "dropped"  # the person may no longer see it, or no longer wants it
        FAILED = "failed"  # refused for good, or tried too often

    class Channel(models.TextChoices):
        MAIL = "mail"

    # A person, or a bare address (somebody invited who has no account).
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.CASCADE,
        related_name="deliveries",
    )
    address = models.EmailField(blank=True)
    # "user-5" or "mail-ama@example.org": makes the unique row work for both.
    recipient_key = models.CharField(max_length=270)
    kind = models.CharField(max_length=60)
    target = models.CharField(max_length=40)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.MAIL)
    # What tells two letters of one kind about one target apart: a period, an offset.
    occurrence = models.CharField(max_length=60, blank=True)
    about = models.JSONField(default=dict, blank=True)
    scope = models.CharField(max_length=60, blank=True)
    created = models.DateTimeField(default=timezone.now)
    due = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    claimed = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Workers that ended while this letter was in hand (outbox.MAX_DEATHS).
    deaths = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    sent = models.DateTimeField(null=True, blank=True)
    # The local part of the address that answers come to; empty when not answerable.
    reply_token = models.CharField(max_length=40, blank=True)
    reply_expires = models.DateTimeField(null=True, blank=True)
    reply_revoked = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["recipient_key", "kind", "target", "channel", "occurrence"],
                name="told_once_per_channel",
            ),
            models.UniqueConstraint(
                fields=["reply_token"],
                name="one_delivery_per_reply_token",
                condition=~Q(reply_token=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due"],
                name="deliveries_waiting",
                condition=Q(state="waiting"),
            ),
            models.Index(
                fields=["claimed"],
                name="deliveries_claimed",
                condition=Q(state="claimed"),
            ),
            models.Index(fields=["kind", "target"], name="deliveries_of_target"),
        ]

    def __str__(self):
        return f"{self.kind} to {self.recipient_key}: {self.state}"

    @property
    def message_id(self):
        """Made from the row, so a second copy is known to be the same letter."""
        # The time keeps numbers of a database that was made anew apart. The proof keeps
        # whoever got one letter from naming its neighbours: a report that names a
        # letter can stop its reader's mail (``inbound.returns``).
        made = int(self.created.timestamp())
        proof = salted_hmac("delivery", f"{self.pk}.{made}").hexdigest()[:16]
        domain = settings.ALLIANCE_MAIL_DOMAIN
        return f"<delivery.{self.pk}.{made}.{proof}@{domain}>"

    @property
    def reply_address(self):
        """Where an answer to this letter goes; empty when none is understood."""
        if not self.reply_token:
            return ""
        return f"reply+{self.reply_token}@{settings.ALLIANCE_MAIL_DOMAIN}"

    @property
    def to(self):
        """The address the letter goes to now (people change theirs)."""
        return (self.recipient.email if self.recipient_id else self.address) or ""

    @property
    def kind_object(self):
        return kind_of(self.kind)
