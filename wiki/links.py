"""Which page leads to which, and where a page used to be."""

from django.db import models
from django.db.models import Q, Value

from spaces.models.item import audience_q
from wiki.titles import MAX_KEY, MAX_TITLE


class LinkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Links that stand on pages this person may see."""
        return self.filter(
            audience_q(user, prefix="source__"), source__deleted__isnull=True
        )

    def wanted(self):
        """Titles that pages link to and nobody has written, most wanted first."""
        return (
            self.filter(target__isnull=True)
            .values("key")
            .annotate(
                title=models.Min("title"), pages=models.Count("source", distinct=True)
            )
            .order_by("-pages", "title")
        )


class Link(models.Model):
    """``[[Title]]`` on a page: backlinks, wanted pages and red links come from here."""

    source = models.ForeignKey(
        "wiki.Page", on_delete=models.CASCADE, related_name="links"
    )
    title = models.CharField(max_length=MAX_TITLE)
    # The title folded, so that a page made later is found.
    key = models.CharField(max_length=MAX_KEY)
    target = models.ForeignKey(
        "wiki.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="backlinks",
    )

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key"], name="one_link_per_target"
            ),
        ]
        indexes = [models.Index(fields=["key"], name="links_by_key")]

    def __str__(self):
        return f"{self.source_id} → {self.title}"


class FormerSlug(models.Model):
    """What a page was called and where it used to be: a permanent redirect.

    An address never changes its meaning: no other page gets a slug that stands here.
    A *title* may be taken by a new page, and links then lead to that one.
    """

    space = models.ForeignKey(
        "spaces.Space", on_delete=models.CASCADE, related_name="+"
    )
    # Empty where only the title changed and the address stayed.
    slug = models.CharField(max_length=220, blank=True)
    key = models.CharField(max_length=MAX_KEY)
    page = models.ForeignKey(
        "wiki.Page", on_delete=models.CASCADE, related_name="former_slugs"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space", "slug"],
                condition=~Q(slug=Value("")),
                name="one_former_slug",
            ),
        ]
        indexes = [models.Index(fields=["space", "key"], name="former_titles")]

    def __str__(self):
        return self.slug or self.key
