"""Pages that many hands write, and every version of them."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Left, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conversations.models import Thread
from spaces.models import Authored, Item, ItemQuerySet, Searched, words_of
from spaces.models.item import audience_in, audience_q
from ui.addresses import address_of
from wiki.attachments import Attachment as Attachment
from wiki.attachments import AttachmentVersion as AttachmentVersion
from wiki.caring import Care as Care
from wiki.following import ReadUpTo as ReadUpTo
from wiki.following import Trust as Trust
from wiki.following import Watch as Watch
from wiki.imports import Import as Import
from wiki.links import FormerSlug as FormerSlug
from wiki.links import Link as Link
from wiki.page_templates import PageTemplate as PageTemplate
from wiki.proposals import Proposal as Proposal
from wiki.proposals import ProposalComment as ProposalComment
from wiki.titles import MAX_KEY, MAX_TITLE, title_key

# Letters; a description has 24 words.
BEGINNING = 400


class PageQuerySet(ItemQuerySet):
    def standing(self):
        """Pages that are not deleted."""
        return self.filter(deleted__isnull=True)

    def visible_to(self, user):
        return super().visible_to(user).standing()

    def recently_changed(self):
        return self.order_by("-changed", "-pk")

    def by_title(self):
        return self.order_by(Lower("title"), "pk")

    def most_linked(self, links):
        """Pages with ``number``, how many of these links lead to each; most first.

        Args:
            links: ``Link`` queryset that the reader may know of.
        """
        number = (
            links.filter(target=OuterRef("pk"))
            .exclude(source=OuterRef("pk"))
            .order_by()
            .values("target")
            .annotate(number=Count("pk"))
            .values("number")
        )
        return (
            self.annotate(number=Subquery(number))
            .filter(number__isnull=False)
            .order_by("-number", Lower("title"), "pk")
        )

    def orphans(self, links):
        """Pages that stand under no other and that none of these links leads to.

        Args:
            links: as for ``most_linked``.
        """
        lead_there = links.filter(target=OuterRef("pk")).exclude(source=OuterRef("pk"))
        return self.filter(~Exists(lead_there), parent__isnull=True).by_title()

    def titled(self, title, *, audience_group=None):
        """Pages of this title, in any spelling, in one namespace.

        The pages of a stakeholder group have titles of their own: if a title that is
        taken among them were refused to others, the refusal would tell of a page
        they may not know.
        """
        return self.standing().filter(
            key=title_key(title), audience_group=audience_group
        )

    def visible_in(self, space, user):
        return super().visible_in(space, user).standing()

    def with_writing(self):
        """Loads what every page about a page needs; same rows."""
        return self.select_related("thread", "current")

    def for_reading(self):
        """Loads only what is drawn: not the newest text, whose HTML is on the page.
        ``beginning`` is enough of it for search engines."""
        return (
            self.select_related(
                "thread",
                "current",
                "audience_group",
                "care__carer",
                "care__carer_group",
            )
            .defer("plain", "current__body")
            .annotate(beginning=Left("plain", BEGINNING))
        )


class GoneToo(PageQuerySet):
    """Deleted pages as well: to say that a page is gone, and to bring it back."""

    def visible_to(self, user):
        return self.filter(audience_q(user))

    def visible_in(self, space, user):
        return self.filter(audience_in(space, user), space=space)


class Page(Item):
    """A wiki page: what it says now. How it came to say so is in its revisions."""

    class Protection(models.TextChoices):
        OPEN = "open", _("All members edit; each change shows at once")
        APPROVAL = "approval", _("All members propose; a steward approves")
        STEWARDS = "stewards", _("Stewards and facilitators edit")

    title = models.CharField(_("title"), max_length=MAX_TITLE)
    # The title folded (wiki/titles.py): what links and the constraint compare.
    key = models.CharField(max_length=MAX_KEY, editable=False)
    slug = models.CharField(max_length=220)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="children",
        verbose_name=_("belongs under"),
    )
    current = models.ForeignKey(
        "wiki.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    body_html = models.TextField(editable=False, blank=True)
    plain = models.TextField(editable=False, blank=True)
    words = words_of("plain", title="title")
    headings = models.JSONField(default=list, editable=False)
    renderer = models.PositiveSmallIntegerField(default=0)
    # When body_html was made; a link that turns blue moves it, an edit does too.
    drawn = models.DateTimeField(default=timezone.now)
    protection = models.CharField(
        _("who edits"), max_length=10, choices=Protection, default=Protection.OPEN
    )
    thread = models.OneToOneField(
        Thread, null=True, blank=True, on_delete=models.SET_NULL, related_name="page"
    )
    # Made by the form: sending it twice begins one page.
    client_id = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    created = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed = models.DateTimeField(default=timezone.now)
    deleted = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    deleted_reason = models.CharField(max_length=300, blank=True)

    objects = Searched.from_queryset(PageQuerySet)()
    gone_too = Searched.from_queryset(GoneToo)()

    class Meta(Item.Meta):
        constraints = [
            *Item.Meta.constraints,
            models.UniqueConstraint(
                fields=["space", "slug"], name="one_page_per_slug_and_space"
            ),
            # A deleted page does not hold its title; a group's titles are its own.
            models.UniqueConstraint(
                fields=["space", "key"],
                condition=Q(deleted__isnull=True, audience_group__isnull=True),
                name="one_page_per_title_and_space",
            ),
            models.UniqueConstraint(
                fields=["space", "key", "audience_group"],
                condition=Q(deleted__isnull=True, audience_group__isnull=False),
                name="one_page_per_title_and_group",
            ),
        ]
        indexes = [
            models.Index(fields=["space", "-changed"], name="pages_changed"),
            GinIndex(fields=["words"], name="pages_search"),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        """Keep the key with the title."""
        self.key = title_key(self.title)
        fields = kwargs.get("update_fields")
        if fields is not None and "title" in fields:
            kwargs["update_fields"] = {*fields, "key"}
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return address_of("wiki:page_detail", space=self.space.slug, page=self.slug)

    @property
    def is_guarded(self):
        """Whether only stewards and facilitators change it themselves."""
        return self.protection != self.Protection.OPEN

    @property
    def takes_proposals(self):
        """Whether members propose changes that a steward approves."""
        return self.protection == self.Protection.APPROVAL


class RevisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Versions of pages this person may see."""
        return self.filter(
            audience_q(user, prefix="page__"), page__deleted__isnull=True
        )

    def with_people(self):
        return self.select_related("author", "author_group", "entered_by")

    def newest_first(self):
        return self.order_by("-created", "-pk")

    def without_text(self):
        """For lists: whole texts are heavy."""
        return self.defer("body")

    def unseen(self):
        """Versions that nobody with an eye on the wiki has looked at yet."""
        return self.filter(seen__isnull=True)


