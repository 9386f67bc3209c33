"""Bytes and requests of ten pages in a real Chromium: with a cold cache, and after."""

import os
import shutil
from dataclasses import dataclass
from http.cookies import SimpleCookie

from django.urls import reverse
from playwright.sync_api import sync_playwright

from tests.bench.works import sign_in

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
READING, ANY, LATER = (25, 6), (50, 10), 12
MOST_SCRIPT = 25


@dataclass
class Weight:
    """One page: kB and requests of a first visit, kB of a later one, kB of scripts."""

    name: str
    is_reading: bool
    first: float = 0
    requests: int = 0
    later: float = 0
    scripts: float = 0


class Counter:
    """Counts what a page fetches, as the DevTools protocol tells it."""

    def __init__(self, page):
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._finished)
        self.start()

    def start(self):
        """Forget what was counted."""
        self.kinds, self.sizes = {}, {}

    def _answered(self, event):
        answer = event["response"]
        is_kept = answer.get("fromDiskCache") or answer.get("fromPrefetchCache")
        if answer["url"].startswith("http") and not is_kept:
            self.kinds[event["requestId"]] = event["type"]

    def _finished(self, event):
        if event["requestId"] in self.kinds:
            self.sizes[event["requestId"]] = event["encodedDataLength"]

    def kilobytes(self, kind=None):
        """What came over the wire, with headers; of one kind only when given."""
        return (
            sum(
                size
                for request, size in self.sizes.items()
                if kind in (None, self.kinds[request])
            )
            / 1024
        )


def chosen(world):
    """(name, address, is a guest, is a guest's reading page) of the ten pages."""
    link = {"space": world.space.slug}
    return [
        ("guest: wiki page", world.open_page.get_absolute_url(), True, True),
        ("guest: story", world.open_story.get_absolute_url(), True, True),
        ("guest: tag page", world.open_tag.get_absolute_url(), True, True),
        ("guest: welcome", reverse("discover:home"), True, False),
        ("member: home", reverse("discover:home"), False, False),
        ("member: space front page", world.space.get_absolute_url(), False, False),
        ("member: exchange", reverse("conversations:exchange", kwargs=link), False, 0),
        ("member: thread of 20", world.thread.get_absolute_url(), False, False),
        ("member: wiki page", world.page.get_absolute_url(), False, False),
        (
            "member: wiki form",
            reverse("wiki:page_edit", kwargs=link | {"page": world.page.slug}),
            False,
            False,
        ),
    ]


def measure(world, port):
    """Visit the ten pages.

    Args:
        world: a ``World``.
        port: of the site.

    Returns:
        list of ``Weight``.
    """
    site = f"http://localhost:{port}"
    cookies = [
        {"name": morsel.key, "value": morsel.value, "url": site}
        for morsel in SimpleCookie(sign_in(world.member)["Cookie"]).values()
    ]
    # Playwright keeps a loop running, in which Django refuses queries.
    pages, weights = chosen(world), []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=[*FLAGS],
        )
        for name, address, is_guest, is_reading in pages:
            context = browser.new_context()
            if not is_guest:
                context.add_cookies(cookies)
            page = context.new_page()
            counter = Counter(page)
            page.goto(site + address, wait_until="networkidle")
            weight = Weight(name, bool(is_reading))
            weight.first, weight.requests = counter.kilobytes(), len(counter.sizes)
            weight.scripts = counter.kilobytes("Script")
            # A later page: the reader has been elsewhere on the site before.
            context.close()
            context = browser.new_context()
            if not is_guest:
                context.add_cookies(cookies)
            page = context.new_page()
            counter = Counter(page)
            page.goto(f"{site}/search/", wait_until="networkidle")
            counter.start()
            page.goto(site + address, wait_until="networkidle")
            weight.later = counter.kilobytes()
            context.close()
            weights.append(weight)
        browser.close()
    return weights


def table(weights):
    """Rows for the table of bytes.

    Args:
        weights: of ``measure``.
    """
    head = ("page", "first kB", "requests", "scripts kB", "later kB", "budget", "")
    rows = []
    for weight in weights:
        most, requests = READING if weight.is_reading else ANY
        is_kept = (
            weight.first <= most
            and weight.requests <= requests
            and weight.later <= LATER
            and weight.scripts <= MOST_SCRIPT
        )
        rows.append(
            (
                weight.name,
                f"{weight.first:.1f}",
                str(weight.requests),
                f"{weight.scripts:.1f}",
                f"{weight.later:.1f}",
                f"{most} / {requests} / {MOST_SCRIPT} / {LATER}",
                "kept" if is_kept else "over",
            )
        )
    return head, rows
