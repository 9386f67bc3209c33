"""Behind a digest's links: an item's page, and "I have read this".

And before it leaves: how the next one looks, and who gets it when.
"""

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from conversations.models import Thread
from digests.actions import read_issue
from digests.forms import PreviewForm
from digests.links import KINDS
from digests.models import Issue, signed_issue
from digests.preview import UNREACHABLE, next_of, preview, readers
from digests.whole import whole
from digests.wording import lines_of, more_words, titles, tool_url
from spaces.entry import find
from spaces.models import Space
from spaces.permissions import can_facilitate_space
from spaces.views.inside import enter_as_member, page_of
from stories.models import Story
from ui.times import zone_name
from webinars.models import Webinar
from wiki.models import Page

SIZE = 30
# An item has so many words of people's own, as in a letter that has room.
WORDS = 40
MODELS = {"thread": Thread, "story": Story, "page": Page, "webinar": Webinar}


@login_not_required
@require_safe
def item_open(request, letter, pk):
    """Lead on from a short address to an item's page, for who may see it."""
    items = MODELS[KINDS[letter]].objects.select_related("space")
    return redirect(find(request, items, pk=pk))


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def digest_read(request, token):
    """Mark what one digest told as read, from the letter, without signing in.

    The signed token names the digest and can do nothing else, so no cookie and no CSRF
    token is asked. Looking changes nothing: mail programs fetch links by themselves.
    """
    issue = (
        Issue.objects.filter(pk=signed_issue(token))
        .select_related("membership__space", "membership__person")
        .first()
    )
    if issue is None:
        return render(request, "digests/digest_read.html", {"issue": None}, status=404)
    if request.method == "POST":
        read_issue(issue)
        return redirect(request.path)
    person = issue.membership.person
    with translation.override(person.language):
        context = {
            "issue": issue,
            "space": issue.membership.space,
            "zone": person.zone,
        }
        return render(request, "digests/digest_read.html", context)


@require_safe
def digest_detail(request, pk):
    """All that was new in one digest's window, for its reader: nothing is left out."""
    issues = Issue.objects.select_related(
        "membership__space", "membership__person", "membership__group"
    )
    issue = find(request, issues, pk=pk)
    membership = issue.membership
    space = membership.space
    space.remember_reader(request.user, membership)
    entries, beyond = whole(issue)
    chosen = request.GET.get("in", "")
    if chosen not in entries:
        chosen = ""
    names = dict(titles())
    shown = [
        (names[section], entry)
        for section, found in entries.items()
        if chosen in ("", section)
        for entry in found
    ]
    page = page_of(request, shown, SIZE)
    page.object_list = [
        {"section": name, **lines_of(entry, WORDS)} for name, entry in page.object_list
    ]
    context = {
        "issue": issue,
        "space": space,
        "membership": membership,
        "page": page,
        "beyond": [
            (more_words(section, number), tool_url(space, section))
            for section, number in beyond.items()
        ],
        "tabs": [
            (_("Everything"), "?", not chosen, sum(map(len, entries.values()))),
            *[
                (names[section], f"?in={section}", chosen == section, len(found))
                for section, found in entries.items()
            ],
        ],
    }
    return render(request, "digests/digest_detail.html", context)


def _enter(request, slug):
    space, membership = enter_as_member(request, slug)
    if not can_facilitate_space(request.user, space):
        raise PermissionDenied(_("Facilitators do this."))
    return space, membership


def _preview(request, space, membership):
    form = PreviewForm(request.GET, space=space, groups=list(space.groups.all()))
    chosen = form.chosen()
    return form, preview(space, by=membership, now=timezone.now(), **chosen)


@require_safe
def digest_preview(request, space):
    """The next digest as a made-up member would get it if it left now."""
    space, membership = _enter(request, space)
    form, found = _preview(request, space, membership)
    context = {
        "space": space,
        "membership": membership,
        "form": form,
        "preview": found,
        "query": request.GET.urlencode(),
        "zone": space.time_zone,
    }
    return render(request, "digests/digest_preview.html", context)


@xframe_options_sameorigin
@csp_replace(
    {
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "frame-ancestors": ["'self'"],
        "form-action": ["'none'"],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    }
)
@require_safe
def digest_preview_mail(request, space):
    """The same with formatting, as a mail program would show it."""
    space, membership = _enter(request, space)
    _form, found = _preview(request, space, membership)
    if found.drawn is None or not found.drawn.html:
        raise Http404
    # In a frame: its links open beside the page, not inside it.
    html = found.drawn.html.replace("<head>", '<head><base target="_blank">', 1)
    return HttpResponse(html)


@require_safe
def digest_people(request, space):
    """Who gets the digest, when by their own clock, and who does not."""
    space, membership = _enter(request, space)
    now = timezone.now()
    members = readers(space)
    counts = dict(members.order_by().values_list("gets").annotate(number=Count("pk")))
    labels = [*Space.Frequency.choices, (UNREACHABLE, _("Cannot be reached"))]
    chosen = request.GET.get("gets", "")
    if chosen in dict(labels):
        members = members.filter(gets=chosen)
    page = page_of(request, members, SIZE)
    for member in page:
        member.next = next_of(member, now)
        member.zone_words = zone_name(member.person.zone)
    context = {
        "space": space,
        "membership": membership,
        "page": page,
        "tabs": [
            (_("Everybody"), "?", chosen not in dict(labels), sum(counts.values())),
            *[
                (label, f"?gets={value}", chosen == value, counts.get(value, 0))
                for value, label in labels
            ],
        ],
    }
    return render(request, "digests/digest_people.html", context)
