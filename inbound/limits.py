"""How much comes in: nobody floods a space, and no two machines talk for ever."""

from datetime import timedelta

from django.utils.translation import gettext as _

from inbound.models import ReceivedLetter
from notifications.models import Delivery

LONGEST = 40_000
PER_SENDER = ((timedelta(hours=1), 40), (timedelta(days=1), 150))
PER_SPACE = ((timedelta(hours=1), 300), (timedelta(days=1), 2000))
# Letters of one sender that wait for somebody to look, and how large one may be.
MOST_HELD = 5
LARGEST_HELD = 10 * 1024 * 1024
# So many answers to one address at most.
ANSWERS_PER_HOUR = 12
ANSWERS_PER_DAY = 40


def why_too_many(row):
    """Why this letter is one too many, in words, or "".

    Args:
        row: its ``ReceivedLetter``, saved.
    """
    # Letters in somebody's name do not use up what is theirs, nor their space's.
    letters = ReceivedLetter.objects.exclude(pk=row.pk).filter(
        is_doubted=row.is_doubted
    )
    own = letters.filter(sender=row.sender)
    for span, most in PER_SENDER:
        if own.since(row.received - span).count() >= most:
            return _(
                "You have written very often within a short time. Nothing is wrong; "
                "please send this again in an hour."
            )
    for span, most in PER_SPACE if row.space_id else ():
        here = letters.filter(space=row.space_id)
        if here.since(row.received - span).count() >= most:
            return _(
                "So many mails come to this space just now that we cannot take yours. "
                "Please send it again in an hour."
            )
    return ""


def may_answer(row):
    """Whether its writer is written back to, or was too often lately."""
    answers = Delivery.objects.filter(
        recipient_key=f"mail-{row.sender.lower()}", kind__startswith="inbound.letter_"
    )
    in_a_day = answers.filter(created__gt=row.received - timedelta(days=1)).count()
    in_an_hour = answers.filter(created__gt=row.received - timedelta(hours=1)).count()
    return in_a_day < ANSWERS_PER_DAY and in_an_hour < ANSWERS_PER_HOUR


def may_hold(row, raw):
    """Whether one more of this sender's letters may wait."""
    waiting = ReceivedLetter.objects.held().filter(sender=row.sender)
    return len(raw) <= LARGEST_HELD and waiting.exclude(pk=row.pk).count() < MOST_HELD
