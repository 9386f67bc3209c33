"""Telling a story: guided questions, every one but the title may stay empty."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conversations.forms import audience_choices
from files.forms import MediaForm
from markup.limits import STORY_CAP
from spaces.models import Audience
from stories.actions import PARTS, story_text, widest_audience
from stories.models import Story


class StoryForm(MediaForm, forms.ModelForm):
    """One experience. ``teller`` appears only for linkers."""

    draft_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    audience = forms.ChoiceField(
        label=gettext_lazy("Who may read it"), widget=forms.RadioSelect
    )
    teller = forms.ModelChoiceField(
        label=gettext_lazy("Who tells it"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("I tell it myself"),
        help_text=gettext_lazy("You only write it down; the story stays theirs."),
    )

    class Meta:
        model = Story
        fields = ["title", *PARTS, "place", "happened", "language"]
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in PARTS} | {
            "body": forms.Textarea(attrs={"rows": 9})
        }
        help_texts = {
            "title": gettext_lazy("As you would say it to a neighbour."),
            "set_out": gettext_lazy("What did you hope for?"),
            "body": gettext_lazy(
                "Tell it in the order it happened. You can use #hashtags and Markdown."
            ),
            "did_not_work": gettext_lazy(
                "This is what others learn most from. It stands out wherever the story "
                "is shown."
            ),
            "do_not_copy": gettext_lazy("Where would this do harm, or be useless?"),
            "place": gettext_lazy("As exact as you want it to be known."),
            "happened": gettext_lazy("For example: dry season 2026."),
        }

    def __init__(self, *args, space, user, tellers, **kwargs):
        super().__init__(*args, **kwargs)
        self.space, self.user = space, user
        membership = space.membership_of(user)
        self.group = self.instance.audience_group or getattr(membership, "group", None)
        self.fields["audience"].choices = audience_choices(space, self.group)
        self.fields["audience"].initial = (
            self.instance.audience if self.instance.pk else widest_audience(space)
        )
        self.fields["draft_id"].initial = uuid.uuid4()
        self.fields["language"].initial = space.language
        self.fields["teller"].queryset = tellers
        if self.instance.pk or not tellers:
            del self.fields["teller"]
        if self.instance.pk:
            del self.fields["draft_id"]

    def clean(self):
        cleaned = super().clean()
        written = {name: cleaned.get(name) or "" for name in PARTS}
        is_told = any(text.strip() for text in written.values()) or cleaned["media"]
        if not is_told and not self.errors and not self._holds_media():
            self.add_error("body", _("Tell at least a sentence of what happened."))
        # As it is drawn: with its headings, and indented where it stands in a box.
        length = len(story_text(Story(**written)))
        if length > STORY_CAP:
            raise ValidationError(
                _(
                    "The story has %(length)d characters; %(cap)d is the most. "
                    "Perhaps it is two stories?"
                )
                % {"length": length, "cap": STORY_CAP}
            )
        return cleaned

    def _holds_media(self):
        """A voice note tells a story, too."""
        return self.instance.pk and self.instance.media.exists()

    def words(self):
        """Field values for the actions."""
        names = ["title", *PARTS, "place", "happened", "language"]
        words = {name: self.cleaned_data[name] for name in names}
        words["audience"] = self.cleaned_data["audience"]
        words["audience_group"] = (
            self.group if words["audience"] == Audience.GROUP else None
        )
        return words


class WithdrawForm(forms.Form):
    """Why a story is taken back; on the record when a steward does it."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
