"""Where a webinar meets, how one calls in, and what is left when the server is away."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

FIRST_PIN, LAST_PIN = 10_000, 99_999


def new_room_name():
    """A name nobody guesses; lower case, since Jitsi compares so."""
    return secrets.token_hex(12)


class RoomQuerySet(models.QuerySet):
    def of_token(self, token):
        """The room that a callback's address means, or None."""
        number, _dot, _rest = token.partition(".")
        if not number.isascii() or not number.isdecimal() or len(number) > 18:
            return None
        room = self.filter(pk=number).select_related("webinar__space").first()
        if room is None or not constant_time_compare(room.token, token):
            return None
        return room


class Room(models.Model):
    """One webinar's room. A webinar without a row meets at its own link."""

    class Kind(models.TextChoices):
        PLAIN = "plain", _("A link of your own")
        JITSI = "jitsi", _("Jitsi Meet, on this site’s server")
        BIGBLUEBUTTON = "bigbluebutton", _("BigBlueButton, on this site’s server")

    webinar = models.OneToOneField(
        "webinars.Webinar", on_delete=models.CASCADE, related_name="room"
    )
    kind = models.CharField(
        _("where it meets"), max_length=16, choices=Kind, default=Kind.PLAIN
    )
    name = models.CharField(max_length=64, default=new_room_name, unique=True)
    nonce = models.CharField(max_length=64, default=secrets.token_hex)
    phone = models.CharField(_("number to call"), max_length=60, blank=True)
    # Fixed long before the session: it stands in letters and calendars.
    pin = models.CharField(_("PIN for callers"), max_length=20, blank=True)
    backup_url = models.URLField(_("link to another room"), max_length=500, blank=True)
    backup_phone = models.CharField(
        _("another number to call"), max_length=60, blank=True
    )
    backup_pin = models.CharField(_("its PIN"), max_length=20, blank=True)
    is_recorded = models.BooleanField(_("it is recorded"), default=False)
    slides = models.ForeignKey(
        "files.File", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Everybody was sent to the other room.
    moved = models.DateTimeField(null=True, blank=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # When its server last failed somebody at the door, and how.
    away = models.DateTimeField(null=True, blank=True)
    away_words = models.CharField(max_length=200, blank=True)
    opened = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)
    # When recordings were last asked for.
    polled = models.DateTimeField(null=True, blank=True)

    objects = RoomQuerySet.as_manager()

    def __str__(self):
        return f"{self.kind} room of {self.webinar_id}"

    @property
    def token(self):
        """What a callback's address holds; in no table."""
        proof = salted_hmac(
            "webinars.room", f"{self.pk}:{self.nonce}", algorithm="sha256"
        ).hexdigest()[:40]
        return f"{self.pk}.{proof}"

    @property
    def number(self):
        """The number to call: its own, or the site's bridge for its service."""
        if self.phone or self.kind == self.Kind.PLAIN:
            return self.phone
        return settings.ALLIANCE_ROOM_PHONE

    @property
    def has_backup(self):
        """Whether there is anywhere to send people to."""
        return bool(self.backup_url or self.backup_phone)


class Recording(models.Model):
    """What a room's server has recorded; the host decides whether people see it."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="recordings")
    # The server may say it twice.
    record_id = models.CharField(max_length=120, unique=True)
    address = models.URLField(max_length=500, blank=True)
    minutes = models.PositiveIntegerField(default=0)
    found = models.DateTimeField(default=timezone.now)
    shown = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"recording {self.record_id} of {self.room_id}"
