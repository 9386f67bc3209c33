"""Reading: the index, a page, what links to it."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from conversations.drawing import thread_context
from conversations.permissions import can_write_in_thread
from spaces.entry import enter
from wiki import permissions
from wiki.around import find_family, find_writers
from wiki.entry import on_page
from wiki.models import Draft, Link, Page, PageQuerySet
from wiki.sectioning import with_edit_links
from wiki.standing import find_standing
from wiki.tree import draw_tree

TITLES_PER_PAGE = 60
# Fewer headings than this are found by reading.
LEAST_HEADINGS = 3
# What no list of titles draws.
HEAVY = ("body_html", "plain", "headings")
VIEWS = ("titles", "tree", "changes", "linked", "wanted", "orphans")


@login_not_required
def page_list(request, space):
    """The index of a wiki: by title, as a tree, what is new, what is missing."""
    space = enter(request, space, tool="wiki")
    shown = request.GET.get("view", "")
    if shown == "changes":
        return redirect("wiki:change_list", space=space.slug, permanent=True)
    shown = shown if shown in VIEWS else "titles"
    pages = Page.objects.visible_in(space, request.user)
    membership = space.membership_of(request.user)
    draft = None
    if membership is not None:
        draft = Draft.objects.filter(
            space=space, person=request.user, page=None
        ).first()
    context = {
        "space": space,
        "membership": membership,
        "shown": shown,
        "tabs": _tabs(space, shown),
        "can_write": permissions.can_write_page(request.user, space),
        "can_import": membership is not None
        and permissions.can_import_pages(request.user, space),
        "draft": draft,
        "page": None,
        "tree": "",
        **_shown(shown, request, space, pages),
    }
    return render(request, "wiki/page_list.html", context)


def _tabs(space, shown):
    words = {
        "titles": _("A to Z"),
        "tree": _("Tree"),
        "changes": _("Recently changed"),
        "linked": _("Most linked"),
        "wanted": _("Wanted"),
        "orphans": _("Nothing leads there"),
    }
    address = reverse("wiki:page_list", kwargs={"space": space.slug})
    changes = reverse("wiki:change_list", kwargs={"space": space.slug})
    addresses = {"titles": address, "changes": changes}
    return [
        (words[view], addresses.get(view, f"{address}?view={view}"), view == shown)
        for view in VIEWS
    ]


def _shown(shown, request, space, pages):
    if shown == "tree":
        return {"tree": draw_tree(pages, space)}
    if shown == "wanted":
        rows = (
            Link.objects.visible_to(request.user).filter(source__space=space).wanted()
        )
        return {"page": _paged(request, rows, TITLES_PER_PAGE)}
    if shown in ("linked", "orphans"):
        links = Link.objects.visible_to(request.user)
        rows = pages.most_linked(links) if shown == "linked" else pages.orphans(links)
        return {"page": _paged(request, rows.defer(*HEAVY), TITLES_PER_PAGE, space)}
    rows = pages.by_title().only(
        "pk", "title", "slug", "changed", "audience", "protection", "space_id"
    )
    return {"page": _paged(request, rows, TITLES_PER_PAGE, space)}


def _paged(request, rows, number, space=None):
    page = Paginator(rows, number).get_page(request.GET.get("page"))
    for row in page if space is not None else ():
        getattr(row, "page", row).space = space
    return page


@login_not_required
@on_page(load=PageQuerySet.for_reading)
def page_detail(request, space, page):
    """One page, with who wrote it, what stands around it, and the talk under it."""
    user = request.user
    writers = find_writers(page, user)
    parent, children = find_family(page, user)
    revision = page.current
    can_edit = permissions.can_edit_page(user, page)
    html = page.body_html
    context = {
        "space": space,
        "membership": space.membership_of(user),
        "wiki_page": page,
        "revision": revision,
        "changed_by": revision
        and writers.names.get(revision.author_id or revision.author_name or None),
        "headings": page.headings if len(page.headings) >= LEAST_HEADINGS else [],
        "parent": parent,
        "children": children,
        "writers": writers.in_order,
        "groups": writers.groups,
        "can_edit": can_edit,
        "body_html": with_edit_links(page, html) if can_edit else html,
        "can_write": permissions.can_write_page(user, space),
        "can_delete": permissions.can_delete_page(user, page),
        "can_talk": page.thread is not None and can_write_in_thread(user, page.thread),
        "talk": None,
        **find_standing(page, user, writers),
    }
    if page.thread is not None and (page.thread.message_count or "talk" in request.GET):
        context |= thread_context(request, page.thread)
    return render(request, "wiki/page_detail.html", context)


@login_not_required
@on_page()
def page_links(request, space, page):
    """What links here, and where this page leads."""
    links = (
        Link.objects.visible_to(request.user)
        .filter(target=page)
        .select_related("source")
        .order_by("source__title", "pk")
    )
    rows = Paginator(links, TITLES_PER_PAGE).get_page(request.GET.get("page"))
    for link in rows:
        link.source.space = space
    visible = Page.objects.visible_in(space, request.user)
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "wiki_page": page,
        "page": rows,
        "outgoing": visible.filter(backlinks__source=page).by_title()[:TITLES_PER_PAGE],
        "former": page.former_slugs.exclude(slug="").order_by("pk")[:20],
    }
    for target in context["outgoing"]:
        target.space = space
    return render(request, "wiki/page_links.html", context)
