"""The site administrator's pages about rules, people and the record."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from spaces.actions import site as actions
from spaces.actions.refusals import Refused
from spaces.forms import site as forms
from spaces.models import Record, SiteRules
from spaces.views.gate import for_site_admins

PER_PAGE = 30


@for_site_admins
def site_rules(request):
    """Who may create spaces."""
    form = forms.SiteRulesForm(request.POST or None, instance=SiteRules.current())
    if request.method == "POST" and form.is_valid():
        actions.change_site_rules(by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("site_admin:site_rules")
    chosen = User.objects.filter(may_create_spaces=True, is_active=True)
    context = {
        "section": "rules",
        "form": form,
        "rule": SiteRules.current().space_creation,
        "chosen": chosen.order_by("name", "pk")[:PER_PAGE],
        "chosen_count": chosen.count(),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "spaces/site_rules.html", context, status=status)


@for_site_admins
def person_list(request):
    """Everybody with an account."""
    form = forms.PeopleFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    people = User.objects.filter(email__isnull=False).order_by("name", "pk")
    if q := chosen.get("q"):
        people = people.filter(Q(name__icontains=q) | Q(email__icontains=q))
    people = people.filter(_SHOWN.get(chosen.get("show"), Q()))
    people = people.annotate(
        space_count=Count("memberships", filter=Q(memberships__status="active"))
    )
    context = {
        "section": "people",
        "form": form,
        "page": Paginator(people, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "spaces/site_person_list.html", context)


_SHOWN = {
    "creators": Q(may_create_spaces=True),
    "admins": Q(is_staff=True),
    "closed": Q(is_active=False),
}


@for_site_admins
def person_detail(request, pk):
    """One person's account: what they may, and shutting it."""
    person = User.objects.filter(pk=pk, email__isnull=False).first()
    if person is None:
        raise Http404
    form = forms.ReasonForm()
    status = 200
    if request.method == "POST":
        try:
            _do(request, person)
            messages.success(request, _("Done, and on the record."))
            return redirect("site_admin:person_detail", pk=pk)
        except Refused as refusal:
            form = forms.ReasonForm(request.POST)
            form.is_valid()
            if not form.errors:
                form.add_error(None, str(refusal))
            messages.error(request, str(refusal))
            status = 422
    context = {
        "section": "people",
        "person": person,
        "form": form,
        "memberships": person.memberships.filter(status="active")
        .select_related("space")
        .order_by("space__name")[:PER_PAGE],
        "lines": Record.objects.filter(about=person, space=None).with_people()[:20],
    }
    return render(request, "spaces/site_person_detail.html", context, status=status)


def _do(request, person):
    reason = request.POST.get("reason", "")[:1000]
    by = request.user
    deeds = {
        "allow": lambda: actions.allow_creating(person, by=by, allowed=True),
        "forbid": lambda: actions.allow_creating(person, by=by, allowed=False),
        "close": lambda: actions.deactivate_person(person, by=by, reason=reason),
        "open": lambda: actions.reactivate_person(person, by=by),
        "admin": lambda: actions.set_admin(person, by=by, is_admin=True),
        "unadmin": lambda: actions.set_admin(person, by=by, is_admin=False),
    }
    deed = deeds.get(request.POST.get("do"))
    if deed is None:
        raise Refused(_("Nothing was chosen."))
    deed()


@for_site_admins
def record_list(request):
    """The record of the whole site."""
    lines = Record.objects.visible_to(request.user).with_people()
    if request.GET.get("of") == "site":
        lines = lines.filter(space=None)
    context = {
        "section": "record",
        "of": request.GET.get("of", ""),
        "page": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "spaces/site_record_list.html", context)
