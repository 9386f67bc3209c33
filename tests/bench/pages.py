"""Server processor time per request, as multiples of the reference page."""

import statistics
from dataclasses import dataclass, field

from tests.bench.load import Connection, burst
from tests.bench.servers import Proxy, Site, Stores, nginx
from tests.bench.works import edit_work, works

SECONDS = 1.0
ROUNDS = 3


@dataclass
class Cost:
    """The measures of one work: a value per round."""

    work: object
    milliseconds: list = field(default_factory=list)
    ratios: list = field(default_factory=list)
    rates: list = field(default_factory=list)
    rate_ratios: list = field(default_factory=list)


class Meter:
    """Measures bursts of work on one site.

    Args:
        site: a ``Site``.
        stores: ``Stores``.
    """

    def __init__(self, site, stores):
        self.site, self.stores = site, stores

    def measure(self, work, seconds):
        """(processor ms per unit, units per second)."""
        before = self.site.seconds() + self.stores.seconds()
        done, took = burst(self.site.port, work, seconds)
        used = self.site.seconds() + self.stores.seconds() - before
        return 1000 * used / done, done / took


def every_work(world, connection):
    """All pages that have a budget, the reference first."""
    return [*works(world, connection), edit_work(world)]


def measure(
    world, *, rounds=ROUNDS, seconds=SECONDS, only="", say=print, choose=every_work
):
    """Measure works, each beside the reference in the same seconds.

    Args:
        world: a seeded ``World``.
        rounds: how often each is measured; the median counts.
        seconds: per burst.
        only: a part of a work's name.
        say: told how far it is.
        choose: callable of (world, connection): the works, the reference first.

    Returns:
        list of ``Cost``, the reference first.
    """
    site = Site("tests.bench.floor:application", "alliance.settings")
    reference = Site("django.core.wsgi:get_wsgi_application()", "tests.bench.reference")
    try:
        for each in (site, reference):
            each.wait()
            if nginx():
                Proxy(each)
                each.wait()
        say("  behind nginx, both" if nginx() else "  no nginx here: no proxy")
        stores = Stores()
        ours, theirs = Meter(site, stores), Meter(reference, stores)
        connection = Connection(site.port)
        hello, *rest = choose(world, connection)
        connection.close()
        rest = [work for work in rest if only in work.name]
        theirs.measure(hello, 0.5)
        for work in rest:
            burst(site.port, work, 0.4)
        costs = [Cost(work) for work in rest]
        plain = Cost(hello)
        for number in range(rounds):
            say(f"  round {number + 1} of {rounds}")
            for cost in costs:
                one, one_rate = theirs.measure(hello, seconds)
                many, rate = ours.measure(cost.work, seconds)
                plain.milliseconds.append(one)
                plain.rates.append(one_rate)
                cost.milliseconds.append(many)
                cost.rates.append(rate)
                cost.ratios.append(many / one)
                cost.rate_ratios.append(rate / one_rate)
        plain.ratios = plain.rate_ratios = [1.0]
        return [plain, *costs]
    finally:
        site.stop()
        reference.stop()


def table(costs):
    """Rows for the table of costs.

    Args:
        costs: list of ``Cost``.

    Returns:
        (head, rows) of texts.
    """
    head = ("work", "CPU ms", "÷ reference", "budget", "", "req/s", "req/s ÷ ref")
    rows = []
    for cost in costs:
        milliseconds = statistics.median(cost.milliseconds)
        ratio = statistics.median(cost.ratios)
        in_ms = cost.work.in_milliseconds
        is_kept = (milliseconds if in_ms else ratio) <= cost.work.budget
        verdict = "kept" if is_kept else "over"
        budget = f"{cost.work.budget:g} ms" if in_ms else f"{cost.work.budget:.1f}"
        rows.append(
            (
                cost.work.name,
                f"{milliseconds:.2f}",
                f"{ratio:.2f} ({min(cost.ratios):.2f}–{max(cost.ratios):.2f})",
                budget if cost.work.budgeted else "",
                verdict if cost is not costs[0] and cost.work.budgeted else "",
                f"{statistics.median(cost.rates):.0f}",
                f"{statistics.median(cost.rate_ratios):.2f}",
            )
        )
    return head, rows
