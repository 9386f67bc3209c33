"""What went out: which window a digest told, and what stood under which number."""

from django.core import signing
from django.db import models
from django.utils import timezone

from notifications.models import Delivery
from spaces.models import Membership

READ_SALT = "digests.read"


class IssueQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A digest is its reader's, as long as they are a member."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            membership__person=user, membership__status=Membership.Status.ACTIVE
        )

    def newest_first(self):
        return self.order_by("-until", "-pk")


class Issue(models.Model):
    """One member's digest of one period, as it was written.

    The row is made with the letter, before it leaves: an answer that comes six weeks
    later still finds what its reader saw as number 3.
    """

    delivery = models.OneToOneField(
        Delivery, primary_key=True, on_delete=models.CASCADE, related_name="issue"
    )
    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="issues"
    )
    since = models.DateTimeField()
    until = models.DateTimeField()
    # "thread-97", "story-3": the first is number 1.
    items = models.JSONField(default=list)
    # How many more it named without showing them.
    counted = models.PositiveIntegerField(default=0)
    # Which of the items came from another corner; "" where none did.
    corner = models.CharField(max_length=30, blank=True)
    read = models.DateTimeField(null=True, blank=True)
    made = models.DateTimeField(default=timezone.now)

    objects = IssueQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["made"], name="issues_by_age")]

    def __str__(self):
        return f"issue {self.pk} of membership {self.membership_id}"

    def item(self, number):
        """What stood under this number: (kind, id), or None."""
        if not 1 <= number <= len(self.items):
            return None
        kind, pk = self.items[number - 1].split("-")
        return kind, int(pk)


def sign_issue(pk):
    """The secret of the link that marks one digest as read, and does nothing else."""
    return signing.Signer(salt=READ_SALT).sign(str(pk))


def signed_issue(token):
    """The id inside such a token, or None when it is not ours."""
    try:
        return int(signing.Signer(salt=READ_SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
