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
from wiki import permissions
from wiki.actions import Collided, Gone, TitleTaken, create_page, keep_draft, save_page
from wiki.drawing import draw_text
from wiki.entry import draw_gone, find_page, on_page
from wiki.forms import PageForm, taken_words
from wiki.models import Draft, Page
from wiki.presence import note_closed
from wiki.sectioning import MAX_SECTION, place_after, section_of, words_of
from wiki.titles import MAX_TITLE, tidy_title
from wiki.views.collisions import draw_collisions, read_collisions
from wiki.views.drafts import find_base
from wiki.views.form_page import draw_form
from wiki.views.parts import read_form

_drafts = Prepared(
    lambda user, page: (
        Draft.objects.filter(page=page, person=user)
        .select_related("base")
        .defer("base__body")
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
    template = _template(space, request.GET.get("template", ""))
    initial = {
        "title": draft.title if is_resumed else title,
        "body": draft.body if is_resumed else template,
        "audience": Audience.PUBLIC if space.is_open else Audience.MEMBERS,
        "parent": request.GET.get("under", "")[:MAX_TITLE],
    }
    form = PageForm(initial=initial, space=space, user=request.user)
    return draw_form(request, space, form, draft=None if is_resumed else draft)


def _template(space, number):
    """The text a new page begins with: that of a template, or none."""
    if not number.isdecimal() or len(number) > 9:
        return ""
    found = space.page_templates.filter(pk=int(number)).values_list("body", flat=True)
    return found.first() or ""


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
    if permissions.can_propose_change(request.user, page):
        return redirect("wiki:page_propose", space=space.slug, page=page.slug)
    if not permissions.can_edit_page(request.user, page):
        raise PermissionDenied(_why_not_edit(request.user, page))
    place = request.GET.get("section", "")
    drafts = {draft.section: draft for draft in _drafts(request.user, page=page.pk)}
    draft = drafts.pop(place, None)
    is_resumed = draft is not None and "draft" in request.GET
    # A tab kept words typed on an older version: the form is drawn on that one again,
    # so that saving joins them with what came since.
    base = find_base(page, request.GET.get("base")) or page.current
    if is_resumed and place and draft.base is not None:
        base = draft.base
    section = section_of(base, place)
    if place and section is None:
        messages.info(
            request,
            _("The page has no such section any more. Here is the whole page."),
        )
        draft, is_resumed = drafts.pop("", None), False
    initial = {
        "title": page.title,
        "body": base.body,
        "parent": _parent_title(request.user, page),
        "audience": page.audience,
        "protection": page.protection,
        "base": base.pk,
    }
    if section is not None:
        initial |= {
            "body": words_of(base, section),
            "section": section.id,
            "summary": f"{section.title[:180]}: ",
        }
    if is_resumed:
        initial |= {
            "title": draft.title or page.title,
            "body": draft.body,
            "summary": draft.summary,
            "base": draft.base_id or "",
        }
    form = PageForm(
        initial=initial, space=space, user=request.user, page=page, section=section
    )
    shown = None if is_resumed else draft
    return draw_form(request, space, form, draft=shown, others=drafts.values())


def _edit(request, space, page):
    text = request.POST.get("body", "")
    if page.deleted is not None:
        return draw_gone(
            request, space, page, text=text, title=request.POST.get("title", "")
        )
    if not permissions.can_edit_page(request.user, page):
        if permissions.can_write_page(request.user, space):
            base = find_base(page, request.POST.get("base"))
            place = request.POST.get("section", "")[:MAX_SECTION]
            keep_draft(
                space, by=request.user, page=page, base=base, section=place, body=text
            )
        raise PermissionDenied(_why_not_edit(request.user, page, is_kept=bool(text)))
    form, part = read_form(request, space, page)
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
            section=part.id if part else request.POST.get("part", ""),
        )
    except Collided as collided:
        keep_draft(
            space,
            by=request.user,
            page=page,
            base=base,
            section=part.id if part else "",
            title="" if part else words["title"],
            body=part.words if part else body,
            summary=words["summary"],
        )
        return draw_collisions(
            request, space, page, form, collided, mine=body, typed=part
        )
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
    note_closed(page, request.user)
    _say(request, outcome)
    place = place_after(outcome.page, part.section, part.words) if part else ""
    return redirect(f"{outcome.page.get_absolute_url()}{place}")


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
    section = None
    if page is not None and "section" in request.POST:
        base = find_base(page, request.POST.get("base"))
        section = section_of(base, request.POST["section"])
    form = PageForm(
        request.POST, space=space, user=request.user, page=page, section=section
    )
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
