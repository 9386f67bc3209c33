"""Recent changes; those nobody has looked at; whose changes need no look."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.models import User
from spaces.entry import enter
from wiki import permissions
from wiki.actions.patrolling import mark_seen, trust_writer
from wiki.actions.watching import note_read
from wiki.forms import MOST_SUGGESTED
from wiki.models import Page, Revision, Trust
from wiki.patrolling import changes_in, cut, narrowed
from wiki.titles import title_key

PER_PAGE = 30
# Of one press; a list shows fewer.
MOST_SEEN = 200


class ChangesForm(forms.Form):
    """Which changes; it goes into the address, so it holds no secret."""

    show = forms.ChoiceField(
        label=gettext_lazy("Which"),
        choices=[
            ("", gettext_lazy("All changes")),
            ("new", gettext_lazy("Since I last said “read”")),
            ("unseen", gettext_lazy("Not yet looked at")),
        ],
        required=False,
    )
    group = forms.ModelChoiceField(
        label=gettext_lazy("Written by"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("All groups"),
    )
    under = forms.CharField(
        label=gettext_lazy("Below the page"),
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={"list": "wiki-titles", "autocomplete": "off", "dir": "auto"}
        ),
    )
    large = forms.BooleanField(
        label=gettext_lazy("Without small changes"), required=False
    )

    def __init__(self, *args, space, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.space, self.user = space, user
        self.fields["group"].queryset = space.groups.all()
        if not user.is_authenticated:
            self.fields["show"].choices = [
                choice for choice in self.fields["show"].choices if choice[0] != "new"
            ]

    def clean_under(self):
        """A page by its title, among those this person sees."""
        title = self.cleaned_data["under"]
        if not title.strip():
            return None
        found = Page.objects.visible_in(self.space, self.user)
        page = found.filter(key=title_key(title)).order_by("pk").first()
        if page is None:
            raise forms.ValidationError(_("There is no page of that title."))
        return page


@login_not_required
def change_list(request, space):
    """What was changed lately in a wiki, newest first."""
    space = enter(request, space, tool="wiki")
    user = request.user
    form = ChangesForm(request.GET or None, space=space, user=user)
    values = form.cleaned_data if form.is_valid() else {}
    rows, mark = narrowed(changes_in(space, user), space, user, values)
    shown, following = cut(rows, request.GET.get("before"), PER_PAGE)
    _place(shown, space)
    kept = request.GET.copy()
    kept.pop("before", None)
    if following:
        kept["before"] = following
    membership = space.membership_of(user)
    context = {
        "space": space,
        "membership": membership,
        "form": form,
        "rows": shown,
        "next_query": kept.urlencode() if following else "",
        "is_later": "before" in request.GET,
        "mark": mark,
        "now": timezone.now().isoformat(),
        "titles": Page.objects.visible_in(space, user)
        .by_title()
        .values_list("title", flat=True)[:MOST_SUGGESTED],
        "can_patrol": membership is not None
        and permissions.can_patrol_wiki(user, space),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "wiki/change_list.html", context, status=status)


def _place(revisions, space):
    for revision in revisions:
        revision.page.space = space


@require_POST
def changes_read(request, space):
    """Everything up to the moment the list was drawn is read."""
    space = enter(request, space, tool="wiki")
    if space.membership_of(request.user) is None:
        raise PermissionDenied(_("Only members of this space keep a mark here."))
    try:
        moment = parse_datetime(request.POST.get("moment", "")[:40])
    except ValueError:
        moment = None
    now = timezone.now()
    if moment is None or timezone.is_naive(moment) or moment > now:
        moment = now
    note_read(space, by=request.user, moment=moment)
    messages.success(request, _("Read up to here. Next time you see what came since."))
    return redirect("wiki:change_list", space=space.slug)


def patrol_list(request, space):
    """Changes that nobody has looked at yet, oldest first."""
    space = _enter_patrol(request, space)
    rows = changes_in(space, request.user).unseen().order_by("created", "pk")
    shown = list(rows[:PER_PAGE])
    _place(shown, space)
    trusted = Trust.objects.filter(space=space).select_related("person", "given_by")
    trusted = list(trusted.order_by("person__name", "pk"))
    can_trust = permissions.can_trust_writer(request.user, space)
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "rows": shown,
        "waiting": rows.count(),
        "trusted": trusted,
        "can_trust": can_trust,
    }
    return render(request, "wiki/patrol_list.html", context)


@require_POST
def patrol_seen(request, space):
    """These changes were looked at, in one press."""
    space = _enter_patrol(request, space)
    chosen = [
        int(pk)
        for pk in request.POST.getlist("revision")[:MOST_SEEN]
        if pk.isdecimal() and len(pk) < 18
    ]
    pages = Page.objects.visible_in(space, request.user)
    seen = Revision.objects.filter(page__in=pages, pk__in=chosen)
    if mark_seen(seen, by=request.user):
        messages.success(request, _("Looked at. Thank you."))
    else:
        messages.info(request, _("Somebody had looked at it already."))
    return redirect(
        _back(request) or reverse("wiki:patrol_list", kwargs={"space": space.slug})
    )


def _back(request):
    path = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours and path.startswith("/") else ""


@require_POST
def patrol_trust(request, space):
    """Trust a writer's changes from now on, or no longer."""
    space = _enter_patrol(request, space)
    if not permissions.can_trust_writer(request.user, space):
        raise PermissionDenied(_("Only stewards and facilitators say whom to trust."))
    number = request.POST.get("person", "")
    members = space.memberships.active()
    chosen = members.filter(person=number if _is_number(number) else 0)
    person = User.objects.filter(pk__in=chosen.values("person")).first()
    if person is None:
        messages.warning(request, _("This person is no member of the space now."))
    else:
        is_trusted = "stop" not in request.POST
        trust_writer(space, person, by=request.user, is_trusted=is_trusted)
        messages.success(request, _("Kept, and on the record."))
    return redirect("wiki:patrol_list", space=space.slug)


def _is_number(text):
    return text.isdecimal() and len(text) < 18


def _enter_patrol(request, slug):
    space = enter(request, slug, tool="wiki")
    if not permissions.can_patrol_wiki(request.user, space):
        raise PermissionDenied(
            _("Stewards, and members they trust, look at fresh changes.")
        )
    return space
