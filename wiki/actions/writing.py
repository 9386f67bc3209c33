"""Making and saving pages. No word that somebody typed is ever overwritten unseen."""

from django.db import transaction
from django.utils import timezone

from conversations.actions import open_thread
from conversations.actions.threads import start_following
from markup.diffing import compare
from markup.limits import check_length, clean
from markup.merging import merge
from notifications.actions import notify
from spaces.actions.recording import write_record
from spaces.permissions import can_tend_space
from wiki.actions import places
from wiki.actions.attaching import files_follow
from wiki.actions.outcomes import Collided, Gone, Outcome
from wiki.drawing import DRAWN_FIELDS, draw_page
from wiki.locking import hold_page, hold_wiki
from wiki.models import Draft, Page, Revision
from wiki.notifications import PageChanged
from wiki.nudging import nudge_drawing
from wiki.permissions import is_seen_at_once
from wiki.redrawing import redraw_linking
from wiki.titles import check_title, tidy_title

# Settings that other pages' links depend on.
FAR_REACHING = {"audience", "audience_group"}


@transaction.atomic
def create_page(
    space,
    *,
    by,
    title,
    body,
    audience,
    audience_group=None,
    parent=None,
    summary="",
    group=None,
    client_id=None,
    author=None,
    came_by="web",
    is_quiet=False,
):
    """Begin a page, with the talk under it; pages that link to its title turn blue.

    Args:
        space: where.
        by: who types.
        title: as typed.
        body: Markdown.
        audience, audience_group: who reads it.
        parent: the ``Page`` it belongs under.
        summary: what the first version is.
        group: the writer's stakeholder group.
        client_id: made by the form; the same id twice is the same page.
        author: whose words they are, where a linker types for somebody.
        came_by: one of ``Authored.CameBy``.
        is_quiet: nobody is told: it is one of very many.

    Returns:
        ``Outcome``.

    Raises:
        ValidationError: not a title.
        TextTooLong: over the cap.
        TitleTaken: a page of that title stands already.
    """
    hold_wiki(space.pk, alone=True)
    known = Page.gone_too.filter(client_id=client_id).first() if client_id else None
    if known is not None and _is_still_theirs(known, by, space):
        # The button was pressed twice; where the text is another by now, it is an
        # edit of what the first press has made.
        first = known.revisions.order_by("number").first()
        return save_page(
            known, by=by, body=body, base=first, group=group, came_by=came_by
        )
    title = tidy_title(title)
    check_title(title)
    page = Page(
        space=space,
        title=title,
        audience=audience,
        audience_group=audience_group,
        client_id=client_id if known is None else None,
        created_by=author or by,
    )
    places.refuse_taken(page)
    places.put_under(page, parent)
    page.slug = places.find_slug(page)
    page.thread = open_thread(
        space=space,
        origin="page",
        title=page.title,
        path=page.get_absolute_url(),
        audience=audience,
        audience_group=audience_group,
    )
    page.save()
    start_following(page.thread, [author or by])
    revision = _add_revision(
        page,
        _tidy(body),
        by=by,
        author=author,
        base=None,
        group=group,
        summary=summary,
        came_by=came_by,
    )
    Draft.objects.filter(space=space, page=None, person=by).delete()
    _draw_linking(page, {page.key})
    places.touch_family(page)
    if not is_quiet:
        notify(PageChanged, page, **_news(revision, by))
    return Outcome(page, revision, "saved")


def _is_still_theirs(page, by, space):
    """Whether who began a page may write in it by its first form: not where it was
    guarded meanwhile, or given to readers they are not among."""
    if (page.created_by_id, page.space_id) != (by.pk, space.pk):
        return False
    is_seen = Page.gone_too.visible_in(space, by).filter(pk=page.pk).exists()
    return is_seen and (not page.is_guarded or can_tend_space(by, space))


