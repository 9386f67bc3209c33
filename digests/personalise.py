"""What one member is told: chosen in memory from what ``collect`` fetched for all.

Own things, muted threads and what a mail at once has told already are left out; an item
for one stakeholder group reaches that group only. Nothing is dropped for lack of room:
what does not fit is counted, and its page is linked.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from conversations.models import Follow, Message
from digests.corner import Acquaintance, choose, is_new_here
from digests.items import PAGES, QUESTIONS, STORIES, TALK, WEBINARS, Entry
from notifications.kinds import kind_of
from notifications.models import Delivery
from stories.models import Story
from webinars.models import Webinar

MOST = {QUESTIONS: 5, TALK: 6, STORIES: 4, PAGES: 5, WEBINARS: 3}
# Older questions that still wait come along, but never cause a mail.
MOST_STILL_WAITING = 2


@dataclass(slots=True)
class Personal:
    """What these people of one batch have muted, or know already.

    Attributes:
        muted: person id → ids of threads.
        told: person id → keys of events that a mail at once has told.
    """

    muted: dict = field(default_factory=dict)
    told: dict = field(default_factory=dict)


@dataclass(slots=True)
class Selection:
    """One member's digest before it is drawn.

    Attributes:
        sections: section → tuple of ``Entry``, best first.
        more: section → how many did not fit.
        corner: an ``Entry`` from another stakeholder group, or None.
    """

    # In this order they are numbered, too.
    ORDER = (QUESTIONS, TALK, STORIES, PAGES, WEBINARS)

    sections: dict
    more: dict
    corner: Entry | None = None

    @property
    def key(self):
        """Equal for members who are told exactly the same."""
        return (
            tuple(
                (section, tuple(_entry_key(entry) for entry in entries))
                for section, entries in self.sections.items()
            ),
            tuple(self.more.items()),
            self.corner and (_entry_key(self.corner), self.corner.reason),
        )

    @property
    def entries(self):
        """All that is shown, in the order of their numbers; the corner is last."""
        shown = [
            entry for section in self.ORDER for entry in self.sections.get(section, ())
        ]
        return [*shown, self.corner] if self.corner else shown

    @property
    def counted(self):
        """How many more there are than are shown."""
        return sum(self.more.values())

    def shortened(self):
        """The same with one item less: the last of the longest section, counted.

        Returns:
            ``Selection``; itself where a single item is left.
        """
        section = max(
            self.sections, key=lambda each: len(self.sections[each]), default=None
        )
        if section is None or len(self.sections[section]) < 2:
            return self
        *kept, last = self.sections[section]
        more = dict(self.more)
        if last.events:  # what came along without being news is not owed
            more[section] = more.get(section, 0) + 1
        return Selection(self.sections | {section: tuple(kept)}, more, self.corner)


def _entry_key(entry):
    return (entry.item.key, tuple(event.key for event in entry.events))


def learn(pairs, items):
    """Fetch what the people of a batch have muted and been told, for all at once.

    Args:
        pairs: (membership, until).
        items: space id → list of ``Item``.

    Returns:
        ``Personal``.
    """
    people = {membership.person_id for membership, _until in pairs}
    threads = [item.thread for found in items.values() for item in found if item.thread]
    muted = defaultdict(set)
    for person, thread in Follow.objects.filter(
        person__in=people, thread__in=threads, level=Follow.Level.NOTHING
    ).values_list("person", "thread"):
        muted[person].add(thread)
    return Personal(muted=dict(muted), told=_told(pairs, people))


def _told(pairs, people):
    since = min(membership.since_last_delivered for membership, _until in pairs)
    spaces = {f"space-{membership.space_id}" for membership, _until in pairs}
    rows = (
        Delivery.objects.filter(
            recipient__in=people, scope__in=spaces, created__gt=since
        )
        .exclude(kind="digests.space_digest")
        .exclude(
            state__in=[
                Delivery.State.DROPPED,
                Delivery.State.FAILED,
                Delivery.State.MISSED,
            ]
        )
        .values_list("recipient", "kind", "target", "about__revision")
    )
    by_kind = defaultdict(lambda: defaultdict(set))
    told = defaultdict(set)
    for person, slug, target, revision in rows:
        if revision:
            # A letter about a page names the change it told, not what came after.
            told[person].add(("revision", revision))
        else:
            by_kind[slug][target].add(person)
    for slug, targets in by_kind.items():
        kind = kind_of(slug)
        found = kind.load(list(targets)) if kind else {}
        for pk, target in found.items():
            for person in targets[pk]:
                told[person] |= _keys_of(target)
    return dict(told)


def _keys_of(target):
    """Keys of the events that a letter about this target has told."""
    if isinstance(target, Message):
        return {("message", target.pk)}
    if isinstance(target, Story):
        return {("story", target.pk)}
    if isinstance(target, Webinar):
        return {("webinar", target.pk)}
    return set()


@dataclass(slots=True)
class News:
    """What is there for one member, before room is asked about.

    Attributes:
        fresh: section → entries that are news.
        waiting: older questions that nobody has answered, longest first.
        coming: webinars that begin soon.
        beyond: section → how many there are that were not even fetched.
    """

    fresh: dict
    waiting: list
    coming: list
    beyond: dict


def news_of(membership, until, collected, personal):
    """Find what is news to one member.

    Args:
        membership: with ``since_last_delivered``, ``person_id`` and ``group_id``.
        until: end of the window.
        collected: from ``collect``.
        personal: from ``learn``.

    Returns:
        ``News``, or None when nothing is news to this member.
    """
    person, since = membership.person_id, membership.since_last_delivered
    muted = personal.muted.get(person, ())
    told = personal.told.get(person, ())
    fresh = defaultdict(list)
    waiting, coming = [], []
    for item in collected.items.get(membership.space_id, ()):
        if not item.is_for(membership.group_id) or item.thread in muted:
            continue
        events = tuple(
            event
            for event in item.events
            if since < event.when <= until
            and person not in (event.author, event.typist)
            and event.key not in told
        )
        if events:
            fresh[item.section].append(Entry(item, events))
        elif item.section == QUESTIONS and _waits(item, person, since):
            waiting.append(Entry(item))
        elif item.section == WEBINARS and item.starts > until:
            coming.append(Entry(item))
    if not fresh:
        return None
    waiting.sort(key=lambda entry: (entry.item.opening.when, entry.item.key))
    beyond = defaultdict(int)
    for rest in collected.beyond.get(membership.space_id, ()):
        if rest.before > since and rest.is_for(membership.group_id):
            beyond[rest.section] += rest.number
    return News(fresh, waiting, coming, beyond)


def _waits(item, person, since):
    opening = item.opening
    return opening.when <= since and person not in (opening.author, opening.typist)


class Chooser:
    """Chooses the digests of a batch.

    Most people have written nothing, muted nothing and been told nothing: what they
    get depends on their group and window alone, and is chosen once for all of them.

    Args:
        collected: from ``collect``.
        personal: from ``learn``.
        acquaintance: from ``digests.corner.acquaint``; nobody is known without it.
    """

    def __init__(self, collected, personal, acquaintance=None):
        self.collected = collected
        self.personal = personal
        self.acquaintance = acquaintance or Acquaintance()
        self._writers = {}
        self._chosen = {}

    def choose(self, membership, until):
        """One member's digest.

        Args:
            membership: with ``since_last_delivered``, ``person_id`` and ``group``.
            until: end of the window.

        Returns:
            A ``Selection``, or None when nothing is news to this member.
        """
        return self._once(personalise, membership, until, self.acquaintance)

    def has_news(self, membership, until):
        """Whether anything is news to this member, as ``choose`` would find."""
        return self._once(news_of, membership, until) is not None

    def _once(self, verb, membership, until, *more):
        if self._is_somebody(membership):
            return verb(membership, until, self.collected, self.personal, *more)
        key = (
            verb,
            membership.space_id,
            membership.group_id,
            membership.since_last_delivered,
            until,
            is_new_here(membership, until),
        )
        if key not in self._chosen:
            self._chosen[key] = verb(
                membership, until, self.collected, self.personal, *more
            )
        return self._chosen[key]

    def _is_somebody(self, membership):
        """Whether there is anything about this person that changes the choice."""
        person = membership.person_id
        return (
            person in self.personal.muted
            or person in self.personal.told
            or person in self.acquaintance.met
            or membership.pk in self.acquaintance.shown
            or person in self._writers_of(membership.space_id)
        )

    def _writers_of(self, space):
        if space not in self._writers:
            self._writers[space] = {
                person
                for item in self.collected.items.get(space, ())
                for event in (item.opening, *item.events)
                if event is not None
                for person in (event.author, event.typist)
            }
        return self._writers[space]


def personalise(membership, until, collected, personal, acquaintance):
    """Choose one member's digest.

    Args:
        membership, until, collected, personal: as for ``news_of``.
        acquaintance: from ``digests.corner.acquaint``.

    Returns:
        A ``Selection``, or None when nothing is news to this member.
    """
    news = news_of(membership, until, collected, personal)
    if news is None:
        return None
    for section, entries in news.fresh.items():
        news.fresh[section] = _spread(sorted(entries, key=lambda entry: entry.rank))
    corner = choose(membership, until, news.fresh, news.waiting, acquaintance)
    if corner:
        for pile in (*news.fresh.values(), news.waiting):
            pile[:] = [entry for entry in pile if entry.item.key != corner.item.key]
    return _arrange(news, corner)


def _arrange(news, corner):
    sections, more = {}, {}
    for section, most in MOST.items():
        entries = news.fresh.get(section, [])
        shown = entries[:most]
        if section == QUESTIONS:
            shown += news.waiting[:MOST_STILL_WAITING]
        if section == WEBINARS:
            shown = sorted(
                (*shown, *news.coming[: most - len(shown)]),
                key=lambda entry: entry.item.starts,
            )
        if shown:
            sections[section] = tuple(shown)
        if rest := max(len(entries) - most, 0) + news.beyond.get(section, 0):
            more[section] = rest
    return Selection(sections, more, corner)


def _spread(entries):
    """Nobody fills a section alone: each author's second thing comes after every
    author's first."""
    turns = defaultdict(int)
    turn_of = {}
    for entry in entries:
        author = entry.item.speaker.author
        turn_of[entry.item.key] = turns[author]
        turns[author] += 1
    return sorted(entries, key=lambda entry: turn_of[entry.item.key])
