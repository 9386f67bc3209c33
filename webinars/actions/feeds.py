"""Verbs of calendars to subscribe to."""

import secrets

from webinars.models import CalendarFeed


def calendar_feed_of(person):
    """The person's calendar feed; made when first asked for.

    Args:
        person: whose webinars it shows.

    Returns:
        the ``CalendarFeed``.
    """
    return CalendarFeed.objects.get_or_create(person=person)[0]


def renew_calendar_feed(person):
    """Give the feed a new address; the old one shows nothing from now on.

    Args:
        person: whose feed it is.

    Returns:
        the ``CalendarFeed``.
    """
    feed = calendar_feed_of(person)
    feed.nonce = secrets.token_hex()
    feed.save(update_fields=["nonce"])
    return feed
