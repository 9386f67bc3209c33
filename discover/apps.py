from django.apps import AppConfig


class DiscoverConfig(AppConfig):
    name = "discover"
