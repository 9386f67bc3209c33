"""What a digest is made of: items and what happened to them.

An item stands for one thread, story, page or webinar of a space. It is fetched once for
all members of a run; what one member is told of it is decided in memory.
"""

from dataclasses import dataclass
from datetime import datetime

from digests.ranking import score
from spaces.models import Audience

QUESTIONS, TALK, STORIES, PAGES, WEBINARS = (
    "questions",
    "talk",
    "stories",
    "pages",
    "webinars",
)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing somebody did: a message, a revision, a story told.

    Attributes:
        key: (kind, id); what a mail at once may have told already.
        when: when it happened.
        author, typist: ids of people; both know of it themselves.
        name: the author's name ("" for a former member).
        group, group_name: the stakeholder group they spoke for.
        words: the beginning of what they wrote.
        talk: kind of talk.
    """

    key: tuple
    when: datetime
    author: int | None = None
    typist: int | None = None
    name: str = ""
    group: int | None = None
    group_name: str = ""
    words: str = ""
    talk: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One thread, story, page or webinar.

    Attributes:
        key: (kind, id).
        section: where it stands in the digest.
        space: id of its space.
        audience, group: who may see it.
        path: its page.
        title: its title; "" for posts of the exchange, which are their own words.
        events: what happened, oldest first.
        opening: the first message of a thread.
        is_unanswered: a question that nobody has answered yet.
        is_new: the thing itself is new (else something was added or changed).
        starts: when a webinar begins.
        honest: what a story says did not work.
        place: where a story happened; the zone a webinar was set in.
        thread: id of its thread, which a member may have muted.
        crossing: ids of all stakeholder groups heard in the thread lately.
    """

    key: tuple
    section: str
    space: int
    audience: str
    group: int | None
    path: str
    events: tuple = ()
    title: str = ""
    opening: Event | None = None
    is_unanswered: bool = False
    is_new: bool = True
    starts: datetime | None = None
    honest: str = ""
    place: str = ""
    thread: int | None = None
    crossing: frozenset = frozenset()

    def is_for(self, group):
        """Whether an active member of this stakeholder group may see it."""
        return is_for(self, group)

    @property
    def name(self):
        """Its key in one word, as it is stored: "thread-97"."""
        return f"{self.key[0]}-{self.key[1]}"

    @property
    def speaker(self):
        """Whose thing it is: who opened the thread, told the story, called people."""
        return self.opening or (self.events[0] if self.events else None)


@dataclass(frozen=True, slots=True)
class Beyond:
    """How many more there are than were fetched; they are the oldest of a window.

    Attributes:
        section: where they would stand.
        audience, group: who may see them.
        before: they are older than this.
        number: how many.
    """

    section: str
    audience: str
    group: int | None
    before: datetime
    number: int

    def is_for(self, group):
        """As ``Item.is_for``."""
        return is_for(self, group)


def is_for(thing, group):
    """Whether an active member of this stakeholder group (or of none) may see it."""
    return thing.audience != Audience.GROUP or (
        group is not None and thing.group == group
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as one member is told of it.

    Attributes:
        item: the ``Item``.
        events: what is news to this member.
        reason: why it stands where it stands (``digests.corner.Reason``); None where
            that is plain.
    """

    item: Item
    events: tuple = ()
    reason: object = None

    @property
    def rank(self):
        """Sorts many people of many groups first, then the newest, then anything."""
        people = {event.author or event.name: event.group for event in self.events}
        newest = max((event.when.timestamp() for event in self.events), default=0.0)
        return (-score(people), -newest, self.item.key)
