"""Choosing what one hears of."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wiki.models import Watch

_MINOR = _("Of small changes too, such as a corrected spelling")


class WatchForm(forms.Form):
    """One page."""

    reach = forms.ChoiceField(
        label=_("What do you want to hear of?"),
        choices=[
            ("page", Watch.Reach.PAGE.label),
            ("branch", Watch.Reach.BRANCH.label),
            ("", _("Neither")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    with_minor = forms.BooleanField(label=_MINOR, required=False)


class WatchWikiForm(forms.Form):
    """The wiki as a whole."""

    wiki = forms.BooleanField(label=Watch.Reach.WIKI.label, required=False)
    written = forms.BooleanField(label=Watch.Reach.WRITTEN.label, required=False)
    with_minor = forms.BooleanField(label=_MINOR, required=False)

    @property
    def reaches(self):
        """What was chosen, as ``watch_wiki`` takes it."""
        return {name for name in ("wiki", "written") if self.cleaned_data[name]}


class LessForm(forms.Form):
    """Behind a letter: less before none."""

    choice = forms.ChoiceField(
        label=_("How much of it?"),
        choices=[
            ("large", _("Only of larger changes")),
            ("nothing", _("Nothing of this page")),
        ],
        widget=forms.RadioSelect,
    )
