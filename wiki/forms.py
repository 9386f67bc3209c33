"""Writing a page, resolving a conflict, moving and deleting."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conversations.forms import audience_choices
from markup.limits import TextTooLong, check_length, clean
from markup.merging import Own
from spaces.models import Audience
from wiki.models import Page
from wiki.permissions import can_change_page_audience, can_protect_page
from wiki.titles import check_title, tidy_title

MOST_SUGGESTED = 200


class UncutField(forms.CharField):
    """Text that a browser must not cut: too much is refused in words, and kept."""

    def widget_attrs(self, widget):
        """As any field's, without ``maxlength``."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class TitleField(UncutField):
    """A page's title, tidied and checked (wiki/titles.py)."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", gettext_lazy("Title"))
        kwargs.setdefault("widget", forms.TextInput(attrs={"dir": "auto"}))
        super().__init__(**kwargs)
        self.error_messages["required"] = gettext_lazy("Give the page a title.")

    def clean(self, value):
        """Tidy, then check."""
        title = tidy_title(super().clean(value))
        check_title(title)
        return title


class ParentField(UncutField):
    """The page above, by its title; ``place_form`` fills in where to look."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", gettext_lazy("Belongs under"))
        kwargs.setdefault("required", False)
        kwargs.setdefault(
            "help_text",
            gettext_lazy("The title of another page. Empty: it stands by itself."),
        )
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={"list": "wiki-titles", "autocomplete": "off", "dir": "auto"}
            ),
        )
        super().__init__(**kwargs)


def find_parent(title, *, user, space, besides=None):
    """The page of this title that the writer may see.

    Args:
        title: as typed.
        user: who looks.
        space: where.
        besides: the page that is moved; it cannot stand under itself.

    Returns:
        a ``Page``, or None for an empty title.

    Raises:
        ValidationError: there is none.
    """
    if not title.strip():
        return None
    found = Page.objects.visible_in(space, user)
    membership = space.membership_of(user)
    group = membership.group if membership else None
    for audience_group in {group, None}:
        page = found.titled(title, audience_group=audience_group).first()
        if page is not None and page.pk != getattr(besides, "pk", None):
            return page
    if besides is not None and found.titled(title).filter(pk=besides.pk).exists():
        raise ValidationError(_("A page cannot belong under itself."))
    raise ValidationError(
        _("There is no page called “%(title)s”. Write its title as it stands.")
        % {"title": tidy_title(title)[:80]}
    )


def taken_words(page):
    """Why a title cannot be had, with the way to the page that has it."""
    return format_html(
        _(
            'There is a page called <a href="{}">{}</a> already. '
            "Add to it, or choose another title."
        ),
        page.get_absolute_url(),
        page.title,
    )


