"""A Kind of the tests' own, so that the outbox is tested without any app above."""

from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

import pytest

from notifications import kinds
from notifications.kinds import Kind, Scope, Wish
from spaces.models import Space
from tests.carriers.conftest import sink

__all__ = ["sink"]


class RainCame(Kind):
    """Told about a space; what it does is written down for the test to read."""

    slug = "told.rain_came"
    label = "Rain"
    is_answerable = True

    def __init__(self):
        self.blind = set()  # ids of people who may not see it any more
        self.wish = Wish()
        self.told = []
        self.gone = {}
        self.breaks_in = ""  # the method that cannot bear spaces called "Broken"

    def load(self, ids):
        spaces = Space.objects.filter(pk__in=ids)
        self._bear("load", spaces)
        return {str(space.pk): space for space in spaces}

    def _bear(self, method, spaces):
        if method == self.breaks_in and any(each.name == "Broken" for each in spaces):
            raise ValueError("a row that should not be")

    def allowed_each(self, readers, targets):
        self._bear("allowed_each", targets.values())
        return super().allowed_each(readers, targets)

    def quiet_urls(self, pairs):
        self._bear("quiet_urls", [target for target, _row in pairs])
        return super().quiet_urls(pairs)

    def recipients(self, target, about):
        return [each.person for each in target.memberships.select_related("person")]

    def wishes(self, people, target, about):
        return {person.pk: self.wish for person in people}

    def may_see(self, user, target):
        return user is None or user.pk not in self.blind

    def line(self, target, about):
        return f"It rained on {target.name}"

    def scope(self, target):
        return Scope(f"space-{target.pk}", target.name, self.url(target, {}))

    def url(self, target, about):
        return f"/s/{target.slug}/"

    def quiet_url(self, target, delivery):
        return "/quiet/"

    def gather(self, pairs):
        self._bear("gather", [target for target, _row in pairs])
        return {delivery.pk: self.gone.get(delivery.pk, {}) for _, delivery in pairs}

    def mail_context(self, target, delivery):
        self._bear("mail_context", [target])
        return {"told": datetime(2027, 3, 1, 6, tzinfo=UTC)}

    def delivered(self, deliveries):
        if self.breaks_in == "delivered":
            raise ValueError("whatever it is")
        self.told += sorted(delivery.recipient_key for delivery in deliveries)


@pytest.fixture
def rain(settings, monkeypatch):
    """The Kind ``told.rain_came``, with its templates."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(Path(__file__).parent / "templates")
    settings.TEMPLATES = templates
    kind = RainCame()
    monkeypatch.setitem(kinds._kinds, kind.slug, kind)
    return kind
