"""Who hears of a change: the one place where watching meets the level for a space."""

from django.db import connection
from django.db.models import Q

from accounts.prepared import NOBODY, Prepared
from spaces.models import Membership
from spaces.tokens import sign_setting, signed_setting
from wiki.models import Page, Revision, Watch

SALT = "wiki.watch_letters"
MOST_LEVELS = 50

_ABOVE = """
WITH RECURSIVE above(id, parent_id, level) AS (
    SELECT id, parent_id, 0 FROM wiki_page WHERE id = %s
  UNION
    SELECT p.id, p.parent_id, level + 1 FROM wiki_page p
    JOIN above ON p.id = above.parent_id WHERE level < %s
)
SELECT id FROM above
"""
_BELOW = """
WITH RECURSIVE below(id, level) AS (
    SELECT id, 0 FROM wiki_page WHERE id = %s
  UNION
    SELECT p.id, level + 1 FROM wiki_page p
    JOIN below ON p.parent_id = below.id WHERE level < %s
)
SELECT id FROM below
"""


def pages_above(page):
    """Ids of a page and of all it stands under.

    Args:
        page: a ``Page``.
    """
    if page.parent_id is None:
        return [page.pk]
    return _tree(_ABOVE, page)


def pages_below(page):
    """Ids of a page and of all that stand below it, in one query.

    Args:
        page: a ``Page``.
    """
    return _tree(_BELOW, page)


def _tree(query, page):
    with connection.cursor() as cursor:
        cursor.execute(query, [page.pk, MOST_LEVELS])
        return sorted({row[0] for row in cursor.fetchall()})


def watches_of(page):
    """Every watch that a change of this page falls under.

    Args:
        page: a ``Page``.

    Returns:
        ``Watch`` queryset.
    """
    return _watches(page.space_id, page.pk, pages_above(page))


def _watches(space, page, above):
    Reach = Watch.Reach
    writers = Revision.objects.filter(page=page, author__isnull=False)
    return Watch.objects.filter(space=space).filter(
        Q(page=page)
        | Q(reach=Reach.BRANCH, page__in=above)
        | Q(reach=Reach.WIKI)
        | Q(reach=Reach.WRITTEN, person__in=writers.values("author"))
    )


def _members(space, watches):
    return (
        Membership.objects.active()
        .filter(space=space, person__in=watches.values("person"))
        .exclude(notice_level=Membership.NoticeLevel.NOTHING)
        .values_list("person", flat=True)
    )


_watchers = Prepared(
    lambda user, space, page, above: _members(space, _watches(space, page, above))
)
_watchers_with_minor = Prepared(
    lambda user, space, page, above: _members(
        space, _watches(space, page, above).filter(with_minor=True)
    )
)


def watchers_of(page, *, is_minor=False):
    """Who wants to hear of a change of this page.

    Whoever wants to hear nothing of the space hears nothing: a letter that is turned
    down there stays away, whatever was watched before.

    Args:
        page: a ``Page``.
        is_minor: a small change, of which only some want to hear.

    Returns:
        set of ids of people.
    """
    ask = _watchers_with_minor if is_minor else _watchers
    return set(ask(NOBODY, space=page.space_id, page=page.pk, above=pages_above(page)))


def letters_token(page, person):
    """A token for less of one page; it opens nothing else."""
    return sign_setting(SALT, page.pk, person.pk)


def opened(slug, token):
    """What such a token opens.

    Args:
        slug: of the space in the address.
        token: from ``letters_token``.

    Returns:
        (page, membership), or None: forged, too old, or no longer for this person.
    """
    numbers = signed_setting(SALT, token)
    if not numbers or len(numbers) != 2:
        return None
    page = (
        Page.objects.standing()
        .filter(pk=numbers[0], space__slug=slug)
        .select_related("space")
        .first()
    )
    if page is None:
        return None
    membership = (
        page.space.memberships.active()
        .filter(person=numbers[1], person__is_active=True)
        .select_related("person")
        .first()
    )
    if membership is None:
        return None
    seen = Page.objects.visible_to(membership.person).filter(pk=page.pk)
    return (page, membership) if seen.exists() else None
