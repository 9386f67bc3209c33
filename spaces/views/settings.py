"""A space's settings: words, openness, groups, questions, tools, rules, state."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from spaces.actions import groups as group_actions
from spaces.actions import settings as setting_actions
from spaces.actions.openness import change_openness, openness_effects
from spaces.actions.refusals import Refused
from spaces.actions.states import MEANINGS, change_state
from spaces.entry import enter
from spaces.forms import settings as forms
from spaces.models import Space
from spaces.permissions import can_facilitate_space


def _enter(request, slug):
    """The space, for its facilitators."""
    space = enter(request, slug)
    if not can_facilitate_space(request.user, space):
        raise PermissionDenied(
            _("Settings are for the facilitators of %(space)s.") % {"space": space.name}
        )
    return space


def _context(request, space, section, **more):
    return {
        "space": space,
        "membership": space.membership_of(request.user),
        "section": section,
        **more,
    }


def _answer(request, template, context, form):
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, context, status=status)


def _saved(request, space, view):
    messages.success(request, _("Saved."))
    return redirect(f"spaces:{view}", space=space.slug)


def space_settings(request, space):
    """Name, concern, description, welcome, language, zone."""
    space = _enter(request, space)
    # A model form writes into its instance while it looks; the page's own stays whole.
    instance = Space.objects.get(pk=space.pk)
    form = forms.AboutForm(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid():
        setting_actions.change_about(space, by=request.user, **form.cleaned_data)
        return _saved(request, space, "space_settings")
    context = _context(request, space, "about", form=form)
    return _answer(request, "spaces/space_settings.html", context, form)


def space_openness(request, space):
    """Who sees and joins: first what a change means, then the change."""
    space = _enter(request, space)
    form = forms.OpennessChangeForm(
        request.POST or None,
        initial={"visibility": space.visibility, "join_policy": space.join_policy},
    )
    context = _context(request, space, "openness", form=form)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if request.POST.get("step") == "change":
            change_openness(space, by=request.user, **values)
            return _saved(request, space, "space_openness")
        reason = values.pop("reason")
        context |= {
            "effects": openness_effects(space, **values),
            "reason": reason,
            "wanted": Space(**values),
        }
        return render(request, "spaces/space_openness_confirm.html", context)
    return _answer(request, "spaces/space_openness.html", context, form)


def space_state(request, space):
    """Rest, wake, archive, restore."""
    space = _enter(request, space)
    form = forms.StateForm(request.POST or None, initial={"state": space.state})
    form.fields["state"].explanations = MEANINGS
    if request.method == "POST" and form.is_valid():
        change_state(space, by=request.user, **form.cleaned_data)
        return _saved(request, space, "space_state")
    context = _context(request, space, "state", form=form)
    return _answer(request, "spaces/space_state.html", context, form)


def space_tools(request, space):
    """Which few tools are on."""
    space = _enter(request, space)
    form = forms.ToolsForm(request.POST or None, initial={"tools": space.tools})
    if request.method == "POST" and form.is_valid():
        setting_actions.change_tools(space, by=request.user, **form.cleaned_data)
        return _saved(request, space, "space_tools")
    context = _context(request, space, "tools", form=form)
    return _answer(request, "spaces/space_tools.html", context, form)


def space_rules(request, space):
    """House rules."""
    space = _enter(request, space)
    instance = Space.objects.get(pk=space.pk)
    form = forms.RulesForm(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid():
        setting_actions.change_house_rules(space, by=request.user, **form.cleaned_data)
        return _saved(request, space, "space_rules")
    context = _context(request, space, "rules", form=form)
    return _answer(request, "spaces/space_rules.html", context, form)


def space_digest(request, space):
    """The digest that newcomers get, and a proposal to the others."""
    space = _enter(request, space)
    instance = Space.objects.get(pk=space.pk)
    form = forms.DigestForm(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid():
        setting_actions.change_digest_default(
            space,
            by=request.user,
            frequency=form.cleaned_data["digest_default"],
            propose=form.cleaned_data["propose"],
        )
        return _saved(request, space, "space_digest")
    chosen = dict(
        space.memberships.active()
        .order_by()
        .values_list("digest")
        .annotate(number=Count("*"))
    )
    rows = [(label, chosen.get(value, 0)) for value, label in Space.Frequency.choices]
    context = _context(request, space, "digest", form=form, rows=rows)
    return _answer(request, "spaces/space_digest.html", context, form)


def space_groups(request, space):
    """Stakeholder groups, and adding one."""
    space = _enter(request, space)
    form = forms.GroupForm(request.POST or None, space=space)
    if request.method == "POST" and form.is_valid():
        try:
            group_actions.add_group(
                space, by=request.user, name=form.cleaned_data["name"]
            )
            return _saved(request, space, "space_groups")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    groups = space.groups.annotate(
        size=Count("memberships", filter=Q(memberships__status="active"))
    )
    context = _context(request, space, "groups", form=form, groups=list(groups))
    return _answer(request, "spaces/space_groups.html", context, form)


def space_group_edit(request, space, pk):
    """Rename a group or give it another shape."""
    space = _enter(request, space)
    group = _child(space.groups, pk)
    form = forms.GroupForm(request.POST or None, instance=group, space=space)
    if request.method == "POST" and form.is_valid():
        palette = form.cleaned_data["palette"]
        group_actions.change_group(
            group,
            by=request.user,
            name=form.cleaned_data["name"],
            palette=0 if palette in ("", None) else palette,
        )
        return _saved(request, space, "space_groups")
    context = _context(request, space, "groups", form=form, group=group)
    return _answer(request, "spaces/space_group_edit.html", context, form)


@require_POST
def space_group_move(request, space, pk):
    """One place up or down."""
    space = _enter(request, space)
    group = _child(space.groups, pk)
    group_actions.move_group(group, by=request.user, up=request.POST.get("to") == "up")
    return redirect("spaces:space_groups", space=space.slug)


def space_group_remove(request, space, pk):
    """What removing a group means; then where its people go."""
    space = _enter(request, space)
    group = _child(space.groups, pk)
    form = forms.MergeForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        try:
            group_actions.remove_group(group, by=request.user, **form.cleaned_data)
            return _saved(request, space, "space_groups")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = _context(
        request,
        space,
        "groups",
        form=form,
        group=group,
        people=group.memberships.filter(status="active").count(),
        addressed=group_actions.addressed_to(group),
    )
    return _answer(request, "spaces/space_group_remove.html", context, form)


def space_questions(request, space):
    """Questions for those who ask to join."""
    space = _enter(request, space)
    form = forms.QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            setting_actions.add_question(space, by=request.user, **form.cleaned_data)
            return _saved(request, space, "space_questions")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    questions = list(space.join_questions.all())
    context = _context(request, space, "questions", form=form, questions=questions)
    return _answer(request, "spaces/space_questions.html", context, form)


def space_question_edit(request, space, pk):
    """Word a question anew, or remove it."""
    space = _enter(request, space)
    question = _child(space.join_questions, pk)
    if request.method == "POST" and request.POST.get("do") == "remove":
        setting_actions.remove_question(question, by=request.user)
        messages.success(request, _("The question is gone."))
        return redirect("spaces:space_questions", space=space.slug)
    form = forms.QuestionForm(request.POST or None, instance=question)
    if request.method == "POST" and form.is_valid():
        setting_actions.change_question(question, by=request.user, **form.cleaned_data)
        return _saved(request, space, "space_questions")
    context = _context(request, space, "questions", form=form, question=question)
    return _answer(request, "spaces/space_question_edit.html", context, form)


def _child(related, pk):
    """A row of this very space. The facilitator's right was asked before."""
    found = related.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
