"""An announcement: a post of the exchange that every member is told of."""

from django.db import models


class AnnouncementQuerySet(models.QuerySet):
    def in_space(self, space):
        return self.filter(message__thread__space=space)

    def newest_first(self):
        return self.order_by("-message__created", "-pk")


class Announcement(models.Model):
    """Beside the post itself: how it stood with everybody when it was sent."""

    message = models.OneToOneField(
        "conversations.Message", on_delete=models.CASCADE, related_name="announcement"
    )
    # People by way (``conversations.reaching.Way``) in the moment of sending.
    told = models.JSONField(default=dict)

    objects = AnnouncementQuerySet.as_manager()

    def __str__(self):
        return f"announcement {self.pk}"
