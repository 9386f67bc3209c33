"""Everything dies once while letters are due (``make bench ARGS=chaos``: 5,000)."""

import pytest

from notifications.models import Delivery
from tests.bench.chaos import TROUBLES, Chaos

pytestmark = pytest.mark.django_db(transaction=True)


def test_chaos_loses_nothing_and_doubles_nothing(tmp_path):
    outcome = Chaos(tmp_path, 240).run(seconds=270)

    assert outcome.troubles == TROUBLES
    assert (outcome.lost, outcome.double, outcome.given_up) == (0, 0, 0)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    # What the server took in the instant of a death goes out again as the same letter:
    # the one it could not answer, and at most one in the other worker's hands.
    kills = sum(n for name, n in TROUBLES.items() if "killed" in name)
    assert outcome.repeated <= outcome.unanswered + kills
