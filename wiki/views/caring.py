"""Who looks after a page, and what they find; also from a letter."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User
from spaces.entry import enter
from spaces.permissions import can_tend_space
from spaces.tokens import signed_setting
from wiki import permissions
from wiki.actions.caring import look_at_page, set_care
from wiki.care_kinds import SALT
from wiki.entry import on_page
from wiki.models import Care, Page
from wiki.trust_forms import CareForm, LookForm

PER_PAGE = 40


@on_page()
def page_care(request, space, page):
    """Who looks after a page, how often, when next."""
    if not permissions.can_care_for_page(request.user, page):
        raise PermissionDenied(
            _("Only stewards and facilitators say who looks after a page.")
        )
    care = getattr(page, "care", None)
    initial = {}
    if care is not None:
        names = ("carer", "carer_group", "every_months", "due")
        initial = {name: getattr(care, name) for name in names}
    data = request.POST if request.method == "POST" else None
    form = CareForm(data, initial=initial, page=page)
    if request.method == "POST" and form.is_valid():
        set_care(page, by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept. They are asked when the day comes."))
        return redirect(page)
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "wiki_page": page,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "wiki/page_care.html", context, status=status)


@on_page()
def page_look(request, space, page):
    """Say how a page stands, signed in."""
    if not permissions.can_look_at_page(request.user, page):
        raise PermissionDenied(
            _("Those who look after the page, and stewards, say how it stands.")
        )
    care = getattr(page, "care", None)
    form = LookForm(
        request.POST if request.method == "POST" else None,
        initial={"say": care.verdict if care else ""},
    )
    if request.method == "POST" and form.is_valid():
        if care is None:
            care, _made = Care.objects.get_or_create(page=page)
        care.page = page
        _look(care, request.user, form)
        messages.success(request, _("Thank you. Readers see it on the page."))
        return redirect(page)
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "wiki_page": page,
        "care": care,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "wiki/page_look.html", context, status=status)


def _look(care, person, form):
    verdict, words = form.cleaned_data["say"], form.cleaned_data["words"]
    return look_at_page(care, by=person, verdict=verdict, words=words)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def care_look(request, space, token):
    """One press from a letter, without signing in.

    The signed token names page, person and the day it is about, and can do nothing
    else, so no cookie and no CSRF token is asked. Opening the link changes nothing:
    mail programs open links by themselves.
    """
    found = _opened(space, token)
    if found is None:
        return render(request, "wiki/care_look.html", {"care": None}, status=404)
    care, person, is_current = found
    with translation.override(person.language):
        return _care_look(request, care, person, is_current)


def _care_look(request, care, person, is_current):
    form = LookForm(
        request.POST if request.method == "POST" else None,
        initial={"say": request.GET.get("say", "")[:5]},
    )
    status = 200
    if request.method == "POST" and is_current:
        if form.is_valid():
            _look(care, person, form)
            return redirect(f"{request.path}?done=1")
        status = 422
    context = {
        "care": care,
        "wiki_page": care.page,
        "person": person,
        "form": form,
        "is_current": is_current,
        "is_done": "done" in request.GET,
    }
    return render(request, "wiki/care_look.html", context, status=status)


def _opened(slug, token):
    """(care, person, whether it is still asked) of a letter's token, or None."""
    numbers = signed_setting(SALT, token)
    if not numbers or len(numbers) != 3:
        return None
    care = (
        Care.objects.filter(pk=numbers[0], page__deleted__isnull=True)
        .filter(page__space__slug=slug)
        .select_related("page__space", "looked_by")
        .first()
    )
    person = User.objects.filter(pk=numbers[1], is_active=True).first()
    if care is None or person is None:
        return None
    if not Page.objects.visible_to(person).filter(pk=care.page_id).exists():
        return None
    if not permissions.can_look_at_page(person, care.page):
        return None
    day = care.due.toordinal() if care.due else 0
    return care, person, care.asked is not None and day == numbers[2]


def care_list(request, space):
    """Pages that need care: overdue, needing work, out of date."""
    space = enter(request, space, tool="wiki")
    if not can_tend_space(request.user, space):
        raise PermissionDenied(_("Stewards and facilitators see what needs care."))
    today = timezone.now().date()
    rows = Care.objects.filter(page__in=Page.objects.visible_in(space, request.user))
    rows = rows.select_related("page", "carer", "carer_group")
    is_all = request.GET.get("show") == "all"
    rows = rows if is_all else rows.wanting(today)
    page = Paginator(rows.order_by("due", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    for care in page:
        care.page.space = space
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "page": page,
        "is_all": is_all,
        "today": today,
        "uncared": Page.objects.visible_in(space, request.user)
        .filter(care__isnull=True)
        .count(),
    }
    return render(request, "wiki/care_list.html", context)
