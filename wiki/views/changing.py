"""Moving a page, taking it away, bringing it back."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wiki import permissions
from wiki.actions import Gone, TitleTaken, delete_page, move_page, undelete_page
from wiki.entry import draw_gone, on_page
from wiki.forms import MOST_SUGGESTED, DeleteForm, MoveForm, taken_words
from wiki.models import Page

# Who kept a draft this lately is probably still typing.
TYPING = timedelta(minutes=30)


@on_page()
def page_move(request, space, page):
    """Another title or place; old addresses and links go on working."""
    if not permissions.can_move_page(request.user, page):
        raise PermissionDenied(_("Only who may edit this page moves it."))
    visible = Page.objects.visible_in(space, request.user)
    parent = visible.filter(pk=page.parent_id).first()
    initial = {"title": page.title, "parent": parent.title if parent else ""}
    form = MoveForm(request.POST or None, initial=initial, page=page, user=request.user)
    if request.method == "POST" and form.is_valid():
        answer = _move(request, space, page, form)
        if answer is not None:
            return answer
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "wiki_page": page,
        "form": form,
        "typing": page.drafts.exclude(person=request.user)
        .filter(saved__gte=timezone.now() - TYPING)
        .values("person")
        .distinct()
        .count(),
        "links": page.backlinks.filter(source__in=visible).count(),
        "titles": visible.by_title().values_list("title", flat=True)[:MOST_SUGGESTED],
    }
    status = 422 if form.is_bound else 200
    return render(request, "wiki/page_move.html", context, status=status)


def _move(request, space, page, form):
    changed = form.changed_data
    place = {"parent": form.cleaned_data["parent"]} if "parent" in changed else {}
    try:
        outcome = move_page(
            page,
            by=request.user,
            title=form.cleaned_data["title"] if "title" in changed else None,
            group=space.membership_of(request.user).group,
            **place,
        )
    except TitleTaken as taken:
        form.add_error("title", taken_words(taken.page))
        return None
    except ValidationError as error:
        form.add_error("parent", error)
        return None
    except Gone as gone:
        return draw_gone(request, space, gone.page)
    if outcome.how == "unchanged":
        messages.info(request, _("Nothing was changed."))
    else:
        messages.success(request, _("Moved. The old address leads here."))
    return redirect(outcome.page)


@on_page()
def page_delete(request, space, page):
    """Take a page away, after saying what that does."""
    if not permissions.can_delete_page(request.user, page):
        raise PermissionDenied(_("Only stewards and facilitators delete pages."))
    form = DeleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        delete_page(page, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The page is deleted. It can be brought back."))
        return redirect("wiki:page_list", space=space.slug)
    visible = Page.objects.visible_in(space, request.user)
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "wiki_page": page,
        "form": form,
        "links": page.backlinks.filter(source__in=visible).count(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "wiki/page_delete.html", context, status=status)


@require_POST
@on_page(gone=True)
def page_undelete(request, space, page):
    """Bring a deleted page back."""
    if not permissions.can_undelete_page(request.user, page):
        raise PermissionDenied(_("Only stewards and facilitators bring pages back."))
    try:
        page = undelete_page(page, by=request.user)
    except TitleTaken as taken:
        messages.warning(
            request,
            _("“%(title)s” is the title of another page now. Rename that one first.")
            % {"title": taken.page.title},
        )
        return redirect(taken.page)
    messages.success(request, _("The page is back."))
    return redirect(page)
