"""Pages that look across: home, a space's front page, tags, search."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.prepared import Prepared
from conversations.models import Thread
from discover import entries, live, pulse, rows, searching, waiting
from markup.tags import tag_key
from spaces.drawing import year_line
from spaces.entry import approach, enter, is_inside
from spaces.models import Gathering, Space, StakeholderGroup
from spaces.permissions import (
    can_create_space,
    can_join_space,
    can_request_space,
    can_tend_space,
    can_write_in_space,
)
from stories.models import Story
from tags.models import Tag
from ui import cards
from webinars.models import Webinar

COMING = 4
# Of a hashtag, on each page of it.
POSTS, STORIES = 15, 10
YEAR = timedelta(days=365)
_own_spaces = Prepared(
    lambda user: (
        Space.objects.of(user)
        .only("slug", "name", "visibility", "join_policy", "state")
        .order_by("state", "name")
    )
)
_other_spaces = Prepared(
    lambda user, own: (
        Space.objects.visible_to(user)
        .exclude(pk__in=own)
        .exclude(state="archived")
        .only("slug", "name", "concern")
        .newest_first()[:6]
    )
)
_coming_webinars = Prepared(
    lambda user, spaces, now: (
        Webinar.objects.visible_to(user)
        .filter(space__in=spaces)
        .coming(now)
        .only("space", "slug", "title", "starts", "time_zone")
        .annotate(
            coming_count=Count("registrations", filter=Q(registrations__answer="yes"))
        )[:COMING]
    )
)
# What the line of the year and "Coming up" tell of a gathering, not its notes.
_gatherings = Prepared(
    lambda user, space: (
        Gathering.objects.filter(space=space)
        .only("space", "title", "starts", "place")
        .order_by("starts")
    )
)
_groups = Prepared(
    lambda user, space: (
        StakeholderGroup.objects.filter(space=space)
        .annotate(size=Count("memberships", filter=Q(memberships__status="active")))
        .order_by("position", "pk")
    )
)

_tags = Prepared(
    lambda user, space, key: (
        Tag.objects.visible_to(user)
        .filter(space=space, slug=key)
        .annotate(
            post_count=waiting.count_of(_posts_seen(user), "tagged__tag"),
            story_count=waiting.count_of(
                Story.objects.visible_to(user).published(), "tagged__tag"
            ),
        )
    )
)


def _posts_seen(user):
    return Thread.objects.visible_to(user).exchange().filter(message_count__gt=0)


def _tagged_posts(user, tag, number=1):
    threads = _posts_seen(user).filter(tagged__tag=tag).lately_active_first()
    return rows.posts_of(threads[POSTS * (number - 1) : POSTS * number])


def _tagged_stories(user, tag, number=1):
    stories = Story.objects.visible_to(user).published().filter(tagged__tag=tag)
    stories = stories.newest_first()[STORIES * (number - 1) : STORIES * number]
    return rows.stories_of(stories)


_first_posts = Prepared(_tagged_posts)
_first_stories = Prepared(_tagged_stories)


@login_not_required
def home(request):
    """My spaces and what is new in them; for a guest, what Alliance is."""
    if not request.user.is_authenticated:
        spaces = Space.objects.visible_to(request.user).exclude(state="archived")
        spaces = spaces.with_member_count().newest_first()[:12]
        return render(request, "discover/welcome.html", {"spaces": spaces})
    spaces = _own_spaces(request.user)
    others = _other_spaces(request.user, own=[space.pk for space in spaces])
    context = {
        "spaces": spaces,
        "space_lines": [
            cards.line(space.name, space.get_absolute_url(), _standing(space))
            for space in spaces
        ],
        "entries": [
            entry.draw(many=True)
            for entry in entries.recent(request.user, spaces, limit=15)
        ],
        "coming": _coming(request.user, spaces),
        "others": [
            cards.line(
                space.name, space.get_absolute_url(), Truncator(space.concern).words(14)
            )
            for space in others
        ],
        "can_create": can_create_space(request.user),
    }
    return render(request, "discover/home.html", context)


def _standing(space):
    """Who reads and who joins, and whether the space sleeps."""
    state = {"resting": _("Resting"), "archived": _("Archived")}.get(space.state)
    return f"{space.openness} · {state}" if state else str(space.openness)


@login_not_required
def space_detail(request, space):
    """A space's front page; its card for those outside."""
    space = approach(request, space)
    if not is_inside(request.user, space):
        return _space_card(request, space)
    now = timezone.now()
    membership = space.membership_of(request.user)
    gatherings = _gatherings(request.user, space=space.pk)
    for gathering in gatherings:
        gathering.space = space
    groups = _groups(request.user, space=space.pk)
    last = next((g for g in reversed(gatherings) if g.starts <= now), None)
    coming = next((g for g in gatherings if g.starts > now), None)
    since = last.starts if last else max(space.created, now - YEAR)
    talk = pulse.Pulse(space, since, now=now)
    context = {
        "space": space,
        "membership": membership,
        "line": year_line(counts=talk.weekly_talk(), last=last, next=coming, now=now),
        "entries": [
            entry.draw() for entry in entries.recent(request.user, [space], now=now)
        ],
        "coming": _coming(request.user, [space]),
        "next_gathering": coming,
        "voices": talk.voices(groups),
        "groups": groups,
        "waiting": (
            waiting.for_steward(request.user, space, now=now)
            if can_tend_space(request.user, space)
            else []
        ),
        "can_write": can_write_in_space(request.user, space),
        "can_tend": can_tend_space(request.user, space),
        **_doors(request.user, space, membership),
    }
    return render(request, "discover/space_detail.html", context)


