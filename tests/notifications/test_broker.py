"""A broker that is away makes one page wait, once."""

import pytest
from celery import shared_task
from kombu.exceptions import OperationalError

from notifications import broker


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass when the test says so."""
    now = [1000.0]
    monkeypatch.setattr(broker.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(broker, "_away_since", [float("-inf")])
    return now


@pytest.fixture
def asked(monkeypatch):
    """Two tasks of two apps, at a broker that is away; what was asked of it."""
    asked = []

    def away(name):
        def delay(*args):
            asked.append((name, args))
            raise OperationalError

        return delay

    for task in (look, draw):
        monkeypatch.setattr(task, "delay", away(task.name))
    return asked


@shared_task(name="tests.look")
def look():
    """Of one app."""


@shared_task(name="tests.draw")
def draw(pk):
    """Of another."""


def test_nobody_waits_twice_for_a_broker_that_is_away(clock, asked):
    broker.ask(look)
    broker.ask(draw, 5)
    clock[0] += broker.ASK_AGAIN_AFTER
    broker.ask(draw, 5)

    assert asked == [("tests.look", ()), ("tests.draw", (5,))]
