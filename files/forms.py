"""Form fields that check an upload while the form is checked, and only once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from files import documents, pictures


class PhotoField(forms.FileField):
    """A photo; its clean value is ``Prepared``, ready for ``files.actions.upload``."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Photo"))
        kwargs.setdefault("required", False)
        kwargs.setdefault(
            "widget",
            forms.FileInput(attrs={"accept": ",".join(pictures.accepted_types())}),
        )
        kwargs.setdefault("allow_empty_file", True)  # said in better words below
        super().__init__(**kwargs)

    def to_python(self, data):
        """Decode the picture and write it anew."""
        upload = super().to_python(data)
        return None if upload is None else pictures.prepare_picture(upload)


class PhotoForm(forms.Form):
    """For forms that take one photo and what it shows (``files.keeping``)."""

    photo = PhotoField(
        help_text=_("Where and when it was taken is removed from it."),
    )
    alt = forms.CharField(
        label=_("What does it show?"),
        help_text=_("In a few words, for people who cannot see it."),
        max_length=300,
        required=False,
    )
    # A photo that came with a form which had to be looked at again.
    kept_photo = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2**62
    )
    kept = None

    def keep(self, file):
        """Carry a photo that is already here to the next try."""
        self.data = self.data.copy()
        self.data["kept_photo"] = str(file.pk)
        self.kept = file


class DocumentField(forms.FileField):
    """A document; its clean value is ``Prepared``."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("File"))
        kwargs.setdefault("required", False)
        kwargs.setdefault(
            "widget",
            forms.FileInput(attrs={"accept": ",".join(documents.accepted_types())}),
        )
        kwargs.setdefault("allow_empty_file", True)
        super().__init__(**kwargs)

    def to_python(self, data):
        """Look inside the file."""
        upload = super().to_python(data)
        return None if upload is None else documents.prepare_document(upload)
