"""Templates for new pages: chosen by who writes, tended by stewards."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from spaces.entry import enter
from wiki.models import PageTemplate
from wiki.permissions import can_tend_templates, can_write_page
from wiki.template_forms import TemplateForm


def template_list(request, space):
    """All templates of a wiki; each begins a page."""
    space = enter(request, space, tool="wiki")
    if not can_write_page(request.user, space):
        raise PermissionDenied(_("Only members of this space write pages here."))
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "templates": space.page_templates.defer("body"),
        "can_tend": can_tend_templates(request.user, space),
    }
    return render(request, "wiki/template_list.html", context)


def template_create(request, space):
    """A new template."""
    return _edit(request, _tended(request, space), None)


def template_edit(request, space, pk):
    """Another text for a template; pages that began with it stay as they are."""
    space = _tended(request, space)
    return _edit(request, space, get_object_or_404(space.page_templates, pk=pk))


def _edit(request, space, template):
    form = TemplateForm(
        request.POST or None,
        instance=template or PageTemplate(space=space),
        space=space,
    )
    if request.method == "POST" and form.is_valid():
        form.instance.changed = timezone.now()
        form.save()
        messages.success(request, _("The template is kept."))
        return redirect("wiki:template_list", space=space.slug)
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "template": template,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "wiki/template_edit.html", context, status=status)


@require_POST
def template_remove(request, space, pk):
    """Take a template away; pages that began with it stay."""
    space = _tended(request, space)
    get_object_or_404(space.page_templates, pk=pk).delete()
    messages.success(request, _("The template is gone. Pages made from it stay."))
    return redirect("wiki:template_list", space=space.slug)


def _tended(request, space):
    space = enter(request, space, tool="wiki")
    if not can_tend_templates(request.user, space):
        raise PermissionDenied(_("Only stewards and facilitators change templates."))
    return space
