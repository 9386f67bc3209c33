"""Measure Alliance. ``make bench`` gives it servers of its own."""

import argparse
import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 (after django.setup)
from django.db import connection  # noqa: E402 (as above)

from tests.bench import (  # noqa: E402 (as above)
    chaos,
    digest,
    growth,
    inbound,
    media,
    pages,
    queries,
    seed,
    stream,
    wiki,
    wire,
)
from tests.bench.servers import Site  # noqa: E402 (as above)
from tests.bench.tables import Report, say  # noqa: E402 (as above)

PARTS = ("pages", "wire", "queries", "digest", "stream", "inbound", "media", "wiki")
# Takes some minutes, so only when asked for.
ASKED_FOR = ("chaos",)


def prepare():
    """An up-to-date database with a world in it, and the static files."""
    call_command("migrate", "--noinput", verbosity=0)
    call_command("collectstatic", "--noinput", verbosity=0)
    if seed.has_world():
        return seed.find_world()
    say("Seeding ten spaces …")
    world = seed.seed()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return world


def measure_wire(world):
    """The bytes of ten pages, from a site of its own."""
    site = Site("alliance.wsgi", "alliance.settings")
    try:
        site.wait()
        return wire.measure(world, site.port)
    finally:
        site.stop()


def parsed():
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument(
        "parts",
        nargs="*",
        help=f"of {', '.join(PARTS)} (default: all of these), {', '.join(ASKED_FOR)}",
    )
    parser.add_argument("--only", default="", help="a part of a page's name")
    parser.add_argument("--rounds", type=int, default=pages.ROUNDS)
    parser.add_argument("--write", action="store_true", help="into docs/benchmarks.md")
    parser.add_argument(
        "--large", action="store_true", help="a digest for 100,000 members too"
    )
    parser.add_argument(
        "--growth", action="store_true", help="pages at 1,000,000 messages too"
    )
    options = parser.parse_args()
    if unknown := set(options.parts) - {*PARTS, *ASKED_FOR}:
        parser.error(f"there is no part {unknown.pop()!r}")
    return options


def main():
    """Measure what was asked for, print it, and write it down when asked to."""
    options = parsed()
    parts = options.parts or PARTS
    began = time.monotonic()
    report = Report()
    if "chaos" in parts:
        call_command("migrate", "--noinput", verbosity=0)
        say("Letting everything die while 5,000 letters are due …")
        report.add("chaos", "Chaos", *chaos.table(chaos.measure()))
    world = prepare() if set(parts) - {"chaos", "media"} or options.growth else None
    if "pages" in parts:
        say("Measuring pages, each beside the reference …")
        costs = pages.measure(world, rounds=options.rounds, only=options.only, say=say)
        report.add("pages", "Server work per page", *pages.table(costs))
    if "wire" in parts:
        say("Visiting ten pages with Chromium …")
        report.add("wire", "Bytes per page", *wire.table(measure_wire(world)))
    if "queries" in parts:
        say("Counting queries …")
        report.add("queries", "Queries per page", *queries.table(queries.measure()))
    if "digest" in parts:
        say("Sending digests …")
        sizes = (1_000, 10_000, 100_000) if options.large else (1_000, 10_000)
        found = [digest.run_apart(size) for size in sizes]
        report.add("digest", "Digest", *digest.table(found))
    if "stream" in parts:
        say("Reading along …")
        found = stream.measure(world, say)
        report.add("stream", "Streams of talk", *stream.table(found))
    if "inbound" in parts:
        say("Taking letters in …")
        report.add("inbound", "Letters in", *inbound.table(inbound.measure(world)))
    if "media" in parts:
        say("Making photos and sound small …")
        report.add("media", "Photos and sound", *media.table())
    if "wiki" in parts:
        say("Growing a wiki, measuring it …")
        found = wiki.measure(world, rounds=options.rounds, only=options.only, say=say)
        report.add("wiki", "A large wiki", *wiki.table(*found))
    if options.growth:
        say("Growing …")
        pairs = growth.measure(world, rounds=options.rounds, say=say)
        report.add("growth", "Growth", *growth.table(pairs))
    say(f"\nTook {time.monotonic() - began:.0f} s.")
    if options.write:
        report.write()


main()