class PageForm(forms.Form):
    """One page: a new one, or a new version of ``page``.

    Fields with a hidden initial value are written only where *this* person changed
    them, so two people who save at once do not undo each other's title or place.
    """

    title = TitleField()
    body = UncutField(
        label=gettext_lazy("Text"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 22, "dir": "auto"}),
        error_messages={
            "required": gettext_lazy("Write at least a sentence."),
        },
    )
    summary = UncutField(
        label=gettext_lazy("What did you change?"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=gettext_lazy("In a few words, for those who read the history."),
    )
    is_minor = forms.BooleanField(
        label=gettext_lazy("Small change"),
        required=False,
        help_text=gettext_lazy("A spelling, a link: nobody is told of it."),
    )
    parent = ParentField()
    audience = forms.ChoiceField(
        label=gettext_lazy("Who may read it"), widget=forms.RadioSelect
    )
    protection = forms.ChoiceField(
        label=gettext_lazy("Who edits it"),
        choices=Page.Protection.choices,
        widget=forms.RadioSelect,
    )
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    section = forms.CharField(widget=forms.HiddenInput, required=False)
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    KEPT = ("title", "parent", "audience", "protection")

    def __init__(self, *args, space, user, page=None, section=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.space, self.user, self.page, self.section = space, user, page, section
        membership = space.membership_of(user)
        self.group = (page and page.audience_group) or getattr(
            membership, "group", None
        )
        choices = audience_choices(space, self.group)
        if page is not None and page.audience not in dict(choices):
            choices.insert(0, (page.audience, page.get_audience_display()))
        self.fields["audience"].choices = choices
        if page is None:
            self.fields["client_id"].initial = uuid.uuid4
            self.fields["summary"].widget = forms.HiddenInput()
            for name in ("is_minor", "protection", "base", "section"):
                del self.fields[name]
            return
        del self.fields["client_id"]
        if section is not None:
            # One section: its words, and what was changed. All else stays as it is.
            for name in self.KEPT:
                del self.fields[name]
            self.fields["body"].label = _("Text of this section")
            self.fields["body"].required = False
            return
        del self.fields["section"]
        if not can_change_page_audience(user, page):
            del self.fields["audience"]
        if not can_protect_page(user, page):
            del self.fields["protection"]
        for name in self.KEPT:
            if name in self.fields:
                self.fields[name].show_hidden_initial = True

    @property
    def hidden_initials(self):
        """What the form was drawn with, to be drawn beside its fields."""
        return format_html_join(
            "",
            "{}",
            (
                (self[name].as_hidden(only_initial=True),)
                for name in self.KEPT
                if name in self.fields and self.fields[name].show_hidden_initial
            ),
        )

    def clean_body(self):
        """One kind of line ends; too long is refused before it is parsed."""
        body = clean(self.cleaned_data["body"])
        try:
            check_length(body, "page")
        except TextTooLong as error:
            raise ValidationError(
                _("%(words)s Perhaps it is two pages?") % {"words": error}
            ) from error
        if not body.strip() and self.section is None:
            raise ValidationError(_("Write at least a sentence."))
        return body

    def clean_summary(self):
        """The name of the section alone, where nothing was written behind it."""
        return self.cleaned_data["summary"].removesuffix(":").rstrip()

    def clean_parent(self):
        """A page by its title."""
        return find_parent(
            self.cleaned_data["parent"],
            user=self.user,
            space=self.space,
            besides=self.page,
        )

    def clean(self):
        cleaned = super().clean()
        audience_group = self.readers.get("audience_group")
        if self.page is None and cleaned.get("title"):
            taken = (
                Page.objects.in_space(self.space)
                .titled(cleaned["title"], audience_group=audience_group)
                .first()
            )
            if taken is not None and taken.client_id != cleaned.get("client_id"):
                taken.space = self.space
                self.add_error("title", taken_words(taken))
        return cleaned

    @property
    def readers(self):
        """``audience`` and ``audience_group`` as chosen (or as they are)."""
        audience = self.cleaned_data.get("audience")
        if audience is None:
            if self.page is None:
                return {"audience": Audience.MEMBERS, "audience_group": None}
            return {
                "audience": self.page.audience,
                "audience_group": self.page.audience_group,
            }
        return {
            "audience": audience,
            "audience_group": self.group if audience == Audience.GROUP else None,
        }

    @property
    def new_title(self):
        """The title, where this person changed it; else None."""
        return self.cleaned_data["title"] if "title" in self.changed_data else None

    @property
    def settings(self):
        """What this person changed beside the words, for ``save_page``."""
        settings = {
            name: self.cleaned_data[name]
            for name in ("parent", "protection")
            if name in self.fields and name in self.changed_data
        }
        if "audience" in self.fields and "audience" in self.changed_data:
            settings |= self.readers
        return settings


class CollisionForm(forms.Form):
    """One field pair per collision: which words stand, and words of one's own."""

    def __init__(self, *args, collisions, **kwargs):
        super().__init__(*args, **kwargs)
        self.number = len(collisions)
        for place, part in enumerate(collisions):
            self.fields[f"choice_{place}"] = forms.ChoiceField(
                label=_("Place %(number)d: what shall stand here?")
                % {"number": place + 1},
                choices=[
                    ("mine", _("My words")),
                    ("theirs", _("Their words")),
                    ("both", _("Both, mine first")),
                    ("own", _("What I write below")),
                ],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose what shall stand here.")},
            )
            self.fields[f"own_{place}"] = UncutField(
                label=_("In words of your own"),
                strip=False,
                required=False,
                initial=part.mine,
                widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            )

    def pairs(self):
        """(choice field, own-words field) of each collision, in order."""
        return [
            (self[f"choice_{place}"], self[f"own_{place}"])
            for place in range(self.number)
        ]

    def decided(self):
        """What ``markup.merging.resolve`` takes: a choice for each, in order."""
        answers = [
            (self.cleaned_data[f"choice_{place}"], self.cleaned_data[f"own_{place}"])
            for place in range(self.number)
        ]
        return [
            Own(clean(own)) if choice == "own" else choice for choice, own in answers
        ]


class MoveForm(forms.Form):
    """Another title, another place."""

    title = TitleField(
        help_text=gettext_lazy(
            "The old address leads on, and links to the old title keep working."
        )
    )
    parent = ParentField()

    def __init__(self, *args, page, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.page, self.user = page, user
        for field in self.fields.values():
            field.show_hidden_initial = True

    @property
    def hidden_initials(self):
        """What the form was drawn with."""
        return format_html_join(
            "",
            "{}",
            ((self[name].as_hidden(only_initial=True),) for name in self.fields),
        )

    def clean_parent(self):
        """A page by its title."""
        return find_parent(
            self.cleaned_data["parent"],
            user=self.user,
            space=self.page.space,
            besides=self.page,
        )


class DeleteForm(forms.Form):
    """Why a page goes; shown where it was."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("Shown where the page was, and on the record."),
    )
