"""Taking one old change back, and who wrote what."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from markup.diffing import compare
from markup.limits import TextTooLong
from markup.merging import merge
from ui.diffs import draw_inline
from wiki import permissions
from wiki.actions import Gone, undo_revision
from wiki.blame import find_origins
from wiki.entry import draw_gone, on_page
from wiki.views.history import find_revision
from wiki.views.joining import save_or_ask

MOST_SUMMARY = 200


@login_not_required
@on_page()
def page_blame(request, space, page):
    """Each paragraph with who wrote it, for which group, and when."""
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "wiki_page": page,
        "origins": find_origins(page),
    }
    return render(request, "wiki/page_blame.html", context)


@on_page()
def page_undo(request, space, page, number):
    """Undo one change and keep what came after; says first what that does."""
    if not permissions.can_edit_page(request.user, page):
        raise PermissionDenied(_("Only who may edit this page undoes a change."))
    revision = find_revision(page, number)
    before = page.revisions.filter(number=number - 1).first()
    if before is None:
        raise Http404  # the first version took nothing's place
    if request.method == "POST":
        return _undo(request, space, page, revision, before)
    merged = merge(revision.body, before.body, page.current.body)
    comparison = compare(page.current.body, merged.text) if merged.is_clean else None
    is_nothing = comparison is not None and comparison.is_same
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "wiki_page": page,
        "revision": revision,
        "comparison": comparison,
        "is_nothing": is_nothing,
        "drawn": draw_inline(comparison.folded())
        if comparison is not None and not is_nothing
        else "",
    }
    return render(request, "wiki/page_undo.html", context)


def _undo(request, space, page, revision, before):
    # On the conflict page the whole summary comes back as one field.
    words = request.POST.get("why", "").replace("\x00", "").strip()
    summary = request.POST.get("summary", "") if "theirs" in request.POST else ""
    if not summary:
        summary = _("Undid version %(number)d by %(who)s") % {
            "number": revision.number,
            "who": revision.author_label,
        }
        summary = f"{summary}: {words}" if words else summary
    summary = summary.replace("\x00", "")[:MOST_SUMMARY]

    def save(*, body, base):
        return undo_revision(
            page,
            revision,
            by=request.user,
            group=space.membership_of(request.user).group,
            summary=summary,
            body=body,
            base=base,
        )

    try:
        outcome = save_or_ask(
            request,
            space,
            page,
            body=before.body,
            base=revision,
            summary=summary,
            save=save,
            why="undo",
        )
    except Gone as gone:
        return draw_gone(request, space, gone.page)
    except TextTooLong as error:
        messages.warning(request, str(error))
        return redirect("wiki:page_history", space=space.slug, page=page.slug)
    if isinstance(outcome, HttpResponse):
        return outcome
    if outcome.how == "unchanged":
        messages.info(request, _("Nothing of that change is left on the page."))
    else:
        messages.success(
            request,
            _("The change of version %(number)d is undone; all later ones are kept.")
            % {"number": revision.number},
        )
    return redirect(outcome.page)
