"""Six weeks in which a reader is silent and the mail often fails: nothing is missed."""

import random
from datetime import timedelta

import pytest

from carriers.mail import Away, Postman, Refused, Unreachable
from conversations.actions import release_message
from conversations.models import Message
from digests.actions import prepare_due
from digests.models import Issue
from notifications.models import Delivery
from notifications.outbox import send_waiting
from spaces.models import Membership
from tests.factories.conversations import MessageFactory, ThreadFactory
from tests.factories.stories import StoryFactory


@pytest.fixture
def weather(monkeypatch):
    """The mail server's mood: raise this for each letter, or let it through."""
    mood = {"fault": None}
    post = Postman.post

    def moody(self, letter):
        if mood["fault"] is not None:
            raise mood["fault"]("the weather")
        return post(self, letter)

    monkeypatch.setattr("notifications.tasks.nudge", lambda: None)
    monkeypatch.setattr(Postman, "post", moody)
    return mood


@pytest.mark.parametrize(
    ("frequency", "per_day", "seed"), [("daily", 3, 1), ("weekly", 4, 2)]
)
def test_delivered_and_counted_are_all(
    space, ada, ben, oda, delivered, morning, weather, says, frequency, per_day, seed
):
    """Items of every sort over six weeks, with refusals, pauses and dead servers in
    between: what stood in a letter and what a letter counted is all there was."""
    chance = random.Random(seed)
    start = morning - timedelta(days=43)
    delivered(start)
    Membership.objects.exclude(person=ben).update(digest="off")
    Membership.objects.filter(person=ben).update(digest=frequency)
    written = set()
    for day in range(43):
        dawn = start + timedelta(days=day)
        for number in range(per_day):
            when = dawn + timedelta(hours=chance.uniform(0, 23))
            if chance.random() < 0.2:
                story = StoryFactory(
                    space=space, author=oda, title=f"{day}-{number}", published=when
                )
                written.add(f"story-{story.pk}")
            else:
                message = says(
                    space, chance.choice([ada, oda]), f"Day {day}, {number}.",
                    talk=chance.choice(["", "question"]), when=when,
                )  # fmt: skip
                written.add(f"thread-{message.thread_id}")
        weather["fault"] = chance.choice([None, Refused, Unreachable, Away])
        sweep = dawn + timedelta(days=1, hours=chance.randrange(20))
        prepare_due(sweep)
        send_waiting(sweep)
    weather["fault"] = None
    for day in range(44, 52):
        prepare_due(start + timedelta(days=day))
        send_waiting(start + timedelta(days=day, hours=1))

    issues = Issue.objects.filter(
        membership__person=ben, delivery__state=Delivery.State.SENT
    ).order_by("until")
    delivered_items = {name for issue in issues for name in issue.items}
    counted = sum(issue.counted for issue in issues)
    told_in = [name for issue in issues for name in issue.items]
    # Windows follow each other without a hole and without overlapping.
    assert [issue.since for issue in issues][1:] == [issue.until for issue in issues][
        :-1
    ]
    assert delivered_items <= written
    assert Delivery.objects.filter(state="failed").exists()
    # Old questions come along again; as news, each thing is told or counted once.
    fresh = _fresh(issues)
    assert len(fresh) == len(set(fresh))
    assert len(set(fresh)) + counted == len(written)
    assert len(told_in) >= len(fresh)


def _fresh(issues):
    """What each issue told as news: it happened inside its window."""
    when = {}
    for message in Message.objects.order_by("-pk"):
        when[f"thread-{message.thread_id}"] = message.created
    for story in StoryFactory._meta.model.objects.all():
        when[f"story-{story.pk}"] = story.published
    return [
        name
        for issue in issues
        for name in issue.items
        if issue.since < when[name] <= issue.until
    ]


def test_more_than_is_fetched_is_counted(
    space, ben, oda, ada, farmers, officers, delivered, morning, weather, monkeypatch
):
    monkeypatch.setattr("digests.collect.MOST_THREADS", 20)
    monkeypatch.setattr("digests.collect.MOST_OTHERS", 5)
    delivered(morning - timedelta(days=42))
    for number in range(60):
        when = morning - timedelta(days=41) + timedelta(hours=number)
        fields = {}
        if number % 10 == 9:  # for officers alone; Ben is a farmer
            fields = {"audience": "group", "audience_group": officers}
        thread = ThreadFactory(
            space=space, title="", created=when, last_activity=when, **fields
        )
        MessageFactory(thread=thread, author=ada, body=f"{number}.", created=when)
        if number < 12:
            StoryFactory(space=space, author=ada, published=when)

    prepare_due(morning)
    send_waiting(morning)

    for person, all_there_is in ((ben, 54 + 12), (oda, 60 + 12)):
        issue = Issue.objects.get(membership__person=person)
        assert len(issue.items) + issue.counted == all_there_is


def test_what_waited_for_a_steward_is_told_when_it_is_let_through(
    space, ben, oda, sam, delivered, morning, weather, says, mailoutbox
):
    """A guest's words, written before the last digest and released after it."""
    Membership.objects.exclude(person=ben).update(digest="off")
    delivered(morning - timedelta(hours=24, minutes=30))
    thread = says(space, oda, "Who pays?", when=morning - timedelta(days=9)).thread
    held = MessageFactory(
        thread=thread, author=None, author_name="A guest", body="We do.",
        created=morning - timedelta(days=5), held=morning - timedelta(days=5),
    )  # fmt: skip
    release_message(held, by=sam)
    Message.objects.filter(pk=held.pk).update(shown_since=morning - timedelta(hours=3))

    prepare_due(morning)
    send_waiting(morning)

    digest = next(mail for mail in mailoutbox if "Forest Forum" in mail.subject)
    assert "1 new answer, from A guest" in digest.body
