"""What waits for those who tend a space."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from conversations.models import Message, Thread
from spaces.models import Membership, Space

PATIENCE = timedelta(days=2)


@dataclass(frozen=True)
class Task:
    """One line of "Waiting for you": words and where to do it."""

    words: str
    url: str


def count_of(queryset, path):
    """How many there are for the row in hand, as a subquery.

    Args:
        queryset: what is counted.
        path: from there to the row.
    """
    counted = (
        queryset.filter(**{path: OuterRef("pk")})
        .order_by()
        .values(path)
        .annotate(number=Count("*"))
        .values("number")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def for_steward(user, space, *, now=None):
    """What a steward of this space is waited for, in one query.

    Args:
        user: the steward; only talk they may see is counted.
        space: the space.
        now: the clock.

    Returns:
        list of ``Task``, most pressing first.
    """
    now = now or timezone.now()
    threads = Thread.objects.visible_to(user)
    row = (
        Space.objects.filter(pk=space.pk)
        .values(
            requests=count_of(Membership.objects.requested(), "space"),
            held=count_of(
                Message.objects.waiting().filter(
                    thread__in=Thread.with_hidden.visible_to(user)
                ),
                "thread__space",
            ),
            newcomers=count_of(threads.exchange().newcomers_waiting(), "space"),
            unanswered=count_of(
                threads.exchange().unanswered().filter(created__lt=now - PATIENCE),
                "space",
            ),
        )
        .get()
    )
    link = {"space": space.slug}
    lines = [
        (
            row["requests"],
            ngettext(
                "%d person asks to join", "%d people ask to join", row["requests"]
            ),
            reverse("spaces:request_list", kwargs=link),
        ),
        (
            row["held"],
            ngettext(
                "words of %d guest wait for you",
                "words of %d guests wait for you",
                row["held"],
            ),
            reverse("conversations:held_list", kwargs=link),
        ),
        (
            row["newcomers"],
            ngettext(
                "%d newcomer’s first post without an answer",
                "%d newcomers’ first posts without an answer",
                row["newcomers"],
            ),
            reverse("conversations:exchange", kwargs=link) + "?show=first",
        ),
        (
            row["unanswered"],
            ngettext(
                "%d question without an answer",
                "%d questions without an answer",
                row["unanswered"],
            ),
            reverse("conversations:exchange", kwargs=link) + "?show=unanswered",
        ),
    ]
    return [Task(words % number, url) for number, words, url in lines if number]
