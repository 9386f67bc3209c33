"""What may be meant by the "@Be" or "#fi" somebody is typing, in one query each."""

import re
from collections import Counter
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models.functions import Lower

from accounts.models import User
from conversations.wording import mention_of
from markup.tags import tag_key
from spaces.models import Membership
from tags.models import Tag

MOST = 8
# Beginnings longer than this are no beginnings.
LONGEST = 60


@dataclass(frozen=True)
class Suggestion:
    """One line to choose from.

    Attributes:
        insert: what is typed when it is chosen.
        label: what it is called.
        group: a person's stakeholder group, or None.
    """

    insert: str
    label: str
    group: object = None


def suggestions(space, user, typed):
    """What this member may mean.

    Args:
        space: the entered space.
        user: its member.
        typed: "@" or "#" and what follows it so far.

    Returns:
        list of ``Suggestion``, ``MOST`` at most: members of the space, or tags that
        stand on something this person may see.
    """
    sign, beginning = typed[:1], typed[1 : LONGEST + 1]
    if sign == "@":
        return _people(space, beginning)
    if sign == "#":
        return _tags(space, user, beginning)
    return []


def _people(space, beginning):
    words = re.findall(r"[^\W_]+", beginning)
    if not words:
        return []
    # Each word of a name may be meant: the index "people_by_name" has them all.
    query = SearchQuery(
        " & ".join(f"{word}:*" for word in words),
        config="simple",
        search_type="raw",
    )
    found = list(
        Membership.objects.active()
        .filter(space=space, person__in=_called(query))
        .select_related("person", "group")
        .order_by(Lower("person__name"), "pk")[: MOST * 2]
    )
    folded = beginning.strip().casefold()
    # Who is called so from the first letter on stands first; the order stays else.
    found.sort(key=lambda each: not each.person.name.casefold().startswith(folded))
    shared = Counter(each.person.name.casefold() for each in found)
    return [
        Suggestion(
            insert=mention_of(each, is_shared=shared[each.person.name.casefold()] > 1),
            label=str(each.person),
            group=each.group,
        )
        for each in found[:MOST]
    ]


def _called(query):
    # In a query of its own, so that the words stand in it as they stand in the index.
    name = SearchVector("name", config="simple")
    return User.objects.annotate(called=name).filter(called=query).values("pk")


def _tags(space, user, beginning):
    key = tag_key(beginning)
    if not key:
        return []
    tags = Tag.objects.in_sight(space, user).filter(slug__startswith=key)
    return [
        Suggestion(insert=f"#{tag.display}", label=f"#{tag.display}")
        for tag in tags.order_by("slug")[:MOST]
    ]
