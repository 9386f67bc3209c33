"""What new pages may begin with: a text for what is written again and again."""

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MOST_TEMPLATES = 50


class PageTemplate(models.Model):
    """A text that a new page begins with."""

    space = models.ForeignKey(
        "spaces.Space", on_delete=models.CASCADE, related_name="page_templates"
    )
    name = models.CharField(_("name"), max_length=80)
    purpose = models.CharField(_("what it is for"), max_length=200, blank=True)
    body = models.TextField(_("text"))
    changed = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint(
                "space", Lower("name"), name="one_page_template_per_name"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse(
            "wiki:template_edit", kwargs={"space": self.space.slug, "pk": self.pk}
        )
