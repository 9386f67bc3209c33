"""Three small spaces beside the Forest Forum: open, private, resting."""

from conversations.actions import open_tag
from demo.cast import let_in
from demo.scripts import read
from demo.texts import small_spaces
from demo.texts.people import ACCRA
from demo.texts.sessions import GRAZING, NURSERY, RESTING_REASON, WELLS
from demo.writer import Writer
from spaces.actions.creating import create_space
from spaces.actions.states import change_state
from spaces.models import Space
from tags.models import Tag


def make_wells(people, clock):
    """Clean Wells Watch: anybody reads, anybody joins."""
    writer = _begin(
        people,
        clock,
        by="lydia",
        since=66,
        members="comfort peter kofi efua",
        words=WELLS
        | {
            "visibility": Space.Visibility.OPEN,
            "join_policy": Space.JoinPolicy.OPEN,
            "groups": ["Well committees", "Water teams", "Neighbours"],
        },
    )
    writer.stories(small_spaces.WELLS_STORIES)
    writer.pages(small_spaces.WELLS_PAGES)
    writer.exchange(read(small_spaces.WELLS_TALK))
    tag = Tag.objects.get(space=writer.space, slug="wells")
    open_tag(tag, by=people["lydia"])
    return writer.space


def make_nursery(people, clock):
    """Women's nursery group: nobody outside knows that it is there."""
    writer = _begin(
        people,
        clock,
        by="mariama",
        since=72,
        members="abena hawa azara comfort efua",
        words=NURSERY
        | {
            "visibility": Space.Visibility.HIDDEN,
            "join_policy": Space.JoinPolicy.INVITATION,
            "tools": [Space.Tool.EXCHANGE, Space.Tool.WIKI],
        },
    )
    writer.pages(small_spaces.NURSERY_PAGES)
    writer.exchange(read(small_spaces.NURSERY_TALK))
    return writer.space


def make_grazing(people, clock):
    """Dry-season grazing talks: asleep until the grass is dry."""
    writer = _begin(
        people,
        clock,
        by="efua",
        since=272,
        members="musa ibrahim salifu",
        words=GRAZING
        | {
            "visibility": Space.Visibility.LISTED,
            "join_policy": Space.JoinPolicy.REQUEST,
            "tools": [Space.Tool.EXCHANGE],
            "groups": ["Herders", "Farmers", "Officers"],
        },
    )
    writer.exchange(read(small_spaces.GRAZING_TALK))
    moment = clock.ago("227")
    writer.is_heard = True
    change_state(
        writer.space,
        by=people["efua"],
        state=Space.State.RESTING,
        reason=RESTING_REASON,
    )
    Space.objects.filter(pk=writer.space.pk).update(resting_since=moment)
    writer.settle(moment)
    return writer.space


def _begin(people, clock, *, by, since, members, words):
    """Make a small space whose members came on its first days."""
    maker = people[by]
    space = create_space(by=maker, time_zone=ACCRA, **words)
    groups = list(space.groups.all())
    keys = [by, *members.split()]
    moment = clock.ago(str(since))
    let_in(
        space,
        people,
        by=maker,
        joined=dict.fromkeys(keys, moment),
        groups={
            key: groups[number % len(groups)]
            for number, key in enumerate(keys)
            if groups
        },
    )
    writer = Writer(space, people, clock)
    Space.objects.filter(pk=space.pk).update(created=moment)
    space.records.update(created=moment)
    return writer
