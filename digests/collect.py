"""A run's content: fetched once per space for all its members, in a fixed number of
queries for any number of spaces and people.

What is fetched is bounded: threads and stories per space, messages per thread,
characters per message. What lies beyond is counted: no digest is silent about it.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, F, Q, Window
from django.db.models.functions import Coalesce, Left, RowNumber

from conversations.models import Message, Thread
from digests.items import (
    PAGES,
    QUESTIONS,
    STORIES,
    TALK,
    WEBINARS,
    Beyond,
    Event,
    Item,
)
from digests.windows import Windows
from spaces.models import Space
from stories.models import Story
from webinars.models import Webinar
from wiki.models import Page, Revision

MOST_THREADS = 500
MOST_MESSAGES = 40
MOST_OTHERS = 200
MOST_LETTERS = 600
# Unanswered questions stay in sight for so long; webinars come into sight so early.
WAITING_DAYS = 30
COMING_DAYS = 7

PERSON = ("author", "entered_by", "author__name", "author__email", "author_name")
GROUP = ("author_group", "author_group__name")


@dataclass(slots=True)
class Collected:
    """What happened in the spaces of a batch, all audiences.

    Attributes:
        items: space id → list of ``Item``.
        beyond: space id → list of ``Beyond``, for what was not fetched.
    """

    items: dict = field(default_factory=dict)
    beyond: dict = field(default_factory=dict)


def collect(pairs):
    """Fetch what happened in the windows of these members' spaces.

    Args:
        pairs: (membership, until), the space of each loaded.

    Returns:
        ``Collected``; ``personalise`` chooses from it.
    """
    windows = Windows(pairs)
    if not windows.spaces:
        return Collected()
    items, beyond = defaultdict(list), defaultdict(list)
    for item in (
        *_threads(windows, beyond),
        *_stories(windows, beyond),
        *_pages(windows),
        *_webinars(windows),
    ):
        items[item.space].append(item)
    return Collected(dict(items), dict(beyond))


def _count_beyond(beyond, section, rows, fetched, most):
    """Count what lies beyond the bound, where a space has reached it (one query).

    Args:
        beyond: space id → list; added to.
        section: where these would stand.
        rows: all of the window, unbounded.
        fetched: (id, space, when) of each row that was fetched, newest first by space.
        most: the bound per space.
    """
    reached = Counter(space for _pk, space, _when in fetched)
    full = {
        space: min(when for _pk, each, when in fetched if each == space)
        for space, number in reached.items()
        if number >= most
    }
    if not full:
        return
    counts = (
        rows.filter(space__in=list(full))
        .exclude(pk__in=[pk for pk, space, _when in fetched if space in full])
        .order_by()
        .values_list("space", "audience", "audience_group")
        .annotate(number=Count("pk", distinct=True))
    )
    for space, audience, group, number in counts:
        beyond[space].append(Beyond(section, audience, group, full[space], number))


def _event(row, key, when, words="", talk=""):
    author, typist, name, email, stored = (row[field] for field in PERSON)
    return Event(
        key=key,
        when=when,
        author=author,
        typist=typist,
        name=(name or (email or "").split("@")[0]) if author else stored,
        group=row["author_group"],
        group_name=row["author_group__name"] or "",
        words=words or "",
        talk=talk,
    )


# Which of a space's tools a thread belongs to.
TOOLS = {
    Thread.Origin.EXCHANGE: Space.Tool.EXCHANGE,
    Thread.Origin.PAGE: Space.Tool.WIKI,
    Thread.Origin.STORY: Space.Tool.STORIES,
    Thread.Origin.WEBINAR: Space.Tool.WEBINARS,
}


def _threads(windows, beyond):
    latest = max(windows.until.values())
    waiting = Q(
        space__in=windows.spaces,
        opening_talk=Message.Talk.QUESTION,
        message_count__gt=0,
        answered__isnull=True,
        closed__isnull=True,
        created__gt=latest - timedelta(days=WAITING_DAYS),
    )
    lively = Q(
        pk__in=Message.objects.filter(
            windows.within("shown_since", space="thread__space")
        ).values("thread")
    )
    for pk, space in windows.spaces.items():
        lively |= Q(
            space=pk,
            last_activity__gt=windows.since[pk],
            origin__in=[each for each in TOOLS if space.has_tool(TOOLS[each])],
        )
    rows = Thread.objects.filter(hidden__isnull=True)
    threads = {
        thread.pk: thread
        for thread in rows.filter(lively | waiting)
        .annotate(
            turn=Window(
                RowNumber(), partition_by="space", order_by=F("last_activity").desc()
            )
        )
        .filter(turn__lte=MOST_THREADS)
        if windows.spaces[thread.space_id].has_tool(TOOLS[thread.origin])
    }
    _count_beyond(
        beyond,
        TALK,
        rows.filter(lively),
        [
            (thread.pk, thread.space_id, thread.last_activity)
            for thread in threads.values()
        ],
        MOST_THREADS,
    )
    openings = {
        row["thread"]: _message_event(row)
        for row in _messages(threads)
        .order_by("thread", "created", "pk")
        .distinct("thread")
    }
    events = defaultdict(list)
    for row in (
        _messages(threads)
        .filter(
            windows.within("created", space="thread__space")
            | windows.within("shown_since", space="thread__space")
        )
        .annotate(
            turn=Window(
                RowNumber(),
                partition_by="thread",
                order_by=[F("told").desc(), F("pk").desc()],
            )
        )
        .filter(turn__lte=MOST_MESSAGES)
        .order_by("told", "pk")
    ):
        events[row["thread"]].append(_message_event(row))
    for thread in threads.values():
        opening = openings.get(thread.pk)
        if opening is None:
            continue  # hidden by a steward, or held
        thread.space = windows.spaces[thread.space_id]
        is_post = thread.origin == Thread.Origin.EXCHANGE
        is_unanswered = (
            opening.talk == Message.Talk.QUESTION
            and thread.answered is None
            and thread.closed is None
        )
        heard = [opening, *events[thread.pk]]
        yield Item(
            key=("thread", thread.pk),
            section=QUESTIONS if is_unanswered else TALK,
            space=thread.space_id,
            audience=thread.audience,
            group=thread.audience_group_id,
            path=thread.get_absolute_url(),
            events=tuple(events[thread.pk]),
            title="" if is_post else thread.title,
            opening=opening,
            is_unanswered=is_unanswered,
            is_new=opening in events[thread.pk],
            thread=thread.pk,
            crossing=frozenset({event.group for event in heard} - {None}),
        )


def _messages(threads):
    return (
        Message.objects.shown()
        .filter(thread__in=list(threads))
        .annotate(
            start=Left("body", MOST_LETTERS),
            # What a steward let through later is news from then on.
            told=Coalesce("shown_since", "created"),
        )
        .values("pk", "thread", "told", "talk", "start", *PERSON, *GROUP)
    )


def _message_event(row):
    return _event(row, ("message", row["pk"]), row["told"], row["start"], row["talk"])


def _of_tool(windows, tool):
    return [pk for pk, space in windows.spaces.items() if space.has_tool(tool)]


def _newest_first(rows, field):
    return rows.annotate(
        turn=Window(RowNumber(), partition_by="space", order_by=F(field).desc())
    ).filter(turn__lte=MOST_OTHERS)


def _stories(windows, beyond):
    rows = (
        Story.objects.published()
        .filter(windows.within("published"))
        .filter(space__in=_of_tool(windows, Space.Tool.STORIES))
        .annotate(
            start=Left("plain", MOST_LETTERS),
            start_of_body=Left("body", MOST_LETTERS),
            honest=Left("did_not_work", MOST_LETTERS),
        )
    )
    found = _newest_first(rows, "published").values(
        "pk", "space", "audience", "audience_group", "slug", "title", "published",
        "place", "start", "start_of_body", "honest", "thread", *PERSON, *GROUP,
    )  # fmt: skip
    _count_beyond(
        beyond,
        STORIES,
        rows,
        [(row["pk"], row["space"], row["published"]) for row in found],
        MOST_OTHERS,
    )
    for row in found:
        event = _event(
            row,
            ("story", row["pk"]),
            row["published"],
            row["start_of_body"] or row["start"],
        )
        yield Item(
            key=event.key,
            section=STORIES,
            space=row["space"],
            audience=row["audience"],
            group=row["audience_group"],
            path=_path(windows, row, Story),
            events=(event,),
            title=row["title"],
            honest=row["honest"],
            place=row["place"],
            crossing=frozenset({event.group} - {None}),
        )


def _path(windows, row, model):
    return model(
        space=windows.spaces[row["space"]], slug=row["slug"]
    ).get_absolute_url()


def _pages(windows):
    revisions = (
        Revision.objects.filter(
            windows.within("created", space="page__space"),
            page__space__in=_of_tool(windows, Space.Tool.WIKI),
            page__deleted__isnull=True,
            is_minor=False,
        )
        .annotate(
            turn=Window(RowNumber(), partition_by="page", order_by=F("number").desc())
        )
        .filter(turn__lte=MOST_MESSAGES)
        .order_by("created", "pk")
        .values(
            "pk",
            "page",
            "number",
            "created",
            "summary",
            "page__space",
            "page__title",
            "page__slug",
            "page__audience",
            "page__audience_group",
            *PERSON,
            *GROUP,
        )  # fmt: skip
    )
    by_page = defaultdict(list)
    for row in revisions:
        by_page[row["page"]].append(row)
    for pk, rows in by_page.items():
        first = rows[0]
        events = tuple(
            _event(row, ("revision", row["pk"]), row["created"], row["summary"])
            for row in rows
        )
        space = first["page__space"]
        yield Item(
            key=("page", pk),
            section=PAGES,
            space=space,
            audience=first["page__audience"],
            group=first["page__audience_group"],
            path=Page(
                space=windows.spaces[space], slug=first["page__slug"]
            ).get_absolute_url(),
            events=events,
            title=first["page__title"],
            is_new=first["number"] == 1,
            crossing=frozenset({event.group for event in events} - {None}),
        )


def _webinars(windows):
    latest = max(windows.until.values())
    coming = Q(
        starts__gt=min(windows.until.values()),
        starts__lte=latest + timedelta(days=COMING_DAYS),
    )
    for webinar in Webinar.objects.filter(
        windows.within("created") | coming,
        space__in=_of_tool(windows, Space.Tool.WEBINARS),
        cancelled__isnull=True,
        ends__gt=min(windows.until.values()),
    ).select_related("created_by")[: MOST_OTHERS * len(windows.spaces)]:
        webinar.space = windows.spaces[webinar.space_id]
        person = webinar.created_by
        yield Item(
            key=("webinar", webinar.pk),
            section=WEBINARS,
            space=webinar.space_id,
            audience=webinar.audience,
            group=webinar.audience_group_id,
            path=webinar.get_absolute_url(),
            events=(
                Event(
                    key=("webinar", webinar.pk),
                    when=webinar.created,
                    author=webinar.created_by_id,
                    name=person.get_full_name() if person else "",
                    words=webinar.question,
                ),
            ),
            title=webinar.title,
            starts=webinar.starts,
            place=webinar.time_zone,
        )
