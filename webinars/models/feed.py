"""Secret addresses that calendar programs subscribe to."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac


class CalendarFeedQuerySet(models.QuerySet):
    def of_token(self, token):
        """The feed that this address opens, or None."""
        number, _dot, _rest = token.partition(".")
        if not number.isascii() or not number.isdecimal() or len(number) > 18:
            return None
        feed = self.filter(pk=number, person__is_active=True).select_related("person")
        found = feed.first()
        if found is None or not constant_time_compare(found.token, token):
            return None
        return found


class CalendarFeed(models.Model):
    """One person's secret address for calendar programs, which cannot sign in."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    # The address is made from the row and this, and never stored.
    nonce = models.CharField(max_length=64, default=secrets.token_hex)
    created = models.DateTimeField(default=timezone.now)

    objects = CalendarFeedQuerySet.as_manager()

    def __str__(self):
        return f"calendar of {self.person_id}"

    @property
    def token(self):
        """What opens the feed; in no table, so a stolen copy of one opens nothing."""
        proof = salted_hmac(
            "webinars.calendar_feed", f"{self.pk}:{self.nonce}", algorithm="sha256"
        ).hexdigest()[:40]
        return f"{self.pk}.{proof}"
