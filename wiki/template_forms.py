"""A text that new pages may begin with."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from markup.limits import TextTooLong, check_length, clean
from wiki.forms import UncutField
from wiki.page_templates import MOST_TEMPLATES, PageTemplate


class TemplateForm(forms.ModelForm):
    """Name, purpose and text."""

    body = UncutField(
        label=gettext_lazy("What a new page begins with"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto"}),
        help_text=gettext_lazy(
            "Headings with a question under each help most. Write as on any page."
        ),
    )

    class Meta:
        model = PageTemplate
        fields = ["name", "purpose", "body"]
        widgets = {
            "name": forms.TextInput(attrs={"dir": "auto"}),
            "purpose": forms.TextInput(attrs={"dir": "auto"}),
        }

    def __init__(self, *args, space, **kwargs):
        super().__init__(*args, **kwargs)
        self.space = space

    def clean_name(self):
        """Each name once in a space."""
        name = " ".join(self.cleaned_data["name"].split())
        others = self.space.page_templates.exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise ValidationError(_("There is a template of this name already."))
        return name

    def clean_body(self):
        """As long as a page at most."""
        body = clean(self.cleaned_data["body"])
        try:
            check_length(body, "page")
        except TextTooLong as error:
            raise ValidationError(str(error)) from error
        return body

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk is None:
            if self.space.page_templates.count() >= MOST_TEMPLATES:
                raise ValidationError(
                    _("This wiki has %(number)d templates, which is as many as a "
                      "chooser can hold. Remove one first.")
                    % {"number": MOST_TEMPLATES}
                )  # fmt: skip
        return cleaned
