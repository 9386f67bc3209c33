"""What stands around the words of a page: who wrote it, what is above and below."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.prepared import Prepared
from wiki.models import Page, Revision

MOST_CHILDREN = 40


_writers = Prepared(
    lambda user, page: (
        Revision.objects.filter(page=page)
        .order_by()
        .values_list(
            "author",
            "author__name",
            "author_name",
            "author_group__name",
            "author_group__palette",
        )
        .distinct()
    )
)
_family = Prepared(
    lambda user, space, page, parent: (
        Page.objects.visible_to(user)
        .filter(Q(parent=page) | Q(pk=parent), space=space)
        .by_title()
        .values("pk", "title", "slug")[: MOST_CHILDREN + 1]
    )
)


@dataclass(frozen=True)
class Shape:
    """A stakeholder group as ``ui`` draws it."""

    name: str
    palette: int


@dataclass
class Writers:
    """All who wrote on a page, each once.

    Attributes:
        names: person id (or a guest's name, or None for former members) → name.
        groups: the stakeholder groups they wrote for, by name.
    """

    names: dict = field(default_factory=dict)
    groups: list = field(default_factory=list)

    def __len__(self):
        return len(self.names)

    @property
    def in_order(self):
        """The names by alphabet."""
        return sorted(self.names.values(), key=str.casefold)


def find_writers(page, user):
    """Who has written on a page, in one query.

    Args:
        page: the ``Page``.
        user: the reader, who was let in to it.

    Returns:
        ``Writers``.
    """
    names, groups = {}, {}
    for person, name, guest, group, palette in _writers(user, page=page.pk):
        if person is None:
            names[guest or None] = guest or _("former members")
        else:
            names[person] = name or _("somebody")
        if group:
            groups[group] = Shape(group, palette)
    return Writers(names, [groups[name] for name in sorted(groups)])


def find_family(page, user):
    """The page above and the pages below, as far as this person sees them.

    Args:
        page: the ``Page``, its space entered.
        user: the reader.

    Returns:
        (parent or None, children): dicts with ``pk``, ``title`` and ``slug``.
    """
    # No page has the number 0.
    ids = {"page": page.pk, "parent": page.parent_id or 0}
    rows = _family(user, space=page.space_id, **ids)
    parent = next((row for row in rows if row["pk"] == page.parent_id), None)
    return parent, [row for row in rows if row is not parent]
