"""What a person watches: a page, a branch, the wiki; and less of it, from a letter."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from spaces.entry import enter
from spaces.models import Membership
from spaces.telling import quiet_url
from wiki.actions.watching import hear_less, stop_watching, watch_page, watch_wiki
from wiki.entry import on_page
from wiki.models import Page, Watch
from wiki.watch_forms import LessForm, WatchForm, WatchWikiForm
from wiki.watching import opened

PER_PAGE = 40


def _member(request, space):
    membership = space.membership_of(request.user)
    if membership is None:
        raise PermissionDenied(_("Only members of this space watch its pages."))
    return membership


@on_page()
def page_watch(request, space, page):
    """Whether, and how far, this person hears of a page."""
    membership = _member(request, space)
    watch = Watch.objects.filter(page=page, person=request.user).first()
    form = WatchForm(
        request.POST if request.method == "POST" else None,
        # Who comes here for the first time wants to watch.
        initial={
            "reach": watch.reach if watch else "page",
            "with_minor": bool(watch and watch.with_minor),
        },
    )
    if request.method == "POST" and form.is_valid():
        watch_page(page, by=request.user, **form.cleaned_data)
        if form.cleaned_data["reach"]:
            messages.success(request, _("You hear of changes from now on."))
        else:
            messages.success(request, _("You no longer watch this page."))
        return redirect(page)
    context = {
        "space": space,
        "membership": membership,
        "wiki_page": page,
        "form": form,
        "watch": watch,
        "hears_nothing": membership.notice_level == Membership.NoticeLevel.NOTHING,
    }
    status = 422 if form.is_bound else 200
    return render(request, "wiki/page_watch.html", context, status=status)


def watch_list(request, space):
    """All that this person watches in this wiki."""
    space = enter(request, space, tool="wiki")
    membership = _member(request, space)
    own = Watch.objects.filter(space=space, person=request.user)
    wide = {watch.reach: watch for watch in own.filter(page=None)}
    form = WatchWikiForm(
        request.POST if request.method == "POST" else None,
        initial={
            "wiki": "wiki" in wide,
            "written": "written" in wide,
            "with_minor": any(watch.with_minor for watch in wide.values()),
        },
    )
    if request.method == "POST" and form.is_valid():
        watch_wiki(
            space,
            by=request.user,
            reaches=form.reaches,
            with_minor=form.cleaned_data["with_minor"],
        )
        messages.success(request, _("Kept."))
        return redirect("wiki:watch_list", space=space.slug)
    # A page that this person no longer sees is not named.
    rows = (
        own.filter(page__in=Page.objects.visible_in(space, request.user))
        .select_related("page")
        .order_by("page__title", "pk")
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    for watch in page:
        watch.page.space = space
    context = {
        "space": space,
        "membership": membership,
        "form": form,
        "page": page,
        "hears_nothing": membership.notice_level == Membership.NoticeLevel.NOTHING,
    }
    return render(request, "wiki/watch_list.html", context)


@require_POST
def watch_stop(request, space, pk):
    """No more of one thing."""
    space = enter(request, space, tool="wiki")
    _member(request, space)
    stop_watching(space, by=request.user, pk=pk)
    messages.success(request, _("You no longer watch it."))
    return redirect("wiki:watch_list", space=space.slug)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def watch_letters(request, space, token):
    """Less of one page, from a letter, without signing in.

    As ``spaces:mail_settings``: the signed token names page and person and can do
    nothing else, so no cookie and no CSRF token is asked.
    """
    found = opened(space, token)
    if found is None:
        context = {"wiki_page": None}
        return render(request, "wiki/watch_letters.html", context, status=404)
    page, membership = found
    if request.POST.get("List-Unsubscribe") == "One-Click":
        hear_less(page, by=membership.person, choice="nothing")
        return HttpResponse(status=200)
    with translation.override(membership.person.language):
        return _watch_letters(request, page, membership)


def _watch_letters(request, page, membership):
    form = LessForm(
        request.POST if request.method == "POST" else None, initial={"choice": "large"}
    )
    if request.method == "POST" and form.is_valid():
        hear_less(page, by=membership.person, choice=form.cleaned_data["choice"])
        return redirect(f"{request.path}?kept=1")
    membership.space = page.space
    context = {
        "wiki_page": page,
        "person": membership.person,
        "form": form,
        "is_kept": "kept" in request.GET,
        "space_url": quiet_url(membership),
    }
    status = 422 if form.is_bound else 200
    return render(request, "wiki/watch_letters.html", context, status=status)
