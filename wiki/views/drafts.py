"""Drafts: kept while somebody types, by a script or by a button."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from spaces.entry import enter
from wiki.actions import discard_draft, keep_draft
from wiki.entry import find_page
from wiki.permissions import can_write_page
from wiki.presence import note_open, open_words
from wiki.sectioning import MAX_SECTION, section_of


@require_POST
def draft_save(request, space, page=None):
    """Keep what is typed. A script gets JSON, a button goes on with the form."""
    space, page = _place(request, space, page)
    if not can_write_page(request.user, space):
        raise PermissionDenied(_("Only members of this space write here."))
    base = find_base(page, request.POST.get("base"))
    section = _section(request)
    if section and section_of(base, section) is None:
        # Typed in no form of ours: a draft under a made-up name would never be found.
        return JsonResponse({"kept": False, "words": ""}, status=422)
    draft = keep_draft(
        space,
        by=request.user,
        page=page,
        base=base,
        section=section,
        title=request.POST.get("title", ""),
        body=request.POST.get("body", ""),
        summary=request.POST.get("summary", ""),
    )
    if request.headers.get("Accept") == "application/json":
        words = _("Draft kept. Only you see it.") if draft else ""
        others = open_words(note_open(page, request.user)) if page else ""
        told = {"kept": draft is not None, "words": words, "others": others}
        return JsonResponse(told)
    if draft is None:
        messages.info(request, _("There was nothing new to keep."))
        return redirect(_form(space, page, _section(request)))
    messages.success(request, _("Draft kept. Only you see it."))
    return redirect(_form(space, page, _section(request), draft="1"))


@require_POST
def draft_discard(request, space, page=None):
    """Throw a draft away."""
    space, page = _place(request, space, page)
    discard_draft(space, by=request.user, page=page, section=_section(request))
    messages.success(request, _("The draft is gone."))
    if page is None:
        return redirect("wiki:page_list", space=space.slug)
    return redirect(page)


def find_base(page, pk):
    """The revision of this page that a form names, or None."""
    if page is None or not str(pk or "").isdecimal() or len(str(pk)) > 18:
        return None
    if int(pk) == page.current_id:
        return page.current
    return page.revisions.filter(pk=int(pk)).first()


def _place(request, space, slug):
    space = enter(request, space, tool="wiki")
    return space, find_page(request, space, slug) if slug else None


def _section(request):
    return request.POST.get("section", "").replace("\x00", "")[:MAX_SECTION]


def _form(space, page, section, **query):
    if page is None:
        address = reverse("wiki:page_create", kwargs={"space": space.slug})
    else:
        kwargs = {"space": space.slug, "page": page.slug}
        address = reverse("wiki:page_edit", kwargs=kwargs)
    if section:
        query["section"] = section
    return f"{address}?{urlencode(query)}" if query else address
