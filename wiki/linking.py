"""Where ``[[Title]]`` leads.

The HTML of a page is stored once and read by everybody who may read the page. So a
link is drawn as existing only where *every* reader of the page may read the target as
well: the target's audience is at least as wide. Anything else would tell a guest, by
the colour of a link, that members have a page of that title. To the others it looks
like any unwritten title and leads to the form of a new page, which takes people who
may see the page straight to it (``wiki.views.editing.page_create``).
"""

from urllib.parse import quote

from django.db.models import IntegerField, Q, Value
from django.urls import reverse

from markup.rendering import Target
from spaces.models import Audience
from wiki.models import FormerSlug, Link, Page
from wiki.titles import title_key


def reads_too(own, own_group, audience, group):
    """Whether all readers of (audience, group) may read an item of (own, own_group).

    Args:
        own, own_group: audience of the item, and the id of its group.
        audience, group: of the page on which the link stands.
    """
    if own == Audience.PUBLIC:
        return True
    if own == Audience.MEMBERS:
        return audience != Audience.PUBLIC
    return audience == Audience.GROUP and group == own_group


class LinkFinder:
    """``markup.render(link=…)``: finds all pages of a text in one query.

    Args:
        space: where the page stands.
        audience, group: who reads the page (group: an id or None).
    """

    def __init__(self, space, *, audience, group=None):
        self.space = space
        self.audience = audience
        self.group = group if audience == Audience.GROUP else None
        # key → (title as typed, id of the page it means or None); becomes Link rows.
        self.found = {}

    def __call__(self, titles):
        keys = {title: title_key(title) for title in titles}
        pages = self._pages({key for key in keys.values() if key})
        targets = {}
        for title, key in keys.items():
            page = pages.get(key)
            if key:
                self.found.setdefault(key, (title, page["pk"] if page else None))
            targets[title] = self._target(title, page)
        return targets

    def _target(self, title, page):
        if page is not None and reads_too(
            page["audience"], page["audience_group"], self.audience, self.group
        ):
            kwargs = {"space": self.space.slug, "page": page["slug"]}
            return Target(reverse("wiki:page_detail", kwargs=kwargs))
        start = reverse("wiki:page_create", kwargs={"space": self.space.slug})
        return Target(f"{start}?title={quote(title, safe='')}", exists=False)

    def _pages(self, keys):
        """The page each key means: the group's own before the space's, a title of
        today before a former one, the newest of several former ones."""
        if not keys:
            return {}
        titled = (
            Page.objects.standing()
            .in_space(self.space)
            .filter(self._namespace(), key__in=keys)
            .values("key", "pk", "slug", "audience", "audience_group")
            .annotate(rank=Value(0, IntegerField()))
        )
        former = (
            FormerSlug.objects.filter(
                self._namespace("page__"),
                space=self.space,
                key__in=keys,
                page__deleted__isnull=True,
            )
            .values(
                "key", "page", "page__slug", "page__audience", "page__audience_group"
            )
            .annotate(rank=Value(1, IntegerField()))
        )
        rows = titled.order_by().union(former.order_by(), all=True)
        best = {}
        for row in sorted(rows, key=_order):
            best.setdefault(row["key"], row)
        return best

    def _namespace(self, prefix=""):
        own = Q(**{f"{prefix}audience_group__isnull": True})
        if self.group is not None:
            own |= Q(**{f"{prefix}audience_group": self.group})
        return own


def _order(row):
    return (row["audience_group"] is None, row["rank"], -row["pk"])


def store_links(page, found):
    """Write down what a page links to, as a difference.

    Args:
        page: the ``Page``.
        found: ``LinkFinder.found`` after drawing.
    """
    standing = {
        link.key: link for link in Link.objects.filter(source=page).select_for_update()
    }
    gone = [link.pk for key, link in standing.items() if key not in found]
    if gone:
        Link.objects.filter(pk__in=gone).delete()
    new, moved = [], []
    for key, (title, target) in found.items():
        link = standing.get(key)
        if link is None:
            new.append(Link(source=page, key=key, title=title, target_id=target))
        elif link.target_id != target:
            link.target_id = target
            moved.append(link)
    if new:
        Link.objects.bulk_create(new, batch_size=500)
    if moved:
        Link.objects.bulk_update(moved, ["target"], batch_size=500)
