"""What hangs on a message: nods of others, its former words, the page it links to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spaces.models import Space

LONGEST_ADDRESS = 1000
MOST_TRIES = 3


class LinkCardQuerySet(models.QuerySet):
    def waiting(self, before):
        """Pages nobody has looked at yet, or not with success, since that moment."""
        return self.filter(fetched__isnull=True, tries__lt=MOST_TRIES).filter(
            Q(tried__isnull=True) | Q(tried__lt=before)
        )


class LinkCard(models.Model):
    """What a page elsewhere says of itself: asked once per address and space, by the
    worker, never by a reader's browser."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    url = models.CharField(max_length=LONGEST_ADDRESS)
    title = models.CharField(max_length=200, blank=True)
    description = models.CharField(max_length=300, blank=True)
    site = models.CharField(max_length=100, blank=True)
    created = models.DateTimeField(default=timezone.now)
    # The claim of a worker; what is not fetched some minutes later is tried again.
    tried = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    # Answered for good: with a title, or with nothing worth showing.
    fetched = models.DateTimeField(null=True, blank=True)

    objects = LinkCardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space", "url"], name="one_card_per_address_and_space"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tried"],
                name="cards_waiting",
                condition=Q(fetched__isnull=True),
            ),
        ]

    def __str__(self):
        return f"link card {self.pk}"


class Reaction(models.Model):
    """One person's nod to a message; each kind once."""

    class Kind(models.TextChoices):
        THANKS = "thanks", _("Thanks")
        SAME = "same", _("Same here")
        TRIED = "tried", _("Tried it too")
        HELPS = "helps", _("Helps me")

    message = models.ForeignKey(
        "conversations.Message", on_delete=models.CASCADE, related_name="reactions"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=6, choices=Kind)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "kind", "person"],
                name="one_reaction_of_a_kind_per_person",
            ),
        ]

    def __str__(self):
        return f"{self.kind} of person {self.person_id} for message {self.message_id}"


class Wording(models.Model):
    """How a message read before it was edited."""

    message = models.ForeignKey(
        "conversations.Message", on_delete=models.CASCADE, related_name="wordings"
    )
    body = models.TextField()
    talk = models.CharField(max_length=12, blank=True)
    # When these words were written, and by whom where that was not the author.
    written = models.DateTimeField()
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["message", "written"], name="wordings_of_message"),
        ]

    def __str__(self):
        return f"wording {self.pk} of message {self.message_id}"
