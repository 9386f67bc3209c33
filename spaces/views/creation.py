"""The creation wizard: seven short steps, in any order, nothing lost.

Each step is kept on the server as it was typed, right or wrong, so back, reload, a
second tab and a closed browser lose nothing. Only the last step looks whether all is
well.
"""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.models import User
from markup.rendering import excerpt
from spaces.actions.creating import discard_draft, finish_draft, save_draft
from spaces.entry import enter, find
from spaces.forms.creation import (
    ConcernForm,
    GroupsForm,
    OpennessForm,
    PeopleForm,
    RulesForm,
    ToolsForm,
    starting_rules,
)
from spaces.models import Space, SpaceDraft
from spaces.permissions import can_create_space, can_facilitate_space

STEPS = {
    "concern": gettext_lazy("Concern"),
    "groups": gettext_lazy("Groups"),
    "openness": gettext_lazy("Openness"),
    "tools": gettext_lazy("Tools"),
    "people": gettext_lazy("People"),
    "rules": gettext_lazy("House rules"),
    "review": gettext_lazy("Look over"),
}
FORMS = {
    "concern": ConcernForm,
    "groups": GroupsForm,
    "openness": OpennessForm,
    "tools": ToolsForm,
    "people": PeopleForm,
    "rules": RulesForm,
}
_SUMMED_UP = [
    ("concern", "name"),
    ("concern", "concern"),
    ("openness", "visibility"),
    ("openness", "join_policy"),
    ("tools", "tools"),
]
# As much as a step may keep; far above what its fields allow.
MOST_LETTERS = 60_000


def space_create(request):
    """Begin: the name and the concern, or go on with a draft."""
    if not can_create_space(request.user):
        admins = User.objects.filter(is_staff=True, is_active=True).order_by("name")
        context = {"admins": admins[:5]}
        return render(request, "spaces/space_create_closed.html", context, status=403)
    if request.method == "POST":
        draft = _save(request, _key(request.POST.get("key")), "concern")
        return _after_save(request, draft, "concern")
    drafts = SpaceDraft.objects.visible_to(request.user).unfinished().newest_first()
    form = ConcernForm(initial=_starting_values(request.user)["concern"])
    return _draw(
        request, SpaceDraft(key=uuid.uuid4()), "concern", form, drafts=drafts[:5]
    )


def space_draft_edit(request, key, step):
    """One step of a draft."""
    if step not in FORMS:
        raise Http404
    draft = find(request, SpaceDraft.objects, key=key)
    if draft.space_id:
        return redirect("spaces:space_begin", space=draft.space.slug)
    if request.method == "POST":
        draft = _save(request, key, step)
        return _after_save(request, draft, step)
    return _draw(request, draft, step, _form(draft, step, request.user))


@require_POST
def space_draft_save(request, key, step):
    """Keep what is being typed, without a word."""
    if step not in FORMS or not can_create_space(request.user):
        raise Http404
    _save(request, key, step)
    return HttpResponse(status=204)


def space_draft_review(request, key):
    """Everything in one look; then the space is made, once."""
    draft = find(request, SpaceDraft.objects, key=key)
    if draft.space_id:
        return redirect("spaces:space_begin", space=draft.space.slug)
    forms = {step: _bound(draft, step, request.user) for step in FORMS}
    wrong = [step for step, form in forms.items() if not form.is_valid()]
    if request.method == "POST" and not wrong:
        space, is_new = finish_draft(draft, by=request.user, **_fields(forms))
        if is_new:
            messages.success(request, _("Your space is made. Welcome inside."))
        return redirect("spaces:space_begin", space=space.slug)
    context = {
        "draft": draft,
        "forms": forms,
        "wrong": [(STEPS[step], _url(draft, step)) for step in wrong],
        "steps": _steps(draft),
        "current": len(STEPS),
        "rows": [(STEPS[step], step, _url(draft, step)) for step in FORMS],
        "groups": _preview_groups(forms["groups"]),
        "listed": forms["people"].listed,
        "chosen": {
            name: forms[step].cleaned_data.get(name, "") for step, name in _SUMMED_UP
        },
        "rules": excerpt(forms["rules"].cleaned_data.get("house_rules", ""), words=24),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "spaces/space_draft_review.html", context, status=status)


@require_POST
def space_draft_delete(request, key):
    """Throw a draft away."""
    draft = find(request, SpaceDraft.objects.unfinished(), key=key)
    discard_draft(draft, by=request.user)
    messages.success(request, _("The draft is gone."))
    return redirect("joining:space_create")


def space_begin(request, space):
    """The first things to do in a new space."""
    space = enter(request, space)
    if not can_facilitate_space(request.user, space):
        return redirect(space)
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "gathering": space.gatherings.first(),
        "invited": space.invitations.count(),
    }
    return render(request, "spaces/space_begin.html", context)


def _key(typed):
    try:
        return uuid.UUID(typed)
    except (TypeError, ValueError, AttributeError):
        return uuid.uuid4()