class Revision(Authored):
    """The whole text after one edit."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    # What the writer had before them; for a merged text it is not the one before.
    base = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(max_length=MAX_TITLE)
    body = models.TextField(blank=True)
    summary = models.CharField(_("what you changed"), max_length=200, blank=True)
    is_minor = models.BooleanField(_("small change"), default=False)
    restores = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The version that this one took back, where it does nothing else.
    undoes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created = models.DateTimeField(default=timezone.now)
    # When, and by whom, it was looked at; a steward's own is seen at once.
    seen = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    words_added = models.PositiveIntegerField(default=0)
    words_removed = models.PositiveIntegerField(default=0)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "number"], name="one_revision_per_number"
            ),
        ]
        indexes = [
            models.Index(fields=["-created"], name="revisions_newest"),
            models.Index(
                fields=["-created"],
                condition=Q(seen__isnull=True),
                name="revisions_unseen",
            ),
        ]

    def __str__(self):
        return f"revision {self.number} of page {self.page_id}"

    def get_absolute_url(self):
        return reverse(
            "wiki:revision_detail",
            kwargs={
                "space": self.page.space.slug,
                "page": self.page.slug,
                "number": self.number,
            },
        )


class Draft(models.Model):
    """Autosave, per person and page; never a revision."""

    space = models.ForeignKey(
        "spaces.Space", on_delete=models.CASCADE, related_name="+"
    )
    # None for a page that is not made yet: one such draft per person and space.
    page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    base = models.ForeignKey(
        Revision, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The heading's id where only a section is edited: ``body`` is that section's then.
    section = models.CharField(max_length=120, blank=True)
    # Wider than a title may be: what is being typed is kept as it is.
    title = models.CharField(max_length=1000, blank=True)
    body = models.TextField(blank=True)
    summary = models.CharField(max_length=1000, blank=True)
    saved = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "person", "section"],
                name="one_draft_per_person_and_part",
            ),
            models.UniqueConstraint(
                fields=["space", "person"],
                condition=Q(page__isnull=True),
                name="one_draft_of_a_new_page",
            ),
        ]

    def __str__(self):
        return f"draft of page {self.page_id} by {self.person_id}"
