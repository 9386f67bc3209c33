"""Every letter that came in to an address of ours, once."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import LONGEST_ADDRESS
from notifications.models import Delivery
from spaces.models import Membership, Space


class ReceivedLetterQuerySet(models.QuerySet):
    def held(self):
        """Waiting for a person to look."""
        return self.filter(state=ReceivedLetter.State.HELD).order_by("received", "pk")

    def visible_to(self, user):
        """Who decides about what is held: those who tend the space it came to, and
        site administrators. Nobody else reads letters here."""
        if not user.is_authenticated:
            return self.none()
        if user.is_staff:
            return self
        tended = Membership.objects.stewards().filter(person=user)
        return self.filter(space__in=tended.values("space"))

    def since(self, moment):
        return self.filter(received__gt=moment)


class ReceivedLetter(models.Model):
    """One letter to one of our addresses. The key makes a second copy known."""

    class State(models.TextChoices):
        TAKEN = "taken"  # it did what an answer does
        REFUSED = "refused"  # and its writer was told why
        HELD = "held"  # somebody has to look at it
        DISCARDED = "discarded"  # somebody did, and it was not to be taken

    class Way(models.TextChoices):
        REPLY = "reply"  # in answer to a letter of ours
        POST = "post"  # to the exchange, at a member's own address
        STORY = "story"  # a story, at a member's own address

    # Digest of Message-ID and token: the lock that lets a letter in once.
    key = models.CharField(max_length=64, unique=True)
    message_id = models.CharField(max_length=500)
    way = models.CharField(max_length=6, choices=Way, default=Way.REPLY)
    # The letter of ours it answers, or the member whose own address it came to.
    delivery = models.ForeignKey(
        Delivery, null=True, on_delete=models.CASCADE, related_name="received"
    )
    # The item of a digest that is answered.
    part = models.PositiveSmallIntegerField(null=True)
    membership = models.ForeignKey(
        Membership, null=True, on_delete=models.CASCADE, related_name="+"
    )
    space = models.ForeignKey(
        Space, null=True, on_delete=models.CASCADE, related_name="+"
    )
    sender = models.CharField(max_length=LONGEST_ADDRESS)
    subject = models.CharField(max_length=300, blank=True)
    # What our mail server found of the sender: "spf=pass dkim=fail".
    verdicts = models.CharField(max_length=100, blank=True)
    # Whether somebody else may have written it in the sender's name.
    is_doubted = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.TAKEN)
    # Why it was refused or held, in the words its writer got.
    reason = models.CharField(max_length=500, blank=True)
    # What became of it, for those who want it back: "message-12", "story-5".
    made = models.CharField(max_length=40, blank=True)
    # Kept only for what was not taken: the writer gets it back.
    text = models.TextField(blank=True)
    # The whole mail, only while it is held.
    raw = models.BinaryField(blank=True, default=b"")
    received = models.DateTimeField(default=timezone.now)

    objects = ReceivedLetterQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["sender", "received"], name="letters_of_sender"),
            models.Index(fields=["received"], name="letters_by_time"),
            models.Index(
                fields=["space", "received"],
                name="letters_to_space",
                condition=Q(space__isnull=False),
            ),
            models.Index(
                fields=["received"],
                name="letters_held",
                condition=Q(state="held"),
            ),
        ]

    def __str__(self):
        return f"letter {self.pk}: {self.state}"

    @property
    def meant_for(self):
        """The address whose owner alone may write here."""
        if self.delivery is not None:
            return self.delivery.to
        return (self.membership.person.email or "") if self.membership else ""
