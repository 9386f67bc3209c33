"""One row of a feed, whatever it is made from: a post, a story, a wiki page.

A page that looks across (home, a space's front page, a tag, a search) draws entries
only, so all of them look alike and none knows three models.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.prepared import Prepared
from conversations.models import Message, Thread
from discover import rows
from markup.rendering import excerpt
from stories.models import Story
from ui import cards

WORDS = 45
# A question this young is not yet called unanswered.
PATIENCE_DAYS = 2


class Group(NamedTuple):
    """A stakeholder group, as it is drawn."""

    name: str
    palette: int


@dataclass
class Entry:
    """What ``ui.cards.entry`` draws.

    Attributes:
        kind: eyebrow words, e.g. "Question · 6 days without an answer".
        tone: "clay" asks for attention, "leaf" does not.
        reason: why it stands where it stands, when that is not plain time.
        title, url: headline and where it leads; a short post has no headline.
        key: what it is called on the page; a post's is "t" and its thread's number.
        honest: what did not work, shown before anything else of a story.
        step, step_url: the one next step, a verb.
        when: the moment it is sorted by.
    """

    kind: str
    title: str
    url: str
    when: datetime
    tone: str = "leaf"
    reason: str = ""
    author: str = ""
    group: Group | None = None
    came_by: str = ""
    typed_by: str | None = None
    text: str = ""
    honest: str = ""
    meta: str = ""
    step: str = ""
    step_url: str = ""
    space: object = None
    key: str = ""

    def draw(self, *, many=False):
        """As HTML.

        Args:
            many: entries of several spaces stand together, so it names its own.
        """
        return cards.entry(
            self.when,
            key=self.key,
            kind=self.kind,
            title=self.title,
            url=self.url,
            tone=self.tone,
            reason=self.reason,
            space=(self.space.name, self.space.get_absolute_url()) if many else None,
            author=self.author,
            group=self.group,
            came_by=self.came_by,
            typed_by=self.typed_by,
            honest_words=self.honest,
            text=self.text,
            step=self.step,
            step_url=self.step_url,
            meta=self.meta,
        )


def recent(user, spaces, *, limit=12, now=None):
    """The newest things of these spaces that this person may see.

    A question that nobody has answered stands first, with the reason shown.

    Args:
        user: who looks.
        spaces: list of spaces.
        limit: how many entries at the most.
        now: the clock.

    Returns:
        list of ``Entry``; three queries whatever their number.
    """
    now = now or timezone.now()
    by_id = {space.pk: space for space in spaces}
    ids = list(by_id)
    found = [
        *(
            (post.thread.last_activity, post)
            for post in rows.recent_posts(user, spaces=ids)
        ),
        *((told_at(story), story) for story in rows.recent_stories(user, spaces=ids)),
        *((page.changed, page) for page in rows.recent_pages(user, spaces=ids)),
    ]
    found.sort(key=lambda pair: pair[0], reverse=True)
    waiting = next((pair for pair in found if _waits(pair[1])), None)
    if waiting:
        found.remove(waiting)
        found.insert(0, waiting)
    entries = [entry_of(item, by_id, now) for _when, item in found[:limit]]
    if waiting:
        entries[0].reason = _("Shown first: nobody has answered yet")
    return entries


_posts_of_threads = Prepared(
    lambda user, threads: rows.posts_of(Thread.objects.filter(pk__in=threads))
)


def post_entries(user, threads, spaces, now):
    """Entries of threads that this person may see, in one query.

    Args:
        user: who looks.
        threads: list of threads.
        spaces: pk → space.
        now: the clock.

    Returns:
        list of ``Entry``, latest activity first.
    """
    posts = _posts_of_threads(user, threads=[thread.pk for thread in threads])
    return [entry_of(post, spaces, now) for post in posts]


def told_at(story):
    """The moment a story is sorted by."""
    return story.published or story.created


def _waits(item):
    return isinstance(item, Message) and item.thread.is_unanswered


def entry_of(item, spaces, now):
    """The entry of a post (its first message), a story or a page.

    Args:
        item: of ``posts_of``, ``stories_of`` or ``pages_of``.
        spaces: pk → space.
        now: the clock.
    """
    if isinstance(item, Message):
        item.thread.space = spaces[item.thread.space_id]
        return _post_entry(item.thread, item, now)
    item.space = spaces[item.space_id]
    if isinstance(item, Story):
        return _story_entry(item)
    return _page_entry(item)


def _by(item):
    """Who said it, for the byline; ``item`` is an ``Authored``, or None."""
    if item is None:
        return {"author": _("Former member")}
    group = item.author_group
    typed = item.entered_by_id is not None and item.entered_by_id != item.author_id
    return {
        "author": str(item.author or item.author_name or _("Former member")),
        "group": group and Group(group.name, group.palette),
        "came_by": item.came_by,
        "typed_by": str(item.entered_by) if typed else None,
    }


def _post_entry(thread, message, now):
    answers = thread.message_count - 1
    days = (now - thread.created).days
    waits = thread.is_unanswered
    kind = message.get_talk_display() or str(_("Post"))
    if waits and days >= PATIENCE_DAYS:
        kind = _("%(kind)s · %(days)d days without an answer") % {
            "kind": kind,
            "days": days,
        }
    headline, text = headline_of(message.body)
    return Entry(
        kind=str(kind),
        tone="clay" if waits else "leaf",
        title=headline,
        url=thread.get_absolute_url(),
        when=thread.last_activity,
        text=text,
        meta=ngettext("%d answer", "%d answers", answers) % answers if answers else "",
        step=_("Answer") if waits else "",
        step_url=f"{thread.get_absolute_url()}#reply" if waits else "",
        space=thread.space,
        key=f"t{thread.pk}",
        **_by(message),
    )


# Reading Markdown is dear, and the same posts stand on many people's pages.
_excerpt = lru_cache(maxsize=4096)(excerpt)


@lru_cache(maxsize=4096)
def headline_of(body):
    """Split a short post into its first sentence and the rest.

    Args:
        body: Markdown.

    Returns:
        (headline, text): the first line or sentence when it is short enough to be
        read as a headline, else its first words, with the others as text.
    """
    first, _break, rest = body.strip().partition("\n\n")
    if rest and 12 <= len(line := excerpt(first, words=WORDS)) <= 110:
        return line, excerpt(rest, words=WORDS)
    plain = excerpt(body, words=WORDS)
    for end in ("\n", "? ", ". ", "! "):
        head, found, rest = plain.partition(end)
        if found and 12 <= len(head) <= 110:
            return (head + end).strip(), rest.strip()
    if len(plain) <= 110:
        return plain, ""
    words = plain.split()
    if len(words) <= 12:
        return plain, ""
    return " ".join(words[:12]) + " …", "… " + " ".join(words[12:])


def _story_entry(story):
    return Entry(
        kind=_("Story · %(minutes)d min") % {"minutes": story.minutes},
        title=story.title,
        url=story.get_absolute_url(),
        when=told_at(story),
        text=_excerpt(story.body or story.set_out, words=WORDS),
        honest=_excerpt(story.did_not_work, words=30),
        meta=_("Read on"),
        space=story.space,
        **_by(story),
    )


def _page_entry(page):
    revision = page.current
    return Entry(
        kind=_("Wiki") if not revision or revision.number > 1 else _("New wiki page"),
        title=page.title,
        url=page.get_absolute_url(),
        when=page.changed,
        text=_("What changed: %(summary)s") % {"summary": revision.summary}
        if revision and revision.summary
        else "",
        space=page.space,
        **_by(revision),
    )