def _doors(user, space, membership):
    """Which way in this person has; asked only of those who are outside."""
    if membership is not None:
        return {"can_join": False, "can_request": False}
    return {
        "can_join": can_join_space(user, space),
        "can_request": can_request_space(user, space),
    }


def _space_card(request, space):
    context = {
        "space": space,
        "membership": None,
        "groups": space.groups.all(),
        **_doors(request.user, space, None),
    }
    return render(request, "discover/space_card.html", context)


def _coming(user, spaces):
    by_id = {space.pk: space for space in spaces}
    webinars = _coming_webinars(user, spaces=list(by_id), now=timezone.now())
    for webinar in webinars:
        webinar.space = by_id[webinar.space_id]
    return webinars


@login_not_required
def tag_detail(request, space, tag):
    """Everything under one hashtag that this reader may see.

    A word that only others' items carry looks like a word that nobody has used: the
    answer must not tell one from the other.
    """
    space = enter(request, space)
    key = tag_key(tag.replace("\x00", ""))
    found = _tags(request.user, space=space.pk, key=key)
    label = found[0] if found else None
    is_used = bool(label and (label.post_count or label.story_count))
    page, posts, stories = _under_tag(request, space, label, is_used)
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "word": label.display if is_used else tag,
        "key": key,
        "is_used": is_used,
        "page": page,
        "posts": posts,
        "stories": stories,
        "can_write": can_write_in_space(request.user, space),
        **live.open_parts(request, space, label, is_used=is_used),
    }
    if context["guest_url"]:
        live.invite_guests(context["posts"], context["guest_url"])
    return render(request, "discover/tag_detail.html", context)


def _under_tag(request, space, label, is_used):
    """One page number leads through posts and stories side by side.

    Returns:
        (page, posts, stories), the latter two as entries.
    """
    if not is_used:
        return Paginator([], 1).get_page(1), [], []
    pages = max(-(-label.post_count // POSTS), -(-label.story_count // STORIES))
    page = Paginator(range(pages), 1).get_page(request.GET.get("page"))
    by_id, now, found = {space.pk: space}, timezone.now(), []
    for build, prepared in (
        (_tagged_posts, _first_posts),
        (_tagged_stories, _first_stories),
    ):
        if page.number == 1:
            items = prepared(request.user, tag=label.pk)
        else:
            items = build(request.user, label.pk, page.number)
        found.append([entries.entry_of(item, by_id, now) for item in items])
    return page, *found


@login_not_required
def search(request):
    """Search over everything this person may see."""
    words = request.GET.get("q", "")
    only = request.GET.get("in", "")
    if only not in searching.KINDS:
        only = ""
    found = searching.search(request.user, words, only=only)
    context = {
        "words": words[:200],
        "only": only,
        "kinds": searching.KINDS,
        "found": [
            (
                searching.KINDS[kind],
                kind,
                hits if only else hits[: searching.SIDE_BY_SIDE],
                not only and len(hits) > searching.SIDE_BY_SIDE,
            )
            for kind, hits in found.items()
        ],
    }
    return render(request, "discover/search.html", context)
