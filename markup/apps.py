from django.apps import AppConfig


class MarkupConfig(AppConfig):
    """Text to safe HTML, differences and three-way merges. Holds no tables."""

    name = "markup"
