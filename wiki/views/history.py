"""Every version: the list, one of them, the difference of two, going back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from markup.diffing import compare
from ui.diffs import draw_changes, draw_inline, draw_side
from wiki import permissions
from wiki.actions import Collided, Gone, restore_revision
from wiki.drawing import draw_text
from wiki.entry import draw_gone, on_page
from wiki.titles import MAX_TITLE

PER_PAGE = 30


@login_not_required
@on_page()
def page_history(request, space, page):
    """All versions, newest first; any two can be compared."""
    revisions = page.revisions.with_people().without_text().order_by("-number")
    rows = Paginator(revisions, PER_PAGE).get_page(request.GET.get("page"))
    older = None
    for revision in reversed(rows.object_list):
        revision.page = page
        revision.is_renamed = older is not None and older != revision.title
        older = revision.title
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "wiki_page": page,
        "page": rows,
        "newest": page.current.number,
        "can_edit": permissions.can_edit_page(request.user, page),
    }
    return render(request, "wiki/page_history.html", context)


@login_not_required
@on_page()
def revision_detail(request, space, page, number):
    """A page as it was, under the right to see the page as it is."""
    revision = find_revision(page, number)
    rendered, _links = draw_text(
        revision.body, space, audience=page.audience, group=page.audience_group_id
    )
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "wiki_page": page,
        "revision": revision,
        "body_html": rendered.html,
        "newest": page.current.number,
        "can_edit": permissions.can_edit_page(request.user, page),
    }
    return render(request, "wiki/revision_detail.html", context)


@login_not_required
@on_page()
def page_compare(request, space, page):
    """What changed between any two versions: inline or side by side."""
    newest = page.current.number
    new = _number(request.GET.get("to"), newest)
    old = _number(request.GET.get("from"), max(new - 1, 1))
    if old > new:
        old, new = new, old
    found = {
        revision.number: revision
        for revision in page.revisions.with_people().filter(number__in={old, new})
    }
    if len(found) != len({old, new}):
        raise Http404
    old, new = found[old], found[new]
    old.page = new.page = page
    comparison = compare(old.body, new.body)
    is_whole = "all" in request.GET
    rows = comparison.rows if is_whole else comparison.folded()
    is_side = request.GET.get("view") == "side"
    if comparison.is_same:
        drawn = ""
    elif is_side:
        labels = {
            "old_label": _("Version %(number)d") % {"number": old.number},
            "new_label": _("Version %(number)d") % {"number": new.number},
        }
        drawn = draw_side(rows, **labels)
    else:
        drawn = draw_inline(rows)
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "wiki_page": page,
        "old": old,
        "new": new,
        "newest": newest,
        "comparison": comparison,
        "drawn": drawn,
        "changes": "" if comparison.is_same else draw_changes(rows),
        "is_side": is_side,
        "is_whole": is_whole,
        "has_gaps": any(row.kind == "gap" for row in rows),
        "can_edit": permissions.can_edit_page(request.user, page),
    }
    return render(request, "wiki/page_compare.html", context)


@on_page()
def page_restore(request, space, page, number):
    """Make an old text the newest: asked first, written as a version of its own."""
    revision = find_revision(page, number)
    if not permissions.can_edit_page(request.user, page):
        raise PermissionDenied(_("Only who may edit this page restores a version."))
    if request.method == "POST":
        return _restore(request, space, page, revision)
    comparison = compare(page.current.body, revision.body)
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "wiki_page": page,
        "revision": revision,
        "newest": page.current.number,
        "comparison": comparison,
        "drawn": "" if comparison.is_same else draw_inline(comparison.folded()),
    }
    return render(request, "wiki/page_restore.html", context)


def _restore(request, space, page, revision):
    summary = request.POST.get("summary", "").replace("\x00", "").strip()[:MAX_TITLE]
    try:
        outcome = restore_revision(
            page,
            revision,
            by=request.user,
            group=space.membership_of(request.user).group,
            summary=summary,
        )
    except Gone as gone:
        return draw_gone(request, space, gone.page)
    except Collided:
        messages.warning(
            request,
            _("Somebody has just changed the page. Look at it again, then restore."),
        )
        return redirect("wiki:page_restore", space.slug, page.slug, revision.number)
    if outcome.how == "unchanged":
        messages.info(request, _("The page already says what that version said."))
    else:
        messages.success(
            request,
            _("Version %(number)d is the newest text again.")
            % {"number": revision.number},
        )
    return redirect(outcome.page)


def find_revision(page, number):
    """One version of this page, with its people.

    Raises:
        Http404: this page has no such version.
    """
    revision = (
        page.revisions.with_people().filter(number=min(number, 2**31 - 1)).first()
    )
    if revision is None:
        raise Http404
    revision.page = page
    return revision


def _number(text, otherwise):
    if not text or not text.isdecimal():
        return otherwise
    return min(int(text[:10]), 2**31 - 1)
