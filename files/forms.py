"""Form fields that check an upload while the form is checked, and only once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from files import documents, pictures, recordings
from files.keeping import take_media
from files.uploading import largest


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


class ManyFiles(forms.FileInput):
    """Several at once, as phones offer."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; its clean value is a list. What they are is looked at in
    ``files.keeping``, where each gets words of its own."""

    widget = ManyFiles

    def __init__(self, **kwargs):
        super().__init__(required=False, allow_empty_file=True, **kwargs)

    def clean(self, data, initial=None):
        """Each of them."""
        uploads = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each) for each in uploads if each]


class MediaForm(forms.Form):
    """For forms that take several photos and recordings, also in pieces beforehand.

    Its view gives ``space`` and ``user``; ``cleaned_data["media"]`` holds draft files.
    They stay with the form when the rest of it has to be looked at again.
    """

    photos = FilesField(
        label=_("Photos"),
        help_text=_("Where and when they were taken is removed from them."),
        widget=ManyFiles(attrs={"accept": ",".join(pictures.accepted_types())}),
    )
    shown = forms.CharField(
        label=_("What do the photos show?"),
        help_text=_(
            "One line for each, in their order. People who cannot see them, or whose "
            "line is too weak to load them, read it instead."
        ),
        max_length=3_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    recordings = FilesField(
        label=_("Sound or film"),
        help_text=_(
            "A voice note is enough. It is made small, so that all can load it."
        ),
        widget=ManyFiles(attrs={"accept": "audio/*,video/*"}),
    )
    # Numbers of files that are here, tokens of uploads that arrived in pieces.
    kept = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2_000)
    arrived = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=2_000
    )
    kept_files = ()
    is_too_large = False

    def clean(self):
        """Take in what is there; one at a time, each refusal in words."""
        cleaned = super().clean() or self.cleaned_data
        if self.is_too_large:
            self.add_error("recordings", recordings.too_large(largest()))
        self.kept_files = cleaned["media"] = take_media(self)
        self.data = self.data.copy()
        self.data["kept"] = ",".join(str(file.pk) for file in self.kept_files)
        self.data["arrived"] = ""
        return cleaned


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
