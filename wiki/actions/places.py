"""Titles, addresses, places and readers: steps of the verbs that write a page.

Each is called with the wiki of the space held alone.
"""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from conversations.actions import rename_thread
from conversations.actions import set_audience as set_thread_audience
from spaces.models import Audience
from wiki.actions.outcomes import TitleTaken
from wiki.models import FormerSlug, Page
from wiki.titles import check_title, slugs_for, tidy_title

MOST_LEVELS = 50


def refuse_taken(page):
    """Refuse a title that another standing page of the same readers has.

    Raises:
        TitleTaken: with that page.
    """
    taken = (
        Page.objects.in_space(page.space)
        .titled(page.title, audience_group=page.audience_group_id)
        .exclude(pk=page.pk)
        .first()
    )
    if taken is not None:
        taken.space = page.space
        raise TitleTaken(taken)


def find_slug(page):
    """The best address that no other page has or ever had.

    An address is a promise: what once led to a page never leads to another.
    """
    is_group = page.audience == Audience.GROUP
    for slug in slugs_for(page.title, is_group=is_group):
        held = Page.gone_too.filter(space=page.space, slug=slug).exclude(pk=page.pk)
        former = FormerSlug.objects.filter(space=page.space, slug=slug)
        if not held.exists() and not former.exclude(page=page.pk).exists():
            return slug
    raise AssertionError("slugs_for never ends")


def rename(page, title):
    """Give the page a title; the old one and the old address are remembered.

    Args:
        page: the held ``Page``; the caller saves title and slug.
        title: as typed.

    Returns:
        True where it was another title.

    Raises:
        ValidationError, TitleTaken.
    """
    title = tidy_title(title)
    if title == page.title:
        return False
    check_title(title)
    old_title, old_key, old_slug = page.title, page.key, page.slug
    page.title = title
    refuse_taken(page)
    # "Fire Belts" made "Fire belts" keeps its address.
    if next(slugs_for(title)) != next(slugs_for(old_title)):
        page.slug = find_slug(page)
    page.save(update_fields=["title", "slug"])
    page.former_slugs.filter(slug=page.slug).delete()
    page.former_slugs.filter(slug="", key=page.key).delete()
    if page.key != old_key or page.slug != old_slug:
        FormerSlug.objects.create(
            space=page.space,
            page=page,
            key=old_key,
            slug=old_slug if page.slug != old_slug else "",
        )
    if page.thread is not None:
        rename_thread(page.thread, title=page.title, path=page.get_absolute_url())
    return True


def put_under(page, parent):
    """Move the page, with everything below it, under another one.

    Args:
        page: the held ``Page``; the caller saves ``parent``.
        parent: a ``Page`` or None.

    Raises:
        ValidationError: the page would stand under itself.
    """
    above, levels = parent, 0
    while above is not None:
        levels += 1
        if above.pk == page.pk or levels > MOST_LEVELS:
            raise ValidationError(
                _("“%(parent)s” stands below this page itself.")
                % {"parent": parent.title}
            )
        above = above.parent
    page.parent = parent


def open_to(page, audience, audience_group):
    """Change who reads the page and the talk under it.

    Args:
        page: the held ``Page``; the caller saves its audience.
        audience, audience_group: the new readers.

    Raises:
        TitleTaken: among those readers a page of this title stands already.
    """
    page.audience, page.audience_group = audience, audience_group
    refuse_taken(page)
    if page.thread is not None:
        set_thread_audience(
            page.thread, audience=audience, audience_group=audience_group
        )


def keys_of(page):
    """All titles by which links may mean this page: today's and the former ones."""
    return {page.key, *page.former_slugs.values_list("key", flat=True)}


def touch_family(page):
    """Pages above and below name this one: what is kept of them for guests is old."""
    Page.gone_too.filter(Q(parent=page) | Q(pk=page.parent_id)).update(
        drawn=timezone.now()
    )
