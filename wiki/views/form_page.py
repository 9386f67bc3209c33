"""The form of a page, or of one of its sections, as a page."""

from django.urls import reverse

from accounts.prepared import Prepared
from ui.partials import render_partial
from wiki.forms import MOST_SUGGESTED
from wiki.models import Page, PageTemplate
from wiki.presence import note_open, open_words

_titles = Prepared(
    lambda user, space: (
        Page.objects.visible_to(user)
        .filter(space=space)
        .by_title()
        .values_list("title", flat=True)[:MOST_SUGGESTED]
    )
)
_templates = Prepared(
    lambda user, space: PageTemplate.objects.filter(space=space).values("pk", "name")
)


def draw_form(
    request, space, form, *, draft=None, others=(), preview=None, status=None
):
    """Draw the form of a page.

    Args:
        request: the request.
        space: the entered space.
        form: a ``PageForm``.
        draft: a ``Draft`` that is offered.
        others: the writer's drafts of other parts of this page.
        preview: safe HTML of what is typed.
        status: HTTP status; 422 for a bound form that was refused.
    """
    page, section = form.page, form.section
    where = {"space": space.slug}
    if page is not None:
        where["page"] = page.slug
    edit_url = reverse("wiki:page_edit" if page else "wiki:page_create", kwargs=where)
    base = form["base"].value() if page is not None else ""
    part = section.id if section else ""
    # One part of a page is kept apart from another, and from the whole.
    keep_all = f"wiki-{page.pk}@{part}-" if part else f"wiki-{page.pk}-" if page else ""
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "wiki_page": page,
        "form": form,
        "section": section,
        "draft": draft,
        "other_drafts": others,
        "preview_html": preview,
        "edit_url": edit_url,
        "preview_url": reverse("wiki:page_preview", kwargs=where),
        "draft_url": reverse("wiki:draft_save", kwargs=where),
        "discard_url": reverse("wiki:draft_discard", kwargs=where),
        # With the base in the key a browser never puts words that were typed on an
        # older version into a form that says it was made from the newest.
        "keep": f"{keep_all}{base}" if page else f"wiki-new-{space.pk}",
        "keep_all": keep_all,
        "titles": _titles(request.user, space=space.pk),
        "others": "" if page is None else open_words(note_open(page, request.user)),
        "files_url": reverse("wiki:attachment_list", kwargs=where)
        if page is not None
        else "",
        "templates": _templates(request.user, space=space.pk) if page is None else (),
        "is_behind": page is not None and str(base) != str(page.current_id),
    }
    if status is None:
        status = 422 if form.is_bound else 200
    return render_partial(
        request, "wiki/page_edit.html", context, target="preview", status=status
    )
