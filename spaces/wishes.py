"""How a member is told of a space, in words that the page and the letters share."""

from datetime import time

from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from spaces.models import Membership, Space

# What one may choose behind a letter or on the page of all spaces.
FIELDS = ("notice_level", "mails_at_once", "digest", "digest_day", "digest_hour")

RHYTHMS = [
    ("off", gettext_lazy("None")),
    ("daily", gettext_lazy("Every day")),
    *(
        (f"weekly-{day}", format_lazy(gettext_lazy("Every {day}"), day=name))
        for day, name in WEEKDAYS.items()
    ),
    ("monthly", gettext_lazy("Once a month")),
]


def rhythm_of(membership):
    """The key of ``RHYTHMS`` that holds for this membership."""
    if membership.digest == Space.Frequency.WEEKLY:
        return f"weekly-{membership.digest_day % 7}"
    return membership.digest


def fields_of_rhythm(rhythm):
    """A key of ``RHYTHMS`` as model fields; a month keeps the day it had.

    Args:
        rhythm: "off", "daily", "weekly-3", "monthly".

    Returns:
        dict for ``spaces.actions.members.change_wishes``.
    """
    digest, _dash, day = rhythm.partition("-")
    return {"digest": digest} | ({"digest_day": int(day)} if day else {})


def clock(hour):
    """A whole hour as the reader writes it."""
    return time_format(time(hour % 24), pgettext("date format", "H:i"))


def digest_words(membership):
    """When the digest comes: "Every Thursday at 18:00 your time"."""
    weekday = WEEKDAYS[membership.digest_day % 7]
    return {
        Space.Frequency.OFF: _("None"),
        Space.Frequency.DAILY: _("Every day at %(clock)s your time"),
        Space.Frequency.WEEKLY: _("Every %(weekday)s at %(clock)s your time"),
        Space.Frequency.MONTHLY: _(
            "The first %(weekday)s of the month at %(clock)s your time"
        ),
    }[membership.digest] % {"weekday": weekday, "clock": clock(membership.digest_hour)}


def mail_words(membership):
    """What comes by mail at once."""
    Level = Membership.NoticeLevel
    if membership.notice_level == Level.NOTHING:
        return _("nothing by mail at once")
    if not membership.mails_at_once:
        if membership.digest == Space.Frequency.OFF:
            return _("nothing by mail")
        return _("it waits for the digest")
    return _("the same by mail, at once")


def told_words(membership):
    """Everything in one sentence: "What concerns me; the same by mail, at once; …"."""
    words = [membership.get_notice_level_display(), mail_words(membership)]
    if membership.digest == Space.Frequency.OFF:
        words.append(_("no digest"))
    else:
        words.append(_("digest: %(when)s") % {"when": digest_words(membership)})
    return " · ".join(words)


def state_of(membership):
    """The choices as they stand, small enough to be kept for an undo."""
    return [getattr(membership, name) for name in FIELDS]


def fields_of_state(state):
    """What ``state_of`` kept, for ``change_wishes``; None where it is no such thing."""
    if not isinstance(state, list) or len(state) != len(FIELDS):
        return None
    return dict(zip(FIELDS, state, strict=True))
