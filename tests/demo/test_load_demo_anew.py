"""Loading into a site that has no demo yet."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from conversations.models import Message
from demo.loading import load_demo
from spaces.models import Membership, Space

pytestmark = pytest.mark.django_db


# Around the hour of the digest.
@pytest.mark.parametrize("hour", [6, 7])
def test_load_demo_has_news_since_the_last_digest_at_any_hour(hour):
    now = datetime(2027, 3, 9, hour, 2, tzinfo=UTC)

    load_demo(now)

    forest = Space.objects.get(name="Forest Forum")
    membership = Membership.objects.get(
        space=forest, person__email="member@demo.alliance.example"
    )
    since = membership.since_last_delivered
    assert since <= now
    news = Message.objects.filter(thread__space=forest, created__gt=since)
    assert news.exclude(author=membership.person).count() >= 5


def test_load_demo_refuses_in_production(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="--yes-in-production"):
        call_command("load_demo")

    assert User.objects.count() == 0
