"""A file for a page: a picture with what it shows, or a document."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from files import documents, pictures
from files.models import File

# What is refused for a better reason than its name is among them.
PICTURES = {
    ".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic", ".heif", ".svg",
}  # fmt: skip


class AnyFileField(forms.FileField):
    """A picture or a document; its clean value is ``Prepared``, told apart by what is
    in it."""

    def __init__(self, **kwargs):
        types = [*pictures.accepted_types(), *documents.accepted_types()]
        kwargs.setdefault("label", gettext_lazy("File or picture"))
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ",".join(types)}))
        kwargs.setdefault("allow_empty_file", True)
        super().__init__(**kwargs)
        self.error_messages["required"] = gettext_lazy("Choose a file first.")

    def to_python(self, data):
        """Decode a picture and write it anew; look inside a document."""
        upload = super().to_python(data)
        if upload is None:
            return None
        ending = f".{upload.name.rsplit('.', 1)[-1].lower()}"
        if ending in documents.TYPES:
            return documents.prepare_document(upload)
        if ending not in PICTURES:
            raise ValidationError(
                _("Files of this kind are not taken. Send a picture, PDF, Word, Excel "
                  "or text.")
            )  # fmt: skip
        return pictures.prepare_picture(upload)


class AttachForm(forms.Form):
    """One upload for a page."""

    file = AnyFileField(
        help_text=gettext_lazy(
            "Pictures, PDF, Word, Excel, text. Where and when a photo was taken is "
            "removed from it. A file of the same name becomes its next version."
        )
    )
    alt = forms.CharField(
        label=gettext_lazy("What does the picture show?"),
        help_text=gettext_lazy("In a few words, for people who cannot see it."),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    words = forms.CharField(
        label=gettext_lazy("What is new about it?"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def clean(self):
        cleaned = super().clean()
        file = cleaned.get("file")
        is_picture = file is not None and file.kind == File.Kind.PHOTO
        if is_picture and not cleaned.get("alt", "").strip():
            self.add_error(
                "alt",
                ValidationError(
                    _("Say in a few words what it shows, and choose the file again.")
                ),
            )
        return cleaned
