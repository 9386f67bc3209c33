"""Following talk: how much of it a person hears, and what has changed in a space."""

from django.conf import settings
from django.db import models

from spaces.models import Membership, Space


class Follow(models.Model):
    """How much a person wants to hear of one thread, in the words of the space.

    ``CONCERNED`` is what taking part makes: the level of the space says how one is
    told of it. The other levels were chosen for this thread, and go before the
    space's.
    """

    Level = Membership.NoticeLevel

    thread = models.ForeignKey(
        "conversations.Thread", on_delete=models.CASCADE, related_name="follows"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    level = models.CharField(
        max_length=10,
        choices=Membership.NoticeLevel,
        default=Membership.NoticeLevel.CONCERNED,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "person"], name="one_follow_per_thread"
            ),
        ]

    def __str__(self):
        return f"{self.person_id} hears {self.level} of thread {self.thread_id}"


class Stream(models.Model):
    """Counts the changes of a space's talk, one by one (conversations/stream.py).

    Whoever changes something takes the next number as the last thing before commit,
    and the row stays locked until then: so what has a smaller number can be read
    wherever a larger one can, and a reader who asks "after 41" misses nothing.
    """

    space = models.OneToOneField(
        Space, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    number = models.BigIntegerField(default=0)

    def __str__(self):
        return f"stream of space {self.space_id} at {self.number}"
