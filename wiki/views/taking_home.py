"""The wiki for paper, archives, feed readers and programs, by the reader's right."""

import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from files.printing import files_in, printed
from spaces.entry import enter
from ui.paper import NoPaper, draw_pdf, pdf_response
from wiki.entry import on_page
from wiki.exporting.archive import TooManyVersions, write_archive
from wiki.exporting.branches import MOST_PAGES, attachments_of, parts_of
from wiki.exporting.machines import changes_feed, page_data
from wiki.exporting.paper import MOST_LETTERS, letters_in, paper_context
from wiki.models import Revision
from wiki.patrolling import changes_in
from wiki.watching import pages_below

NEWEST = 30
# Kept by the reader's own browser only: rights change.
CACHE = "private, max-age=60"


@login_not_required
def wiki_export(request, space):
    """Ways to take a whole wiki home."""
    space = enter(request, space, tool="wiki")
    return _draw_choices(request, space, None)


@login_not_required
@on_page()
def page_export(request, space, page):
    """Ways to take a page home, alone or with what stands below it."""
    return _draw_choices(request, space, page)


def _draw_choices(request, space, page, *, problem="", status=200):
    parts = parts_of(space, request.user, top=page)
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "wiki_page": page,
        "number": len(parts),
        "is_cut": len(parts) >= MOST_PAGES,
        "is_long": letters_in(parts) > MOST_LETTERS,
        "problem": problem,
    }
    return render(request, "wiki/page_export.html", context, status=status)


@login_not_required
@require_safe
def wiki_print(request, space):
    """The whole wiki on one page, for a printer."""
    space = enter(request, space, tool="wiki")
    return _print(request, space, None)


@login_not_required
@require_safe
@on_page()
def page_print(request, space, page):
    """A page, or a branch, without what stands around it, for a printer."""
    return _print(request, space, page)


def _print(request, space, page):
    parts = _asked_for(request, space, page)
    if letters_in(parts) > MOST_LETTERS:
        return _too_long(request, space, page)
    context = paper_context(parts, space, title=_name(space, page))
    context["membership"] = space.membership_of(request.user)
    return render(request, "wiki/page_print.html", context)


@login_not_required
@require_safe
def wiki_pdf(request, space):
    """The whole wiki as PDF."""
    space = enter(request, space, tool="wiki")
    return _pdf(request, space, None)


@login_not_required
@require_safe
@on_page()
def page_pdf(request, space, page):
    """A page, or a branch, as PDF with contents and contributors."""
    return _pdf(request, space, page)


def _pdf(request, space, page):
    parts = _asked_for(request, space, page)
    if letters_in(parts) > MOST_LETTERS:
        return _too_long(request, space, page)
    name = _name(space, page)
    context = paper_context(parts, space, title=name)
    try:
        pdf = draw_pdf(
            "wiki/paper.html",
            context,
            find_pictures=_pictures(parts, request.user),
            who=request.user.pk or request.META.get("REMOTE_ADDR", ""),
        )
    except NoPaper as error:
        return _draw_choices(request, space, page, problem=error.words, status=503)
    return pdf_response(pdf, slugify(name, allow_unicode=True) or "wiki")


def _pictures(parts, user):
    """The pictures of these pages, and others they show that this reader may see."""
    attached = {
        f"{settings.ALLIANCE_SITE_URL}{address}": file
        for address, file in attachments_of(parts).items()
    }
    return lambda addresses: printed(files_in(addresses, user) | attached)


def _too_long(request, space, page):
    problem = _("That is more than is printed in one go. Choose one branch of it.")
    return _draw_choices(request, space, page, problem=problem, status=422)


@login_not_required
@require_safe
def wiki_archive(request, space):
    """The whole wiki as a zip of Markdown."""
    space = enter(request, space, tool="wiki")
    return _archive(request, space, None)


@login_not_required
@require_safe
@on_page()
def page_archive(request, space, page):
    """A page, or a branch, as a zip of Markdown, with its history if wanted."""
    return _archive(request, space, page)


def _archive(request, space, page):
    parts = _asked_for(request, space, page)
    try:
        file = write_archive(parts, request.user, with_history="history" in request.GET)
    except TooManyVersions as error:
        problem = _(
            "These pages have %(number)d versions, more than fit into one archive. "
            "Choose one branch, or leave the history out."
        ) % {"number": error.number}
        return _draw_choices(request, space, page, problem=problem, status=422)
    name = slugify(_name(space, page), allow_unicode=True) or "wiki"
    return FileResponse(file, as_attachment=True, filename=f"{name}.zip")


def _asked_for(request, space, page):
    with_below = page is None or "below" in request.GET
    return parts_of(space, request.user, top=page, with_below=with_below)


def _name(space, page):
    if page is not None:
        return page.title
    return _("%(space)s: the wiki") % {"space": space.name}


@login_not_required
@require_safe
@on_page()
def page_raw(request, space, page):
    """The text of a page as it was written."""
    return _unless_known(
        request,
        f"{page.current_id}",
        lambda: HttpResponse(
            page.current.body, content_type="text/markdown; charset=utf-8"
        ),
    )


@login_not_required
@require_safe
@on_page()
def page_json(request, space, page):
    """A page for programs."""
    mark = f"{page.current_id}-{page.drawn.timestamp():.0f}"
    return _unless_known(
        request,
        mark,
        lambda: HttpResponse(
            json.dumps(
                page_data(page, request.user),
                cls=DjangoJSONEncoder,
                ensure_ascii=False,
                indent=1,
            ),
            content_type="application/json; charset=utf-8",
        ),
    )


@login_not_required
@require_safe
def wiki_feed(request, space):
    """What was changed lately in a wiki, as Atom."""
    space = enter(request, space, tool="wiki")
    return _feed(
        request,
        changes_in(space, request.user),
        space=space,
        title=_("Changes in the wiki of %(space)s") % {"space": space.name},
        page=reverse("wiki:change_list", kwargs={"space": space.slug}),
    )


@login_not_required
@require_safe
@on_page()
def page_feed(request, space, page):
    """What was changed lately on a page and on those below it, as Atom."""
    return _feed(
        request,
        changes_in(space, request.user).filter(page__in=pages_below(page)),
        space=space,
        title=_("Changes of “%(title)s”") % {"title": page.title},
        page=page.get_absolute_url(),
    )


def _feed(request, rows, *, space, title, page):
    newest = list(rows.values_list("pk", flat=True)[:NEWEST])
    mark = f"{newest[0]}-{newest[-1]}-{len(newest)}" if newest else "none"

    def draw():
        revisions = list(
            Revision.objects.filter(pk__in=newest)
            .select_related("page")
            .with_people()
            .newest_first()
        )
        for revision in revisions:
            revision.page.space = space
        text = changes_feed(
            revisions,
            title=title,
            about=space.concern,
            page=page,
            feed=request.path,
            language=space.language,
        )
        return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")

    return _unless_known(request, mark, draw)


def _unless_known(request, mark, draw):
    """Draw an answer, or 304 before anything is drawn where the reader has it."""
    etag = f'W/"{mark}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None or answer.status_code != 304:
        answer = draw()
    answer["ETag"] = etag
    answer["Cache-Control"] = CACHE
    return answer
