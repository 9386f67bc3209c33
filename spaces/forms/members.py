"""Forms about members: finding them, one's own settings, roles, endings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from spaces.forms.fields import ReasonField
from spaces.forms.inviting import ROLES
from spaces.models import Membership

Role = Membership.Role


class MemberSearchForm(forms.Form):
    """Finding somebody in the directory."""

    q = forms.CharField(
        label=_("Name, organisation, or what they can help with"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    language = forms.ChoiceField(label=_("Speaks"), required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[("", _("All roles")), *Role.choices, ("linker", _("Linkers"))],
    )

    def __init__(self, *args, groups, languages, **kwargs):
        super().__init__(*args, **kwargs)
        if groups:
            self.fields["group"] = forms.TypedChoiceField(
                label=_("Group"),
                required=False,
                coerce=int,
                choices=[
                    ("", _("All groups")),
                    *[(group.pk, group.name) for group in groups],
                ],
            )
        if languages:
            self.fields["language"].choices = [
                ("", _("All languages")),
                *[(language, language) for language in languages],
            ]
        else:
            del self.fields["language"]

    def narrow(self, members):
        """The members that were asked for; an unknown choice is passed over."""
        self.is_valid()
        values = self.cleaned_data
        members = members.matching(values.get("q") or "")
        if group := values.get("group"):
            members = members.filter(group=group)
        if language := values.get("language"):
            members = members.filter(person__languages__contains=[language])
        if role := values.get("role"):
            members = members.filter(
                **({"is_linker": True} if role == "linker" else {"role": role})
            )
        return members

    @property
    def is_narrowing(self):
        """Whether anything was asked for."""
        return any(self.cleaned_data.values())


class ReasonForm(forms.Form):
    """Why: told to the person and kept on the record."""

    reason = ReasonField()

    def __init__(self, *args, is_required=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_required


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(
        label=_("Role"), choices=Role.choices, widget=forms.RadioSelect
    )
    is_linker = forms.BooleanField(
        label=_("Linker"),
        required=False,
        help_text=_("May register and type for people who have no account."),
    )
    reason = ReasonField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].explanations = ROLES


class HandoverForm(forms.Form):
    """A successor, and what I am afterwards."""

    successor = forms.ModelChoiceField(
        Membership.objects.none(),
        label=_("Who takes over?"),
        empty_label=_("Choose somebody"),
    )
    own_role = forms.ChoiceField(
        label=_("And I become"),
        choices=[(Role.STEWARD, _("Steward")), (Role.MEMBER, _("Member"))],
        widget=forms.RadioSelect,
        initial=Role.MEMBER,
    )
    reason = ReasonField(required=False)

    def __init__(self, *args, space, by, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["successor"]
        field.queryset = (
            Membership.objects.active()
            .filter(space=space, person__email__isnull=False)
            .exclude(person=by)
            .with_person()
            .by_name()
        )
        field.label_from_instance = _name_and_group
        self.fields["own_role"].explanations = ROLES


def _name_and_group(membership):
    if membership.group is None:
        return str(membership.person)
    return f"{membership.person} · {membership.group}"


class LeaveForm(forms.Form):
    """One tick, so that nobody leaves by a slip."""

    is_sure = forms.BooleanField(label=_("Yes, I want to leave this space."))