@transaction.atomic
def save_page(
    page,
    *,
    by,
    body,
    base,
    title=None,
    summary="",
    is_minor=False,
    group=None,
    settings=None,
    restores=None,
    undoes=None,
    author=None,
    came_by="web",
    seen_by=None,
    section="",
    is_quiet=False,
):
    """Write a new version, joined with what others wrote since ``base``.

    Args:
        page: the ``Page``.
        by: who types.
        body: the whole text, Markdown.
        base: the ``Revision`` it was made from; None when that is not known, then
            the whole text is compared with the whole page.
        title: the new title; None keeps it.
        summary: what was changed, in the writer's words.
        is_minor: nobody needs to be told.
        group: the writer's stakeholder group.
        settings: what else changes: ``parent``, ``protection``, ``audience`` with
            ``audience_group``.
        restores: the old ``Revision`` whose text this is.
        undoes: the old ``Revision`` that this one takes back.
        author: whose words they are, where a linker types for somebody.
        came_by: one of ``Authored.CameBy``.
        seen_by: who has looked at it already (and approved it).
        section: the id of a heading, where only that section was typed: the writer's
            draft of it has done its duty, one of the whole page has not.
        is_quiet: nobody is told: it is one of very many.

    Returns:
        ``Outcome``; no revision is written where nothing changed.

    Raises:
        Collided: words that both changed; nothing was written.
        Gone: the page was deleted meanwhile; nothing was written.
        TitleTaken, ValidationError, TextTooLong: nothing was written.
    """
    settings = dict(settings or {})
    is_far_reaching = title is not None or not FAR_REACHING.isdisjoint(settings)
    hold_wiki(page.space_id, alone=is_far_reaching)
    page = hold_page(page.pk)
    if page.deleted is not None:
        raise Gone(page)
    text, how = _joined(page, _tidy(body), base)
    keys = places.keys_of(page) if is_far_reaching else set()
    is_renamed = title is not None and places.rename(page, title)
    is_new_text = text != page.current.body
    changed = _apply(page, settings, by=by)
    if is_new_text or is_renamed:
        revision = _add_revision(
            page,
            text,
            by=by,
            author=author,
            base=base,
            group=group,
            summary=summary,
            is_minor=is_minor,
            restores=restores,
            undoes=undoes,
            came_by=came_by,
            seen_by=seen_by,
        )
        if not is_quiet:
            notify(PageChanged, page, **_news(revision, by))
    else:
        revision = page.current
        if "audience" in changed:
            draw_page(page, text)
            changed += DRAWN_FIELDS
        if changed:
            page.save(update_fields=changed)
        how = (
            how if how == "merged" and changed else "saved" if changed else "unchanged"
        )
    if "audience" in changed:
        files_follow(page)
    if is_renamed or "audience" in changed:
        _draw_linking(page, keys | {page.key})
    if is_renamed or not {"audience", "parent"}.isdisjoint(changed):
        places.touch_family(page)
    Draft.objects.filter(page=page, person=by, section=section).delete()
    return Outcome(page, revision, how)


def move_page(page, *, by, title=None, group=None, **place):
    """Give a page another title, another place in the tree, or both.

    The old address leads on for ever, and links to the old title keep working.

    Args:
        page: the ``Page``.
        by: who moves it.
        title: the new title; None keeps it.
        group: the stakeholder group ``by`` writes for.
        **place: ``parent`` (a ``Page`` or None), where that changes.

    Returns:
        ``Outcome``; a title is part of the history.

    Raises:
        ValidationError: not a title, or the page would stand under itself.
        TitleTaken, Gone: nothing was changed.
    """
    return save_page(
        page,
        by=by,
        body=page.current.body,
        base=page.current,
        title=title,
        group=group,
        settings=place,
    )


def _tidy(body):
    """Line ends made even, what means nothing dropped; never a word."""
    text = clean(body)
    check_length(text, "page")
    return text


def _joined(page, text, base):
    """The text to keep, and how it came about."""
    current = page.current
    if base is not None and base.pk == current.pk:
        return text, "saved"
    merged = merge(base.body if base else "", text, current.body)
    if not merged.is_clean:
        raise Collided(merged, base, current)
    check_length(merged.text, "page")
    return merged.text, "merged" if merged.text != text else "saved"


def _apply(page, settings, *, by):
    """Set what changes beside the words; returns the names of fields to save."""
    changed = []
    if "parent" in settings and settings["parent"] != page.parent:
        places.touch_family(page)
        places.put_under(page, settings["parent"])
        changed.append("parent")
    if "protection" in settings and settings["protection"] != page.protection:
        page.protection = settings["protection"]
        changed.append("protection")
        write_record(
            "page_protected",
            by=by,
            space=page.space,
            page=page.pk,
            new=page.protection,
        )
    if "audience" in settings:
        readers = settings["audience"], settings.get("audience_group")
        if readers != (page.audience, page.audience_group):
            places.open_to(page, *readers)
            changed += ["audience", "audience_group"]
    return changed


def _add_revision(page, text, *, by, author, seen_by=None, **fields):
    """Write the version, draw the page, save both."""
    before = page.current
    if seen_by is None and is_seen_at_once(by, page.space):
        seen_by = by
    comparison = compare(before.body if before else "", text)
    revision = Revision.objects.create(
        page=page,
        number=before.number + 1 if before else 1,
        title=page.title,
        body=text,
        author=author or by,
        author_group=fields.pop("group"),
        entered_by=by,
        words_added=comparison.added_words,
        words_removed=comparison.removed_words,
        seen=timezone.now() if seen_by else None,
        seen_by=seen_by,
        **fields,
    )
    page.current = revision
    page.changed = revision.created
    draw_page(page, text)
    page.save()
    return revision


def _draw_linking(page, keys):
    if redraw_linking(page.space, keys, besides=page):
        transaction.on_commit(nudge_drawing)


def _news(revision, by):
    """What ``notify`` gets: somebody who saves often is told of once an hour."""
    hour = timezone.now().strftime("%Y%m%d%H")
    about = {"by": by.pk, "revision": revision.pk, "number": revision.number}
    if revision.is_minor:
        about["is_minor"] = True
        hour += "-minor"
    return {
        "about": about,
        "occurrence": f"{by.pk}-{hour}",
    }
