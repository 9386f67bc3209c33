"""The look: what every page is drawn with. Knows no model."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The design system: components, partials, the style and script bundle."""

    name = "ui"
    verbose_name = "Look"
