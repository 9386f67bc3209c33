"""Forms of a story's photos, recordings and films."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from webvtt import from_string
from webvtt.errors import MalformedCaptionError, MalformedFileError

from files.forms import MediaForm
from stories.models import LONGEST_TRANSCRIPT, StoryFile

MOST_CUES_BYTES = 200_000


class AddMediaForm(MediaForm):
    """More for a story that is there: files, or the address of a film."""

    link = forms.CharField(
        label=gettext_lazy("Address of a film that stands elsewhere"),
        help_text=gettext_lazy(
            "It is shown as a link. Nothing of it is loaded until somebody goes there."
        ),
        max_length=500,
        required=False,
        validators=[URLValidator(schemes=["https", "http"])],
    )

    def __init__(self, *args, space, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.space, self.user = space, user

    def clean(self):
        """Something must have come."""
        cleaned = super().clean()
        if not (cleaned["media"] or cleaned.get("link") or self.errors):
            raise ValidationError(_("Choose a photo or a recording first."))
        return cleaned


class MediaWordsForm(forms.Form):
    """What it shows, what stands below it, what is said in it."""

    alt = forms.CharField(
        label=gettext_lazy("What does it show?"),
        help_text=gettext_lazy(
            "In a few words. People who cannot see it, or whose line is too weak to "
            "load it, read this instead."
        ),
        max_length=300,
        required=False,
    )
    caption = forms.CharField(
        label=gettext_lazy("Words below it"), max_length=300, required=False
    )
    transcript = forms.CharField(
        label=gettext_lazy("What is said"),
        help_text=gettext_lazy(
            "For people who do not hear it, or do not load it. Also a summary helps."
        ),
        max_length=LONGEST_TRANSCRIPT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    cues = forms.CharField(
        label=gettext_lazy("The same with its times (WebVTT)"),
        help_text=gettext_lazy("Shown under the player while it plays."),
        max_length=MOST_CUES_BYTES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    cues_file = forms.FileField(
        label=gettext_lazy("Or as a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".vtt,text/vtt"}),
    )

    def __init__(self, *args, item, **kwargs):
        super().__init__(*args, **kwargs)
        told = {"transcript", "cues", "cues_file"}
        if item.kind == StoryFile.Kind.PHOTO:
            for name in told:
                del self.fields[name]
        else:
            del self.fields["alt"]
        if item.kind == StoryFile.Kind.LINK:
            del self.fields["cues"], self.fields["cues_file"]
        self.initial |= {name: getattr(item, name, "") for name in self.fields}
        if item.file_id and "alt" in self.fields:
            self.initial["alt"] = item.file.alt

    def clean_cues(self):
        """Checked, and written anew."""
        return _checked_cues(self.cleaned_data["cues"])

    def clean_cues_file(self):
        """The same of a file."""
        sent = self.cleaned_data["cues_file"]
        if not sent:
            return ""
        if sent.size > MOST_CUES_BYTES:
            raise ValidationError(_("This file is too large for subtitles."))
        try:
            text = sent.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationError(_("This file is no text in UTF-8.")) from error
        return _checked_cues(text)

    def words(self):
        """Values for ``describe_media``; a file wins over what was typed."""
        words = dict(self.cleaned_data)
        if in_file := words.pop("cues_file", ""):
            words["cues"] = in_file
        return words


def _checked_cues(text):
    if not text.strip():
        return ""
    try:
        found = from_string(text.strip().replace("\r\n", "\n"))
        is_empty = not found.captions
    except (MalformedFileError, MalformedCaptionError, ValueError):
        is_empty = True
    if is_empty:
        raise ValidationError(
            _(
                "This is no WebVTT. It begins with the word WEBVTT, then come parts "
                "like: 00:00.000 --> 00:04.000, and below it what is said."
            )
        )
    return found.content
