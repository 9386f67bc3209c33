"""One item from another corner: of whom, which one, and why."""

from datetime import timedelta

import pytest
from django.utils import translation
from django.utils.translation import gettext

from conversations.models import Follow
from digests.actions import prepare_due
from digests.models import Issue
from notifications.outbox import send_waiting
from spaces.models import Membership
from tests.factories.accounts import UserFactory
from tests.factories.notifications import NoticeFactory
from tests.factories.spaces import GroupFactory, MembershipFactory
from tests.factories.stories import StoryFactory


@pytest.fixture
def companies(space):
    return GroupFactory(space=space, name="Companies")


@pytest.fixture
def lin(space, companies):
    person = UserFactory(email="lin@example.org", name="Lin Sarpong")
    MembershipFactory(space=space, person=person, group=companies)
    return person


@pytest.fixture
def corner(ben, mailoutbox, monkeypatch, morning, delivered):
    """What stands in the corner of Ben's digest, as lines; and how often it stands."""
    monkeypatch.setattr("notifications.tasks.nudge", lambda: None)
    Membership.objects.update(joined=morning - timedelta(days=400))

    def read(now=morning):
        Membership.objects.update(since_last_delivered=now - timedelta(hours=24.5))
        mailoutbox.clear()
        prepare_due(now)
        send_waiting(now)
        body = next(mail.body for mail in mailoutbox if mail.to == ["ben@example.org"])
        if "FROM ANOTHER CORNER" not in body:
            return None
        return body.split("FROM ANOTHER CORNER\n\n")[1].split("\n\n")[0].split("\n")

    return read


def talk_with(says, space, ben, person, *, when):
    """Ben and this person have spoken in one conversation, that long ago."""
    first = says(space, person, "Shall we?", when=when)
    says(space, ben, "Yes.", thread=first.thread, when=when + timedelta(minutes=5))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (9, None),
        (15, "2 weeks"),
        (45, "6 weeks"),
        (65, "2 months"),
        (200, "3 months"),
        (None, "3 months"),
    ],
)
def test_a_group_not_met_for_long(
    corner, space, ben, oda, lin, ada, says, morning, days, words
):
    """Ben met officers last week, and companies some time ago."""
    talk_with(says, space, ben, oda, when=morning - timedelta(days=6))
    if days:
        talk_with(says, space, ben, lin, when=morning - timedelta(days=days))
    for number in range(3):
        says(space, ada, f"Of no group {number}")
    says(space, lin, "We buy charcoal by weight.")
    says(space, oda, "Permits take three weeks.")

    lines = corner()

    if words is None:
        assert "nobody from Farmers has joined in yet." in lines[0]
    else:
        assert lines[0] == f"From Companies, whom you have not met here for {words}."
        assert lines[2] == "“We buy charcoal by weight.”"


def test_a_newcomer_has_not_met_them_yet(corner, space, ben, lin, ada, says, morning):
    Membership.objects.filter(person=ben).update(joined=morning - timedelta(days=20))
    for number in range(3):
        says(space, ada, f"Of no group {number}")
    says(space, lin, "We buy charcoal by weight.")

    assert corner()[0] == "From Companies, whom you have not met here yet."


def test_what_one_opened_counts_as_met(
    corner, space, ben, oda, lin, ada, says, morning
):
    talk_with(says, space, ben, oda, when=morning - timedelta(days=6))
    read = says(space, lin, "By weight?", when=morning - timedelta(days=5))
    NoticeFactory(
        recipient=ben,
        scope=f"space-{space.pk}",
        group_key=f"conversations.thread:{read.thread_id}",
        created=morning - timedelta(days=5),
        read=morning - timedelta(days=4),
    )
    for number in range(3):
        says(space, ada, f"Of no group {number}")
    says(space, lin, "We buy charcoal by weight.")

    assert "nobody from Farmers has joined in yet." in corner()[0]


def test_a_question_that_waited_comes_along_even_in_a_small_digest(
    corner, space, ben, oda, lin, ada, says, morning
):
    says(space, ada, "It rained.")
    waiting = says(
        space, lin, "Who pays?", talk=says.QUESTION, when=morning - timedelta(days=10)
    )

    assert corner() == [
        "Unanswered for 9 days. "
        "From Companies, whom you have not met here for 3 months.",
        "2. Lin Sarpong (Companies) asks",
        "“Who pays?”",
        f"http://localhost:8000/d/t{waiting.thread_id}/",
    ]


def test_never_twice_and_never_the_same_again(
    corner, space, ben, lin, ada, says, morning, yesterday
):
    says(space, ada, "It rained.")
    says(space, lin, "Who pays?", talk=says.QUESTION, when=morning - timedelta(days=10))
    first = corner()
    says(space, ada, "Again.", when=yesterday + timedelta(days=1))

    second = corner(morning + timedelta(days=1))

    assert "“Who pays?”" in first
    assert second is None
    one, two = Issue.objects.filter(membership__person=ben).order_by("until")
    assert len(set(one.items)) == len(one.items)
    # Still waiting, and still told; but not as something from another corner.
    assert one.corner == one.items[-1]
    assert two.corner == ""
    assert one.corner in two.items


@pytest.mark.parametrize("why", ["group", "muted", "own group", "hidden"])
def test_only_what_the_reader_may_and_wants_to_see(
    corner, space, ben, farmers, officers, lin, companies, ada, says, morning, why
):
    says(space, ada, "It rained.")
    waiting = says(
        space, lin, "Who pays?", talk=says.QUESTION, when=morning - timedelta(days=10)
    )
    thread = waiting.thread
    if why == "group":
        thread.audience, thread.audience_group = "group", companies
        thread.save()
    elif why == "muted":
        Follow.objects.create(thread=thread, person=ben, level="nothing")
    elif why == "own group":
        waiting.author_group = farmers
        waiting.save()
    else:
        waiting.hidden = morning
        waiting.save()

    assert corner() is None


def test_a_story_may_stand_there(
    corner, space, ben, lin, companies, ada, says, yesterday
):
    for number in range(3):
        says(space, ada, f"Of no group {number}")
    StoryFactory(
        space=space, author=lin, author_group=companies, title="The scale",
        published=yesterday,
    )  # fmt: skip

    lines = corner()

    assert lines[0].startswith("From Companies")
    assert lines[1].endswith(". The scale")


def test_the_reason_is_in_the_readers_language(
    corner, space, ben, oda, ada, says, morning, mailoutbox
):
    """Nobody else's: a run draws letters of many languages."""
    talk_with(says, space, ben, oda, when=morning - timedelta(days=6))
    for number in range(3):
        says(space, ada, f"Of no group {number}")
    says(space, oda, "Permits take three weeks.")
    ben.language = "fr"
    ben.save()
    with translation.override("fr"):
        expected = gettext(
            "%(group)s speak here; nobody from %(own)s has joined in yet."
        )

    assert corner() is None  # which looks for the English heading
    body = next(mail.body for mail in mailoutbox if mail.to == ["ben@example.org"])
    assert expected % {"group": "District officers", "own": "Farmers"} in body
    assert not expected.startswith("%(group)s speak")
