"""Invented content for the component page: no model, no query."""

from datetime import timedelta
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ui.palette import PALETTE
from ui.sprite import icon_names

GROUP_NAMES = (
    "Farmers",
    "District officers",
    "NGOs",
    "Researchers",
    "Companies",
    "Youth",
    "Traditional leaders",
    "Forest guards",
)


class SamplePerson(str):
    """A name that is drawn like a person."""

    photo_url = ""


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("Say it as you would aloud.")
    )
    told = forms.CharField(
        label=_("What happened"), widget=forms.Textarea, max_length=600, required=False
    )
    kind = forms.ChoiceField(
        label=_("Kind of talk"),
        choices=[("question", _("Question")), ("experience", _("Experience"))],
    )
    visibility = forms.ChoiceField(
        label=_("Who may see this space?"),
        widget=forms.RadioSelect,
        choices=[
            ("open", _("Open")),
            ("listed", _("Listed")),
            ("hidden", _("Hidden")),
        ],
        initial="listed",
    )
    visibility.explanations = {
        "open": _("Anyone in the world can read everything, also without an account."),
        "listed": _("Anyone can see that it exists; only members see what is said."),
        "hidden": _("Nobody but members knows that it exists. By invitation only."),
    }
    tools = forms.MultipleChoiceField(
        label=_("Which tools?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("wiki", _("Wiki")), ("stories", _("Stories"))],
    )
    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    photo = forms.FileField(label=_("Photo"), required=False)
    agreed = forms.BooleanField(
        label=_("The person agreed that this is shown"),
        help_text=_("They may change their mind at any time."),
    )


def sample_context(request):
    """Return what ``ui/component_list.html`` draws.

    Args:
        request: for the page number.

    Returns:
        The context.
    """
    now = timezone.now()
    groups = [
        SimpleNamespace(name=name, palette=number)
        for number, name in enumerate(GROUP_NAMES[: len(PALETTE)])
    ]
    space = SimpleNamespace(
        name="Forest Forum",
        slug="forest-forum",
        concern=(
            "How can the people who live from the forest, and those who make its "
            "rules, keep it standing and share what it gives?"
        ),
        openness="Members only · joining by request",
        tools=["exchange", "stories", "wiki", "webinars"],
        state="active",
        member_count=31,
    )
    return {
        "space": space,
        "membership": SimpleNamespace(role="facilitator"),
        "groups": groups,
        "people": [
            SamplePerson(name)
            for name in (
                "Esi Owusu",
                "Kwabena Boateng",
                "Abena Asante",
                "Jörg Weiß",
                "আমিনা বেগম",
                "Li",
                "Nana Yaw Mensah",
                "Fatou Diop",
            )
        ],
        "moments": [
            now - timedelta(seconds=20),
            now - timedelta(hours=3),
            now - timedelta(days=1),
            now - timedelta(days=40),
            now + timedelta(days=16),
        ],
        "later": now + timedelta(days=3),
        "page": Paginator(range(70), 10).get_page(3),
        "tabs": [("All", "?all", True, 12), ("Unanswered", "?open", False, 3)],
        "crumbs": [("Wiki", "?wiki"), ("Fire belts", "?page"), ("History", "")],
        "steps": [
            ("Concern", "?1"),
            ("Groups", "?2"),
            ("Openness", "?3"),
            ("Tools", ""),
            ("First people", ""),
        ],
        "icon_names": sorted(icon_names() - {"mark"}),
        "facts": [("Place", "Sunyani"), ("Coming", "11 people, 4 groups")],
        "form": SampleForm(),
        "wrong": SampleForm({"title": "", "visibility": "x"}, auto_id="wrong_%s"),
    }
