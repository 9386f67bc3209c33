"""Changes that wait: what somebody proposes on a page that is read before it is live.

A proposal is no revision, so nothing that reads revisions (history, search, raw,
feeds, digests, letters) can show one by mistake.
"""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spaces.models import Authored, Membership
from spaces.models.item import audience_q


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Its writer's, and the stewards' who see the page; nobody else's."""
        if not user.is_authenticated:
            return self.none()
        tended = Membership.objects.stewards().filter(
            person=user, space=OuterRef("page__space")
        )
        return self.filter(
            audience_q(user, prefix="page__"), page__deleted__isnull=True
        ).filter(Q(author=user) | Q(entered_by=user) | Exists(tended))

    def waiting(self):
        return self.filter(state=Proposal.State.WAITING)

    def in_space(self, space):
        return self.filter(page__space=space)

    def with_people(self):
        return self.select_related("author", "author_group", "entered_by", "decided_by")

    def oldest_first(self):
        return self.order_by("created", "pk")


class Proposal(Authored):
    """A whole text that would become the newest version."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("taken back")

    page = models.ForeignKey(
        "wiki.Page", on_delete=models.CASCADE, related_name="proposals"
    )
    # The version the writer had before them.
    base = models.ForeignKey(
        "wiki.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = models.TextField()
    summary = models.CharField(_("what you changed"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    created = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(max_length=1000, blank=True)
    # What it became.
    revision = models.ForeignKey(
        "wiki.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # When it had waited so long that the other stewards were told.
    raised = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "author"],
                condition=Q(state="waiting"),
                name="one_waiting_proposal_per_writer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created"],
                condition=Q(state="waiting"),
                name="proposals_waiting",
            ),
        ]

    def __str__(self):
        return f"proposal {self.pk} for page {self.page_id}: {self.state}"

    def get_absolute_url(self):
        kwargs = {
            "space": self.page.space.slug, "page": self.page.slug, "pk": self.pk
        }  # fmt: skip
        return reverse("wiki:proposal_detail", kwargs=kwargs)

    @property
    def is_waiting(self):
        return self.state == self.State.WAITING


class ProposalComment(models.Model):
    """A few words between the writer and the stewards, under a proposal."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="comments"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(max_length=2000)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created", "pk"]

    def __str__(self):
        return f"comment {self.pk} on proposal {self.proposal_id}"
