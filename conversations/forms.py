"""What people type into a conversation."""

import uuid
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import LONGEST_ADDRESS
from conversations.models import GuestPass, Message
from conversations.permissions import writes_by_pass
from files.forms import PhotoForm
from markup.limits import MESSAGE_CAP
from spaces.models import Audience, Authored
from spaces.permissions import people_typed_for

MOST_PASSES_A_DAY = 50


class WordsField(forms.CharField):
    """A message's text. Too long is refused with words; nothing is cut off.

    No ``maxlength`` on the box: a browser would cut a pasted text without a word.
    """

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3, "dir": "auto"}))
        kwargs.setdefault("max_length", MESSAGE_CAP)
        super().__init__(**kwargs)
        self.error_messages["required"] = _("Write a few words first.")
        self.error_messages["max_length"] = _(
            "This is longer than %(limit_value)d characters (it has %(show_value)d). "
            "Shorten it, or send it in two parts."
        )

    def to_python(self, value):
        """Line ends count as one sign, as the person counted them."""
        return super().to_python((value or "").replace("\r\n", "\n"))

    def widget_attrs(self, widget):
        """As any field's, but see above."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        attrs.pop("minlength", None)
        return attrs


def suggest_in(field, space):
    """Let a box offer members and hashtags of the space while somebody types."""
    address = reverse("conversations:suggestion_list", kwargs={"space": space.slug})
    field.widget.attrs["data-suggest"] = address


def talk_field():
    """The kind of talk, as chips; the last one says nothing."""
    return forms.ChoiceField(
        label=_("Kind of talk"),
        choices=[*Message.Talk.choices, ("", _("Just talk"))],
        widget=forms.RadioSelect,
        required=False,
    )


class LettersForm(forms.Form):
    """Behind a letter about one conversation: less before none."""

    level = forms.ChoiceField(
        label=_("How much of it?"),
        choices=[
            ("mentions", _("Only when somebody names me here")),
            ("nothing", _("Nothing of this conversation")),
            ("concerned", _("As I chose for the whole space")),
            ("everything", _("Every answer")),
        ],
        widget=forms.RadioSelect,
    )


class AnnouncementForm(forms.Form):
    """What a facilitator tells everybody."""

    title = forms.CharField(
        label=_("Title"),
        max_length=100,
        help_text=_("It is the subject of the letters and the first line of the post."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    text = WordsField(
        label=_("Text"),
        help_text=_("As in the exchange: links, lists, @names and #hashtags work."),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    # The same form pressed twice sends once.
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def words(self):
        """Title and text."""
        return {name: self.cleaned_data[name] for name in ("title", "text")}


def linker_fields(user, space):
    """For linkers, and for nobody else: whose words these are, and how they came."""
    membership = space.membership_of(user)
    if membership is None or not membership.is_linker:
        return {}
    people = people_typed_for(user, space)
    if not people.exists():
        return {}
    return {
        "author": forms.ModelChoiceField(
            people,
            label=_("Whose words are these?"),
            empty_label=_("Mine"),
            required=False,
        ),
        "came_by": forms.ChoiceField(
            label=_("How did they reach you?"),
            choices=[
                (Authored.CameBy.VOICE, _("spoken, or by phone")),
                (Authored.CameBy.PAPER, _("on paper")),
                (Authored.CameBy.SMS, _("by SMS")),
            ],
            required=False,
        ),
    }


class WritingForm(PhotoForm):
    """What a post and an answer share. Guests write words only.

    Args:
        user: who writes.
        space: where.
    """

    body = WordsField(label=_("Your words"))
    talk = talk_field()
    # Made when the form is drawn: sending it twice makes one message.
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    field_order = ["body", "talk"]

    def __init__(self, *args, user, space, is_guest=False, **kwargs):
        kwargs.setdefault("initial", {}).setdefault("client_id", uuid.uuid4())
        super().__init__(*args, **kwargs)
        if not is_guest:
            self.fields |= linker_fields(user, space)
        if is_guest:
            del self.fields["photo"], self.fields["alt"], self.fields["kept_photo"]
        else:
            suggest_in(self.fields["body"], space)

    def clean_client_id(self):
        """A form without one (an old page, a script) is a new message."""
        return self.cleaned_data["client_id"] or uuid.uuid4()

    @property
    def photo_has_errors(self):
        """Whether the folded part must stand open."""
        if not self.is_bound:
            return False
        return self.kept is not None or bool({"photo", "alt"} & set(self.errors))

    def words(self):
        """The clean values, as ``post_message`` takes them (without the photo)."""
        values = self.cleaned_data
        author = values.get("author")
        return {
            "body": values["body"],
            "talk": values["talk"],
            "client_id": values["client_id"],
            "author": author,
            "came_by": (values.get("came_by") or Authored.CameBy.VOICE)
            if author
            else Authored.CameBy.WEB,
        }


class PostForm(WritingForm):
    """A new post of the exchange."""

    audience = forms.ChoiceField(label=_("Who will see this"), widget=forms.RadioSelect)

    field_order = ["audience", "body", "talk"]

    def __init__(self, *args, user, space, **kwargs):
        group = getattr(space.membership_of(user), "group", None)
        self.group = group
        choices = audience_choices(space, group)
        kwargs.setdefault("initial", {}).setdefault("audience", choices[0][0])
        super().__init__(*args, user=user, space=space, **kwargs)
        self.fields["audience"].choices = choices

    def audience_values(self):
        """``audience`` and ``audience_group``, as an ``Item`` has them."""
        audience = self.cleaned_data["audience"]
        return {
            "audience": audience,
            "audience_group": self.group if audience == Audience.GROUP else None,
        }


def audience_choices(space, group):
    """Who may be meant, in words; the widest usual one first.

    Args:
        space: where.
        group: the writer's stakeholder group, or None.
    """
    members = (
        Audience.MEMBERS,
        _("Members of %(space)s") % {"space": space.name},
    )
    choices = [members]
    if space.is_open:
        choices.insert(0, (Audience.PUBLIC, _("Anyone on the internet")))
    if group is not None:
        only = _("Only %(group)s of this space") % {"group": group.name}
        choices.append((Audience.GROUP, only))
    return choices


class AudienceForm(forms.Form):
    """Moving a post to other readers."""

    audience = forms.ChoiceField(label=_("Who will see this"), widget=forms.RadioSelect)

    def __init__(self, *args, space, group, **kwargs):
        super().__init__(*args, **kwargs)
        self.group = group
        self.fields["audience"].choices = audience_choices(space, group)

    def values(self):
        """``audience`` and ``audience_group``, as an ``Item`` has them."""
        audience = self.cleaned_data["audience"]
        return {
            "audience": audience,
            "audience_group": self.group if audience == Audience.GROUP else None,
        }


class ReplyForm(WritingForm):
    """An answer in a thread.

    Args:
        thread: the ``Thread``.
        user: who writes; a guest with a pass too.
        after: the newest message on the page the form stands on; 0 on another page.
        answers: the message that is answered.
    """

    answers = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2**62
    )
    after = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=2**62
    )

    def __init__(self, *args, thread, user, after=0, answers=None, **kwargs):
        initial = kwargs.setdefault("initial", {})
        initial.setdefault("after", after)
        initial.setdefault("answers", answers)
        is_guest = writes_by_pass(user, thread)
        super().__init__(
            *args, user=user, space=thread.space, is_guest=is_guest, **kwargs
        )
        self.thread = thread
        self.is_guest = is_guest

    def clean_answers(self):
        """The ``Message`` that is answered; None where it has gone meanwhile."""
        number = self.cleaned_data["answers"]
        return number and self.thread.messages.shown().filter(pk=number).first()

    def clean_after(self):
        """0 when the page was not the last one."""
        return self.cleaned_data["after"] or 0


class EditForm(forms.Form):
    """Changing one's own words."""

    body = WordsField(
        label=_("Your words"), widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"})
    )
    talk = talk_field()

    def __init__(self, *args, space, **kwargs):
        super().__init__(*args, **kwargs)
        suggest_in(self.fields["body"], space)


