"""Which rows a feed is made from: what may be seen, only the columns that are drawn."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, OuterRef, Subquery

from accounts.prepared import Prepared
from conversations.models import Message, Thread
from spaces.models import Space
from stories.models import Story
from wiki.models import Page

# Of each source; no page shows more in all.
MOST = 15


def _people(prefix=""):
    """What a byline says of an ``Authored``, and no more of people's long rows."""
    names = (
        "author_name",
        "came_by",
        "author__name",
        "author__email",
        "author_group__name",
        "author_group__palette",
        "entered_by__name",
        "entered_by__email",
    )
    return [prefix + name for name in names]


PEOPLE = ("author", "author_group", "entered_by")


def posts_of(threads):
    """The first readable message of each of these threads, as rows to draw.

    Args:
        threads: a ``Thread`` queryset, cut to as many as are drawn.

    Returns:
        ``Message`` queryset with its thread, latest activity first.
    """
    first = (
        Message.objects.shown()
        .filter(thread=OuterRef("pk"))
        .order_by("created", "pk")
        .values("pk")[:1]
    )
    openings = threads.annotate(opening=Subquery(first)).values("opening")
    return (
        Message.objects.filter(pk__in=openings)
        .select_related("thread", *PEOPLE)
        .only(
            "talk",
            "body",
            "thread__space",
            "thread__path",
            "thread__created",
            "thread__last_activity",
            "thread__message_count",
            "thread__opening_talk",
            "thread__answered",
            *_people(),
        )
        .order_by("-thread__last_activity", "-thread__pk")
    )


def stories_of(stories):
    """These stories as rows to draw; same rows."""
    return stories.select_related(*PEOPLE).only(
        "space",
        "slug",
        "title",
        "set_out",
        "body",
        "did_not_work",
        "minutes",
        "created",
        "published",
        *_people(),
    )


def pages_of(pages):
    """These pages as rows to draw; same rows."""
    return pages.select_related(*(f"current__{role}" for role in PEOPLE)).only(
        "space",
        "slug",
        "title",
        "changed",
        "current__number",
        "current__summary",
        *_people("current__"),
    )


class _Each(Func):
    """The members of an array, a row each."""

    function = "UNNEST"
    arity = 1
    set_returning = True


def newest_in(spaces, ordered):
    """The newest of these spaces together.

    Asked for all spaces at once, PostgreSQL would read everything they have ever held
    and sort it; each space's own newest are found by index, however full it is.

    Args:
        spaces: their numbers.
        ordered: what may be seen, newest first; its model has a ``space``.

    Returns:
        The first ``MOST`` of them, ready to be cut no further.
    """
    if len(spaces) == 1:
        return ordered.filter(space__in=spaces)[:MOST]
    own = ordered.filter(space=OuterRef("pk")).values("pk")[:MOST]
    each = Space.objects.filter(pk__in=spaces).annotate(one=_Each(ArraySubquery(own)))
    newest = ordered.model.objects.filter(pk__in=each.values("one"))
    return newest.order_by(*ordered.query.order_by)[:MOST]


recent_posts = Prepared(
    lambda user, spaces: posts_of(
        newest_in(
            spaces,
            Thread.objects.visible_to(user)
            .exchange()
            .filter(message_count__gt=0)
            .lately_active_first(),
        )
    )
)
recent_stories = Prepared(
    lambda user, spaces: stories_of(
        newest_in(spaces, Story.objects.visible_to(user).published().newest_first())
    )
)
recent_pages = Prepared(
    lambda user, spaces: pages_of(
        newest_in(spaces, Page.objects.visible_to(user).recently_changed())
    )
)
