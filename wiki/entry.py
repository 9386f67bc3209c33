"""The door of a page: found through the right to see it, at its old addresses too."""

from functools import cache, wraps

from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.prepared import Prepared
from spaces.entry import enter, refuse
from wiki.models import Page, PageQuerySet
from wiki.permissions import can_undelete_page


def on_page(*, load=PageQuerySet.with_writing, gone=False):
    """Decorate a view that is about one page: it gets the space and the ``Page``.

    A former address leads on for good; what was typed into a form at a former address
    is not lost on the way. A deleted page says so.

    Args:
        load: a word of ``PageQuerySet`` that adds what the view draws.
        gone: the view takes deleted pages too.
    """

    def decorate(view):
        @wraps(view)
        def entered(request, space, page, **kwargs):
            space = enter(request, space, tool="wiki")
            found = find_page(request, space, page, load=load)
            if found.slug != page and request.method in ("GET", "HEAD"):
                return _lead_on(request, space, found, kwargs)
            if found.deleted is not None and not gone:
                return draw_gone(request, space, found)
            return view(request, space, found, **kwargs)

        return entered

    return decorate


@cache
def _prepared(load):
    """The queries for a page and for a former address of one."""
    return (
        Prepared(
            lambda user, space, slug: load(Page.gone_too.visible_to(user)).filter(
                space=space, slug=slug
            )
        ),
        Prepared(
            lambda user, space, slug: load(Page.gone_too.visible_to(user)).filter(
                former_slugs__slug=slug, former_slugs__space=space
            )
        ),
    )


def find_page(request, space, slug, *, load=PageQuerySet.with_writing):
    """A page by its address of today or a former one; deleted ones too.

    Args:
        request: its user is the one who looks.
        space: the entered space.
        slug: from the address.
        load: as for ``on_page``.

    Raises:
        SignInFirst: a guest asks for what is not open (or does not exist).
        Http404: a signed-in person cannot see it (or it does not exist).
    """
    where = {"space": space.pk, "slug": slug}
    of_today, of_old = _prepared(load)
    pages = of_today(request.user, **where) or of_old(request.user, **where)
    if not pages:
        refuse(request)
    found = pages[0]
    found.space = space
    if found.thread is not None:
        found.thread.space = space
    return found


def _lead_on(request, space, page, kwargs):
    name = request.resolver_match.view_name
    url = reverse(name, kwargs={"space": space.slug, "page": page.slug, **kwargs})
    query = request.GET.urlencode()
    return redirect(f"{url}?{query}" if query else url, permanent=True)


def draw_gone(request, space, page, *, text="", title=""):
    """Say that a page was deleted; give back what somebody has just typed.

    Args:
        request: the request.
        space: the entered space.
        page: the deleted ``Page``.
        text, title: what was typed into its form.
    """
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "wiki_page": page,
        "text": text,
        "title": title or page.title,
        "can_undelete": can_undelete_page(request.user, page),
    }
    return render(request, "wiki/page_gone.html", context, status=410)
