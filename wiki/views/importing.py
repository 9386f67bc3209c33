"""Taking a handbook in: choose, read the report, say yes, see how far it is."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from spaces.entry import enter
from ui.partials import render_partial
from wiki.actions.importing import check_import, drop_import, want_import
from wiki.forms import MOST_SUGGESTED
from wiki.import_forms import ImportForm
from wiki.importing.reading import Unreadable
from wiki.models import Page
from wiki.permissions import can_import_pages

FATES = ("new", "update", "same", "skip")


def import_create(request, space):
    """Choose files; they are looked through, and nothing is written yet."""
    space = _entered(request, space)
    form = ImportForm(
        request.POST or None, request.FILES or None, space=space, user=request.user
    )
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            held = check_import(
                space,
                form.found,
                by=request.user,
                audience=words["audience"],
                parent=words["parent"],
                is_update=words["is_update"],
            )
        except Unreadable as error:
            form.add_error("files", str(error))
        else:
            return redirect("wiki:import_detail", space=space.slug, pk=held.pk)
    visible = Page.objects.visible_in(space, request.user).by_title()
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "form": form,
        "titles": visible.values_list("title", flat=True)[:MOST_SUGGESTED],
        "recent": space.imports.filter(by=request.user).order_by("-pk")[:5],
    }
    for held in context["recent"]:
        held.space = space
    status = 422 if form.is_bound else 200
    return render(request, "wiki/import_create.html", context, status=status)


def import_detail(request, space, pk):
    """The report: what would become of each file, or what became of it."""
    space = _entered(request, space)
    held = _find(request, space, pk)
    fates = Counter(row["fate"] for row in held.report)
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "held": held,
        "rows": held.report,
        "fates": {fate: fates[fate] for fate in FATES},
        "wanted": fates["new"] + fates["update"],
        "is_going_on": held.state in (held.State.WANTED, held.State.RUNNING),
    }
    return render_partial(
        request, "wiki/import_detail.html", context, target="import-state"
    )


@require_POST
def import_confirm(request, space, pk):
    """Yes: a worker writes the pages."""
    space = _entered(request, space)
    held = _find(request, space, pk)
    if not want_import(held, by=request.user):
        messages.info(request, _("It is on its way already."))
    return redirect("wiki:import_detail", space=space.slug, pk=held.pk)


@require_POST
def import_drop(request, space, pk):
    """No: what came in is thrown away."""
    space = _entered(request, space)
    held = _find(request, space, pk)
    if drop_import(held):
        messages.success(request, _("Thrown away. Nothing was written."))
    return redirect("wiki:import_create", space=space.slug)


def _entered(request, space):
    space = enter(request, space, tool="wiki")
    if not can_import_pages(request.user, space):
        raise PermissionDenied(_("Only stewards and facilitators take handbooks in."))
    return space


def _find(request, space, pk):
    held = get_object_or_404(space.imports.filter(by=request.user), pk=pk)
    held.space = space
    return held