def _save(request, key, step):
    """Keep the step as typed; a form of another browser's person starts anew."""
    form = FORMS[step]
    names = list(form.base_fields)
    answers = {
        name: [value[:MOST_LETTERS] for value in request.POST.getlist(name)][:50]
        for name in names
    }
    if step == "people" and (table := request.FILES.get("table")):
        answers["people"] = [_with_table(request, answers, table)]
    answers = {
        name: [value.replace("\0", "") for value in values]
        for name, values in answers.items()
    }
    # Boxes that nobody ticked are not sent; an empty list says that they were seen.
    draft = save_draft(key, by=request.user, step=step, answers=answers)
    if draft is None:
        draft = save_draft(uuid.uuid4(), by=request.user, step=step, answers=answers)
    return draft


def _with_table(request, answers, table):
    """A file's lines join the typed ones, so that both are kept and can be mended."""
    typed = "".join(answers.get("people", []))
    form = PeopleForm({"people": ""}, {"table": table})
    form.is_valid()
    lines = form.cleaned_data.get("table", "")
    if not lines:
        why = " ".join(form.errors.get("table", [])) or _("The file is empty.")
        messages.error(request, why)
        return typed
    return f"{typed.rstrip()}\n{lines.strip()}".strip()[:40_000]


def _after_save(request, draft, step):
    """Go where the pressed button leads; stay only when "Next" finds a fault."""
    if draft.space_id:
        return redirect("spaces:space_begin", space=draft.space.slug)
    go = request.POST.get("go", "next")
    order = list(STEPS)
    here = order.index(step)
    if go in STEPS:
        return redirect(_url(draft, go))
    if go == "back":
        return redirect(_url(draft, order[max(here - 1, 0)]))
    form = _bound(draft, step, request.user)
    is_right = form.is_valid()
    wrong_lines = step == "people" and form.listed and form.listed.wrong
    if go == "stay" and is_right or wrong_lines and go != "anyway":
        return _draw(request, draft, step, form, status=422 if wrong_lines else 200)
    if not is_right:
        return _draw(request, draft, step, form, status=422)
    return redirect(_url(draft, order[here + 1]))


def _draw(request, draft, step, form, *, drafts=(), status=200):
    order = list(STEPS)
    is_new = draft._state.adding
    context = {
        "draft": draft,
        "drafts": [(each, _url(each, "review")) for each in drafts],
        "step": step,
        "form": form,
        "is_new": is_new,
        "steps": [] if is_new else _steps(draft),
        "step_names": [
            (name, label, number)
            for number, (name, label) in enumerate(STEPS.items(), 1)
        ],
        "current": order.index(step) + 1,
        "keep_as": f"space-draft-{draft.key}-{step}",
        "keep_url": "" if is_new else draft.keep_url(step),
        "number_of_steps": len(order),
        "groups": _preview_groups(form) if step == "groups" else [],
        "listed": getattr(form, "listed", None),
    }
    return render(request, "spaces/space_draft_edit.html", context, status=status)


def _steps(draft):
    return [(label, _url(draft, step)) for step, label in STEPS.items()]


def _url(draft, step):
    if step == "review":
        return draft.review_url
    return draft.step_url(step)


def _starting_values(user):
    """What a step holds before anybody has touched it."""
    return {
        "concern": {"language": user.language, "time_zone": user.time_zone},
        "groups": {},
        "openness": {"visibility": "listed", "join_policy": "request"},
        "tools": {"tools": list(Space.Tool.values)},
        "people": {},
        "rules": {"house_rules": starting_rules()},
    }


def _form(draft, step, user):
    """The step's form as it was left; faults are told only once it was answered."""
    if step in draft.answers:
        form = _bound(draft, step, user)
        form.is_valid()
        return form
    return FORMS[step](initial=_starting_values(user)[step], **_extra(draft, step))


def _bound(draft, step, user):
    """The step's form with what was typed, or with what it begins with."""
    answers = draft.answers.get(step)
    if answers is None:
        values = _starting_values(user)[step]
        answers = {
            name: value if isinstance(value, list) else [value]
            for name, value in values.items()
        }
    data = MultiValueDict(answers)
    return FORMS[step](data, **_extra(draft, step))


def _extra(draft, step):
    if step != "people":
        return {}
    form = GroupsForm(MultiValueDict(draft.answers.get("groups", {})))
    return {"groups": form.cleaned_data["groups"] if form.is_valid() else []}


class _PreviewGroup:
    """A group as it will look."""

    def __init__(self, name, palette):
        self.name, self.palette = name, palette


def _preview_groups(form):
    if not form.is_bound or not form.is_valid():
        return []
    names = form.cleaned_data["groups"]
    return [_PreviewGroup(name, number % 8) for number, name in enumerate(names)]


def _fields(forms):
    """What ``finish_draft`` takes, from all steps."""
    values = {step: form.cleaned_data for step, form in forms.items()}
    return {
        "name": values["concern"]["name"],
        "concern": values["concern"]["concern"],
        "language": values["concern"]["language"],
        "time_zone": values["concern"]["time_zone"] or "UTC",
        "groups": values["groups"]["groups"],
        "visibility": values["openness"]["visibility"],
        "join_policy": values["openness"]["join_policy"],
        "tools": values["tools"]["tools"],
        "house_rules": values["rules"]["house_rules"],
        "people": values["people"]["rows"],
        "message": values["people"]["message"],
    }
