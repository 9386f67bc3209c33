"""What a story's page shows of its responses: how many, from which groups, in whose
words. Never who is most liked: nothing is sorted by it."""

from dataclasses import dataclass, field
from types import SimpleNamespace

from django.db.models import Case, When

from accounts.prepared import Prepared
from stories.models import Response
from stories.permissions import can_respond_to_story

# Of more than so many the page counts all and names the newest.
MOST_NAMED = 200

_counts = Prepared(lambda user, story: Response.objects.filter(story=story).counted())
_named = Prepared(
    lambda user, story: (
        Response.objects.filter(story=story)
        .select_related("person", "group")
        # One's own is always among them, to be changed.
        .order_by(Case(When(person=user.pk, then=0), default=1), "-changed", "-pk")[
            :MOST_NAMED
        ]
    )
)


@dataclass
class Tally:
    """One kind of response, counted.

    Attributes:
        number: how many.
        verdicts: verdict → number.
        groups: (group, number) in the order of the space's groups; None last.
        said: the responses themselves, newest first; empty for guests.
        own: the reader's own, or None.
    """

    number: int = 0
    verdicts: dict = field(default_factory=dict)
    groups: dict = field(default_factory=dict)
    said: list = field(default_factory=list)
    own: Response | None = None

    def add(self, verdict, group, palette, number):
        """Count some."""
        self.number += number
        if verdict:
            self.verdicts[verdict] = self.verdicts.get(verdict, 0) + number
        known = self.groups.setdefault(
            group, SimpleNamespace(name=group, palette=palette, number=0)
        )
        known.number += number

    @property
    def from_groups(self):
        """The groups that said it, with their numbers."""
        return [group for name, group in self.groups.items() if name]

    @property
    def results(self):
        """(label, number) of each verdict that was given."""
        return [
            (label, self.verdicts[verdict])
            for verdict, label in Response.Verdict.choices
            if verdict in self.verdicts
        ]

    @property
    def contexts(self):
        """Those that say where and what was different."""
        return [each for each in self.said if each.context]

    @property
    def names(self):
        """Who said it without more words."""
        return [each for each in self.said if not each.context]


def responses_context(user, story):
    """What ``stories/_responses.html`` draws.

    Args:
        user: the reader.
        story: a ``Story``, its space remembered.

    Returns:
        dict: ``responses`` (kind → ``Tally``), ``can_respond``, ``verdicts``.
    """
    tallies = {kind: Tally() for kind in Response.Kind.values}
    if story.state == story.State.PUBLISHED:
        if story.space.membership_of(user) is None:
            _count(tallies, _counts(user, story=story.pk))
        else:
            _name(tallies, user, story)
    return {
        "responses": tallies,
        "has_responses": any(tally.number for tally in tallies.values()),
        "can_respond": can_respond_to_story(user, story),
        "verdicts": Response.Verdict.choices,
    }


def _count(tallies, rows):
    for kind, verdict, group, palette, number in rows:
        tallies[kind].add(verdict, group, palette, number)


def _name(tallies, user, story):
    named = _named(user, story=story.pk)
    for response in named:
        tally = tallies[response.kind]
        tally.said.append(response)
        if response.person_id == user.pk:
            tally.own = response
        if len(named) < MOST_NAMED:
            group = response.group
            tally.add(
                response.verdict, group and group.name, group and group.palette, 1
            )
    if len(named) >= MOST_NAMED:
        _count(tallies, _counts(user, story=story.pk))
