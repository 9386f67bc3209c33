"""Feeds of stories that anybody may read."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Max
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from markup.tags import tag_key
from spaces.entry import enter
from stories.models import Story
from stories.syndication import KINDS, NEWEST, feed_document
from tags.models import Tag


@login_not_required
@require_safe
def story_feed(request, space, kind):
    """The newest stories of a space, as Atom, RSS or JSON Feed."""
    space = _open_space(request, space, kind)
    return _serve(
        request,
        Story.objects.in_space(space),
        space=space,
        kind=kind,
        title=_("Stories of %(space)s") % {"space": space.name},
        page=reverse("stories:story_list", kwargs={"space": space.slug}),
    )


@login_not_required
@require_safe
def tag_feed(request, space, tag, kind):
    """The newest stories under one hashtag."""
    space = _open_space(request, space, kind)
    found = Tag.objects.filter(space=space, slug=tag_key(tag)).first()
    stories = Story.objects.in_space(space).filter(tagged__tag=found)
    if found is None or not stories.in_the_open().exists():
        # A word that only closed items carry looks like one that nobody has used.
        raise Http404
    return _serve(
        request,
        stories,
        space=space,
        kind=kind,
        title=_("Stories under #%(tag)s of %(space)s")
        % {"tag": found.display, "space": space.name},
        page=reverse(
            "discover:tag_detail", kwargs={"space": space.slug, "tag": found.slug}
        ),
    )


def _open_space(request, slug, kind):
    """The space, where it is open to all; a feed reader cannot sign in."""
    space = enter(request, slug, tool="stories")
    if kind not in KINDS or not space.is_open:
        raise Http404
    return space


def _serve(request, stories, *, space, kind, title, page):
    stories = stories.in_the_open()
    newest = stories.aggregate(
        changed=Max("changed"), published=Max("published"), number=Count("pk")
    )
    # One withdrawn and an old draft published: as many as before, none changed.
    moments = [newest["changed"], newest["published"], space.created]
    changed = max(filter(None, moments))
    etag = f'W/"{changed.timestamp():.6f}-{newest["number"]}"'
    answer = get_conditional_response(
        request, etag=etag, last_modified=int(changed.timestamp())
    )
    if answer is None or answer.status_code != 304:
        content_type, text = feed_document(
            kind,
            stories.for_feeds().newest_first()[:NEWEST],
            title=title,
            about=space.concern,
            page=page,
            feed=request.path,
            language=space.language,
        )
        answer = HttpResponse(text, content_type=content_type)
    answer["ETag"] = etag
    answer["Cache-Control"] = "public, max-age=300"
    return answer