class HideForm(forms.Form):
    """Why a message is hidden."""

    reason = forms.CharField(
        label=_("Why"),
        help_text=_("Its author and the stewards read this. It goes on the record."),
        max_length=300,
        error_messages={"required": _("Give the reason in a few words.")},
    )


class GuestPassForm(forms.Form):
    """Asking an outsider into one conversation."""

    name = forms.CharField(label=_("Guest’s name"), max_length=80)
    address = forms.EmailField(
        label=_("Guest’s e-mail address"),
        max_length=LONGEST_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    stands_for = forms.CharField(
        label=_("Whose view does this guest bring?"),
        help_text=_("For example: charcoal traders of the lower market."),
        max_length=160,
        required=False,
    )
    message = forms.CharField(
        label=_("Personal words for the letter"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        max_length=2000,
        required=False,
    )
    days = forms.TypedChoiceField(
        label=_("The pass lasts"),
        choices=[
            (3, _("3 days")),
            (7, _("1 week")),
            (14, _("2 weeks")),
            (30, _("1 month")),
            (90, _("3 months")),
        ],
        coerce=int,
        initial=14,
    )
    may_write = forms.BooleanField(
        label=_("The guest may answer"), required=False, initial=True
    )

    def __init__(self, *args, thread, **kwargs):
        super().__init__(*args, **kwargs)
        self.thread = thread

    def clean(self):
        """Letters to strangers in a stranger's words are not for sending en masse."""
        since = timezone.now() - timedelta(days=1)
        lately = GuestPass.objects.filter(
            thread__space=self.thread.space_id, created__gte=since
        )
        if lately.count() >= MOST_PASSES_A_DAY:
            raise ValidationError(
                _("This space has asked %(most)d guests in today. Ask more tomorrow.")
                % {"most": MOST_PASSES_A_DAY},
                code="too_many",
            )
        return super().clean()

    def clean_address(self):
        """A member needs no pass."""
        address = self.cleaned_data["address"].strip().lower()
        if (
            self.thread.space.memberships.active()
            .filter(person__email__iexact=address)
            .exists()
        ):
            raise ValidationError(
                _("This is the address of a member, who can read this already."),
                code="member",
            )
        return address
