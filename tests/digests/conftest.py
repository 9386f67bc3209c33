"""A space where things happened yesterday, and a clock that is a fixed morning."""

from datetime import UTC, datetime, timedelta

import pytest

from conversations.models import Message
from spaces.models import Membership
from tests.factories.conversations import MessageFactory, ThreadFactory


@pytest.fixture
def morning():
    """Monday 1 March 2027, 07:30 UTC: every daily digest's hour has come."""
    return datetime(2027, 3, 1, 7, 30, tzinfo=UTC)


@pytest.fixture
def yesterday(morning):
    """A moment inside the window."""
    return morning - timedelta(hours=20)


@pytest.fixture
def delivered(morning):
    """Everybody was last delivered to the day before at seven."""

    def mark(moment=None):
        Membership.objects.update(
            since_last_delivered=moment or morning - timedelta(hours=24, minutes=30)
        )

    return mark


@pytest.fixture
def says(yesterday):
    """``says(space, person, "words")``: a post of the exchange, yesterday."""

    def post(space, person, body, *, talk="", when=None, thread=None, **fields):
        when = when or yesterday
        membership = space.memberships.filter(person=person).first()
        thread = thread or ThreadFactory(
            space=space, title="", created=when, last_activity=when, **fields
        )
        return MessageFactory(
            thread=thread,
            author=person,
            author_group=membership and membership.group,
            body=body,
            talk=talk,
            created=when,
        )

    post.QUESTION = Message.Talk.QUESTION
    return post
