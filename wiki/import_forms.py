"""Many pages at once, from files."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from spaces.models import Audience
from wiki.forms import ParentField, find_parent
from wiki.importing.reading import Unreadable, read_uploads


class ManyFilesInput(forms.ClearableFileInput):
    """Lets people choose several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; its clean value is a list of them."""

    def clean(self, value, initial=None):
        """Each by the rules of one."""
        found = value if isinstance(value, list) else [value]
        return [super(ManyFilesField, self).clean(each, initial) for each in found] or [
            super().clean(None, initial)
        ]


class ImportForm(forms.Form):
    """A zip of a folder, or Markdown files chosen one by one."""

    files = ManyFilesField(
        label=gettext_lazy("A zip of the folder, or the Markdown files themselves"),
        widget=ManyFilesInput(
            attrs={"accept": ".zip,.md,.markdown,.txt,.png,.jpg,.jpeg,.webp,.gif,.pdf"}
        ),
        help_text=gettext_lazy(
            "Folders become pages and what stands below them; links between the files "
            "become links between pages; pictures come along."
        ),
        error_messages={"required": gettext_lazy("Choose a file first.")},
        allow_empty_file=True,
    )
    parent = ParentField()
    audience = forms.ChoiceField(
        label=gettext_lazy("Who may read the new pages"), widget=forms.RadioSelect
    )
    is_update = forms.BooleanField(
        label=gettext_lazy("Pages of the same title get a new version"),
        help_text=gettext_lazy("Otherwise they are left as they are."),
        required=False,
    )

    def __init__(self, *args, space, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.space, self.user = space, user
        choices = [(Audience.MEMBERS, gettext_lazy("Members"))]
        if space.is_open:
            choices.insert(0, (Audience.PUBLIC, gettext_lazy("Anyone")))
        self.fields["audience"].choices = choices
        self.fields["audience"].initial = choices[0][0]
        self.found = {}

    def clean_files(self):
        """Every file, by path."""
        uploads = self.cleaned_data["files"]
        try:
            self.found = read_uploads(uploads)
        except Unreadable as error:
            raise ValidationError(str(error)) from error
        return uploads

    def clean_parent(self):
        """A page by its title."""
        return find_parent(
            self.cleaned_data["parent"], user=self.user, space=self.space
        )
