from django.apps import AppConfig

from notifications.kinds import discover


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self):
        """Find the Kinds that the apps declare."""
        discover()
