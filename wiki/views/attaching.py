"""Files and pictures of a page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from files.actions import upload
from files.views import hand_out
from spaces.entry import refuse
from wiki import permissions
from wiki.actions.attaching import attach_file, choose_version, remove_attachment
from wiki.attach_forms import AttachForm
from wiki.entry import on_page

# Pixels; enough for a column, a fraction of the bytes.
COLUMN_WIDTH = "1200"
MOST_SHOWN = 200


@login_not_required
@on_page()
def attachment_list(request, space, page):
    """The files of a page; a script that drops a picture into the text gets JSON."""
    form = AttachForm()
    if request.method == "POST":
        if not request.user.is_authenticated:
            refuse(request)
        if not permissions.can_attach_file(request.user, page):
            raise PermissionDenied(_("Only who may edit this page brings files to it."))
        form = AttachForm(request.POST, request.FILES)
        if form.is_valid():
            return _attached(request, space, page, form)
        if _wants_json(request):
            errors = [str(error) for each in form.errors.values() for error in each]
            return JsonResponse({"errors": errors}, status=422)
    found = (
        page.attachments.select_related("current__file", "current__by")
        .order_by("name")
        .all()[:MOST_SHOWN]
    )
    for attachment in found:
        attachment.page = page
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "wiki_page": page,
        "attachments": found,
        "form": form if permissions.can_attach_file(request.user, page) else None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "wiki/attachment_list.html", context, status=status)


def _attached(request, space, page, form):
    words = form.cleaned_data
    prepared = words["file"]
    file = upload(
        space, prepared, by=request.user, alt=words["alt"], kind=prepared.kind
    )
    attachment = attach_file(page, file, by=request.user, words=words["words"])
    attachment.page = page
    if _wants_json(request):
        return JsonResponse({"markdown": attachment.markdown})
    number = attachment.current.number
    messages.success(
        request,
        _("It is here.")
        if number == 1
        else _("It is here, as version %(number)d.") % {"number": number},
    )
    return redirect("wiki:attachment_list", space=space.slug, page=page.slug)


def _wants_json(request):
    return request.headers.get("Accept") == "application/json"


@login_not_required
@require_safe
@on_page()
def attachment_serve(request, space, page, name):
    """The newest version of a file, or one of them (``?version=2``)."""
    attachment = _find(page, name)
    version = attachment.current
    wanted = request.GET.get("version", "")
    if wanted:
        version = _version(attachment, wanted)
    file = version.file
    if not wanted and "size" not in request.GET and COLUMN_WIDTH in file.sizes:
        request.GET = request.GET.copy()
        request.GET["size"] = COLUMN_WIDTH
    return hand_out(request, file)


@login_not_required
@on_page()
def attachment_detail(request, space, page, name):
    """A file with all its versions."""
    attachment = _find(page, name)
    versions = list(attachment.versions.select_related("file", "by"))
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "wiki_page": page,
        "attachment": attachment,
        "versions": versions,
        "can_attach": permissions.can_attach_file(request.user, page),
        "can_remove": request.user.is_authenticated
        and permissions.can_remove_attachment(request.user, attachment),
    }
    return render(request, "wiki/attachment_detail.html", context)


@require_POST
@on_page()
def attachment_choose(request, space, page, name, number):
    """An older version is the one to show, again."""
    attachment = _find(page, name)
    if not permissions.can_attach_file(request.user, page):
        raise PermissionDenied(_("Only who may edit this page brings files to it."))
    choose_version(attachment, _version(attachment, str(number)), by=request.user)
    messages.success(request, _("This version is shown again."))
    return redirect(
        "wiki:attachment_detail", space=space.slug, page=page.slug, name=name
    )


@require_POST
@on_page()
def attachment_remove(request, space, page, name):
    """Take a file away for good."""
    attachment = _find(page, name)
    if not permissions.can_remove_attachment(request.user, attachment):
        raise PermissionDenied(
            _("Others have brought versions of it too: a steward removes it.")
        )
    remove_attachment(attachment, by=request.user)
    messages.success(request, _("The file is gone, with all its versions."))
    return redirect("wiki:attachment_list", space=space.slug, page=page.slug)


def _find(page, name):
    found = (
        page.attachments.select_related("current__file__space")
        .filter(name__iexact=name, current__isnull=False)
        .first()
    )
    if found is None:
        raise Http404
    found.page = page
    return found


def _version(attachment, number):
    found = None
    if number.isdecimal() and len(number) < 7:
        found = attachment.versions.select_related("file__space").filter(
            number=int(number)
        )
    version = found.first() if found is not None else None
    if version is None:
        raise Http404
    return version
