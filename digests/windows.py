"""Which stretch of time of which space a run of digests is about."""

from django.db.models import OuterRef, Q, Subquery

from conversations.models import Message, Thread
from spaces.models import Space
from stories.models import Story
from webinars.models import Webinar
from wiki.models import Page


class Windows:
    """Which stretch of time of which space is asked for.

    Args:
        pairs: (membership, until) of everybody in this batch.
    """

    def __init__(self, pairs):
        self.spaces = {}
        self.since = {}
        self.until = {}
        for membership, until in pairs:
            space = membership.space
            since = membership.since_last_delivered
            self.spaces[space.pk] = space
            self.since[space.pk] = min(self.since.get(space.pk, since), since)
            self.until[space.pk] = max(self.until.get(space.pk, until), until)

    def within(self, field, *, space="space"):
        """``Q``: this field lies in the window of its space."""
        found = Q(pk__in=[])
        for pk, since in self.since.items():
            found |= Q(
                **{
                    space: pk,
                    f"{field}__gt": since,
                    f"{field}__lte": self.until[pk],
                }
            )
        return found


def newest_activity():
    """When something last happened in each space that sends digests, in one query.

    Returns:
        dict of space id to a datetime; a space where nothing ever happened is left out.
    """
    here = OuterRef("pk")
    newest = {
        "thread": (Thread.objects.filter(space=here), "last_activity"),
        "story": (Story.objects.published().filter(space=here), "published"),
        "page": (Page.objects.standing().filter(space=here), "changed"),
        "webinar": (Webinar.objects.filter(space=here), "created"),
        "shown": (
            Message.objects.shown().filter(
                thread__space=here, shown_since__isnull=False
            ),
            "shown_since",
        ),
    }
    rows = (
        Space.objects.awake()
        .annotate(
            **{
                f"newest_{name}": Subquery(rows.order_by(f"-{field}").values(field)[:1])
                for name, (rows, field) in newest.items()
            }
        )
        .values_list("pk", *(f"newest_{name}" for name in newest))
    )
    return {
        pk: max(moment for moment in moments if moment)
        for pk, *moments in rows
        if any(moments)
    }
