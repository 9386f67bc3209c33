"""Writing: a new page, a new version, the preview."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.prepared import Prepared
from markup.limits import TextTooLong
from spaces.entry import enter
from spaces.models import Audience
from ui.partials import render_partial
from wiki import permissions
from wiki.actions import Collided, Gone, TitleTaken, create_page, keep_draft, save_page
from wiki.drawing import draw_text
from wiki.entry import draw_gone, find_page, on_page
from wiki.forms import MOST_SUGGESTED, PageForm, taken_words
from wiki.models import Draft, Page
from wiki.titles import MAX_TITLE, tidy_title
from wiki.views.collisions import draw_collisions, read_collisions
from wiki.views.drafts import find_base

_drafts = Prepared(
    lambda user, page: (
        Draft.objects.filter(page=page, person=user)
        .select_related("base")
        .defer("base__body")
    )
)
_titles = Prepared(
    lambda user, space: (
        Page.objects.visible_to(user)
        .filter(space=space)
        .by_title()
        .values_list("title", flat=True)[:MOST_SUGGESTED]
    )
)


def page_create(request, space):
    """A new page; from a red link with its title filled in."""
    space = enter(request, space, tool="wiki")
    if not permissions.can_write_page(request.user, space):
        raise PermissionDenied(_("Only members of this space write pages here."))
    if request.method == "POST":
        return _create(request, space)
    title = tidy_title(request.GET.get("title", ""))[:MAX_TITLE]
    # A link is red for all where some readers may not know the page (wiki/linking.py);
    # who may see it is taken there.
    if title and (standing := _titled(request.user, space, title)):
        return redirect(standing)
    draft = Draft.objects.filter(space=space, page=None, person=request.user).first()
    is_resumed = draft is not None and "draft" in request.GET
    initial = {
        "title": draft.title if is_resumed else title,
        "body": draft.body if is_resumed else "",
        "audience": Audience.PUBLIC if space.is_open else Audience.MEMBERS,
        "parent": request.GET.get("under", "")[:MAX_TITLE],
    }
    form = PageForm(initial=initial, space=space, user=request.user)
    return draw_form(request, space, form, draft=None if is_resumed else draft)


def _titled(user, space, title):
    membership = space.membership_of(user)
    group = membership.group if membership else None
    pages = Page.objects.visible_in(space, user)
    for audience_group in {group, None}:
        found = pages.titled(title, audience_group=audience_group).first()
        if found is not None:
            found.space = space
            return found
    return None


def _create(request, space):
    form = PageForm(request.POST, space=space, user=request.user)
    if not form.is_valid():
        return draw_form(request, space, form)
    words = form.cleaned_data
    try:
        outcome = create_page(
            space,
            by=request.user,
            title=words["title"],
            body=words["body"],
            parent=words["parent"],
            summary=words["summary"],
            group=space.membership_of(request.user).group,
            client_id=words["client_id"],
            **form.readers,
        )
    except TitleTaken as taken:
        form.add_error("title", taken_words(taken.page))
        return draw_form(request, space, form)
    except ValidationError as error:
        form.add_error("parent", error)
        return draw_form(request, space, form)
    messages.success(request, _("The page is there."))
    return redirect(outcome.page)


@on_page(gone=True)
def page_edit(request, space, page):
    """A new version of a page. The form carries what it was made from."""
    if request.method == "POST":
        return _edit(request, space, page)
    if page.deleted is not None:
        return draw_gone(request, space, page)
    if not permissions.can_edit_page(request.user, page):
        raise PermissionDenied(_why_not_edit(request.user, page))
    draft = next(iter(_drafts(request.user, page=page.pk)), None)
    is_resumed = draft is not None and "draft" in request.GET
    # A tab kept words typed on an older version: the form is drawn on that one again,
    # so that saving joins them with what came since.
    base = find_base(page, request.GET.get("base")) or page.current
    initial = {
        "title": page.title,
        "body": base.body,
        "parent": _parent_title(request.user, page),
        "audience": page.audience,
        "protection": page.protection,
        "base": base.pk,
    }
    if is_resumed:
        initial |= {
            "title": draft.title or page.title,
            "body": draft.body,
            "summary": draft.summary,
            "base": draft.base_id or "",
        }
    form = PageForm(initial=initial, space=space, user=request.user, page=page)
    return draw_form(request, space, form, draft=None if is_resumed else draft)


def _edit(request, space, page):
    text = request.POST.get("body", "")
    if page.deleted is not None:
        return draw_gone(
            request, space, page, text=text, title=request.POST.get("title", "")
        )
    if not permissions.can_edit_page(request.user, page):
        if permissions.can_write_page(request.user, space):
            base = find_base(page, request.POST.get("base"))
            keep_draft(space, by=request.user, page=page, base=base, body=text)
        raise PermissionDenied(_why_not_edit(request.user, page, is_kept=bool(text)))
    form = PageForm(request.POST, space=space, user=request.user, page=page)
    if not form.is_valid():
        return draw_form(request, space, form)
    words = form.cleaned_data
    body, base = words["body"], find_base(page, words["base"])
    if "theirs" in request.POST:
        answer = read_collisions(request, space, page, form, base)
        if answer.response is not None:
            return answer.response
        body, base = answer.text, answer.theirs
    try:
        outcome = save_page(
            page,
            by=request.user,
            body=body,
            base=base,
            title=form.new_title,
            summary=words["summary"],
            is_minor=words["is_minor"],
            group=space.membership_of(request.user).group,
            settings=form.settings,
        )
    except Collided as collided:
        keep_draft(
            space,
            by=request.user,
            page=page,
            base=base,
            title=words["title"],
            body=body,
            summary=words["summary"],
        )
        return draw_collisions(request, space, page, form, collided, mine=body)
    except Gone as gone:
        return draw_gone(request, space, gone.page, text=body, title=words["title"])
    except TitleTaken as taken:
        field = "title" if form.new_title else "audience"
        form.add_error(field, taken_words(taken.page))
        return draw_form(request, space, form)
    except TextTooLong as error:
        form.add_error(
            "body",
            _("Together with what others wrote meanwhile: %(words)s")
            % {"words": error},
        )
        return draw_form(request, space, form)
    except ValidationError as error:
        form.add_error("parent" if "parent" in form.settings else "title", error)
        return draw_form(request, space, form)
    _say(request, outcome)
    return redirect(outcome.page)


def _say(request, outcome):
    if outcome.how == "merged":
        address = reverse(
            "wiki:page_history",
            kwargs={"space": outcome.page.space.slug, "page": outcome.page.slug},
        )
        words = format_html(
            _(
                "Saved. Somebody else had changed the page while you were writing; "
                'both changes are in it. <a href="{}">See the history</a>.'
            ),
            address,
        )
        messages.success(request, words)
    elif outcome.how == "unchanged":
        messages.info(request, _("Nothing was changed, so there is no new version."))
    else:
        messages.success(request, _("Saved."))


def _why_not_edit(user, page, *, is_kept=False):
    if permissions.can_write_page(user, page.space):
        why = _("Stewards and facilitators guard this page. Tell them under it what "
                "should be better.")  # fmt: skip
        if is_kept:
            why = f"{why} {_('What you wrote is kept as your draft.')}"
        return why
    return _("Only members of this space write pages here.")


def _parent_title(user, page):
    if page.parent_id is None:
        return ""
    return (
        Page.objects.visible_to(user)
        .filter(pk=page.parent_id)
        .values_list("title", flat=True)
        .first()
        or ""
    )


@require_POST
def page_preview(request, space, page=None):
    """What is typed, drawn as it will be; the form stays as it is below."""
    space = enter(request, space, tool="wiki")
    page = find_page(request, space, page) if page else None
    if not permissions.can_write_page(request.user, space):
        raise PermissionDenied(_("Only members of this space write pages here."))
    form = PageForm(request.POST, space=space, user=request.user, page=page)
    form.is_valid()
    if "body" in form.errors:
        return draw_form(request, space, form)
    readers = form.readers
    group = readers["audience_group"]
    rendered, _links = draw_text(
        form.cleaned_data["body"],
        space,
        audience=readers["audience"],
        group=group.pk if group else None,
    )
    # What is missing elsewhere in the form is said when it is saved.
    form.errors.clear()
    return draw_form(request, space, form, preview=rendered.html, status=200)


def draw_form(request, space, form, *, draft=None, preview=None, status=None):
    """Draw the form of a page.

    Args:
        request: the request.
        space: the entered space.
        form: a ``PageForm``.
        draft: a ``Draft`` that is offered.
        preview: safe HTML of what is typed.
        status: HTTP status; 422 for a bound form that was refused.
    """
    page = form.page
    where = {"space": space.slug}
    if page is not None:
        where["page"] = page.slug
    edit_url = reverse("wiki:page_edit" if page else "wiki:page_create", kwargs=where)
    base = form["base"].value() if page is not None else ""
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "wiki_page": page,
        "form": form,
        "draft": draft,
        "preview_html": preview,
        "edit_url": edit_url,
        "preview_url": reverse("wiki:page_preview", kwargs=where),
        "draft_url": reverse("wiki:draft_save", kwargs=where),
        "discard_url": reverse("wiki:draft_discard", kwargs=where),
        # With the base in the key a browser never puts words that were typed on an
        # older version into a form that says it was made from the newest.
        "keep": f"wiki-{page.pk}-{base}" if page else f"wiki-new-{space.pk}",
        "keep_all": f"wiki-{page.pk}-" if page else "",
        "titles": _titles(request.user, space=space.pk),
        "is_behind": page is not None and str(base) != str(page.current_id),
    }
    if status is None:
        status = 422 if form.is_bound else 200
    return render_partial(
        request, "wiki/page_edit.html", context, target="preview", status=status
    )
