"""A fast hour under one hashtag: 200 readers of one stream, five messages a second.

Each reader polls as ``static/js/live`` does, over a connection of its own; the messages
are posted through the site. What every reader was shown is compared with what was
posted: a stream that loses a word is not fast but wrong.
"""

import gzip
import itertools
import random
import re
import statistics
import threading
import time
import uuid
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from conversations.models import Thread
from conversations.stream import EXCHANGE, TAG, THREAD, last_change, mark
from spaces.models import Membership
from tags.models import Tag
from tests.bench.load import Connection, Visit, burst
from tests.bench.servers import Site, Stores
from tests.bench.works import sign_in
from tests.factories.accounts import UserFactory

READERS, POSTS_A_SECOND, SECONDS = 200, 5, 12
# As in static/js/live/poll.js.
QUICK, SLOW, SLOWER = 2.0, 30.0, 1.3
IDLE_SECONDS = 4
MOST_BYTES, MOST_P95 = 300, 1000
TOKEN = "b" * 32


@dataclass
class Stream:
    """One stream: where it is asked, and how a word gets into it."""

    name: str
    path: str
    sort: str
    pk: int
    post: str
    element: str
    data: dict = field(default_factory=dict)


@dataclass
class Found:
    """What one stream was measured with."""

    name: str
    readers: int = 0
    seconds: float = 0.0
    waits: list = field(default_factory=list)
    delays: list = field(default_factory=list)
    sizes: list = field(default_factory=list)
    posted: int = 0
    lost: int = 0
    cpu: float = 0.0


def streams(space):
    """The exchange, one thread of it, one hashtag."""
    link = {"space": space.slug}
    thread = Thread.objects.filter(space=space, origin="exchange").first()
    tag = Tag.objects.get(space=space, slug="firebelts")
    create = reverse("conversations:thread_create", kwargs=link)
    words = {"audience": "members", "talk": ""}
    return [
        Stream(
            "a thread",
            reverse("conversations:thread_live", kwargs={**link, "pk": thread.pk}),
            THREAD,
            thread.pk,
            reverse("conversations:message_create", kwargs={**link, "pk": thread.pk}),
            "m",
        ),
        Stream(
            "the exchange",
            reverse("conversations:exchange_live", kwargs=link),
            EXCHANGE,
            space.pk,
            create,
            "t",
            words,
        ),
        Stream(
            "a hashtag",
            reverse("discover:tag_live", kwargs={**link, "tag": tag.slug}),
            TAG,
            tag.pk,
            create,
            "t",
            words,
        ),
    ]


def readers_of(space):
    """200 members, signed in: one ``Cookie`` header each."""
    people = list(User.objects.filter(email__endswith="@stream.example"))
    for number in range(len(people), READERS):
        person = UserFactory(email=f"reader-{number}@stream.example")
        # Who is mailed each message is another measure (digest).
        Membership.objects.create(
            space=space,
            person=person,
            status="active",
            notice_level="nothing",
            mails_at_once=False,
        )
        people.append(person)
    return [sign_in(person) for person in people]


class Reader(threading.Thread):
    """Polls one stream until told to end."""

    def __init__(self, port, cookie, stream, end, shown):
        super().__init__(daemon=True)
        self.connection, self.cookie, self.stream = Connection(port), cookie, stream
        self.at = mark(stream.sort, stream.pk, last_change(stream.sort, stream.pk))
        self.end, self.shown = end, shown
        self.seen, self.waits, self.sizes, self.fault = {}, [], [], None

    def run(self):
        """Poll as the script does; the last poll comes after the last post."""
        wait = random.uniform(0, QUICK)
        try:
            while True:
                is_last = self.end.wait(wait * random.uniform(0.85, 1.15))
                news = self.poll()
                while news == "more":
                    news = self.poll()
                if is_last:
                    return
                wait = QUICK if news else min(wait * SLOWER, SLOW)
        except Exception as fault:  # noqa: BLE001 (handed on to the caller)
            self.fault = fault
        finally:
            self.connection.close()

    def poll(self):
        """Ask once; what is new is remembered with the moment it came."""
        began = time.monotonic()
        answer = self.connection.ask(
            Visit(f"{self.stream.path}?at={self.at}{self.shown}", self.cookie)
        )
        now = time.monotonic()
        self.waits.append(now - began)
        self.sizes.append(len(answer.head) + 4 + len(answer.body))
        if answer.status == 204:
            return ""
        if answer.status != 200:
            raise AssertionError(f"{self.stream.path} answers {answer.status}")
        html = answer.body
        if answer.header("content-encoding") == "gzip":
            html = gzip.decompress(html)
        html = html.decode()
        self.at = re.search(r'data-at="([^"]+)"', html)[1]
        for word in re.findall(r"measured-([0-9a-f]{12})", html):
            self.seen.setdefault(word, now)
        return "more" if re.search(r"data-more\b", html[:400]) else "news"


def busy(site, stores, stream, cookies):
    """Measure one stream in its fast hour.

    Returns:
        ``Found``.
    """
    end = threading.Event()
    # As many posts as a page shows are named in the question.
    shown = "" if stream.element == "m" else "&shown=" + ",".join(map(str, range(20)))
    readers = [Reader(site.port, cookie, stream, end, shown) for cookie in cookies]
    used = site.seconds() + stores.seconds()
    began = time.monotonic()
    for reader in readers:
        reader.start()
    posted = post_for(site.port, stream, cookies, SECONDS)
    end.set()
    for reader in readers:
        reader.join()
    found = Found(stream.name, readers=len(readers), posted=len(posted))
    found.seconds = time.monotonic() - began
    found.cpu = site.seconds() + stores.seconds() - used
    for reader in readers:
        if reader.fault is not None:
            raise reader.fault
        found.waits += reader.waits
        found.sizes += reader.sizes
        found.delays += [
            reader.seen[word] - moment
            for word, moment in posted.items()
            if word in reader.seen
        ]
        found.lost += len(posted.keys() - reader.seen.keys())
    return found


def post_for(port, stream, cookies, seconds):
    """Post from several people, evenly; returns each word with its moment."""
    posted, faults = {}, []
    writers = 5

    def write(number):
        own = Connection(port)
        headers = {"Cookie": f"{cookies[number]['Cookie']}; csrftoken={TOKEN}"}
        for turn in itertools.count():
            due = began + (turn * writers + number) / POSTS_A_SECOND
            if due > began + seconds:
                return own.close()
            time.sleep(max(0, due - time.monotonic()))
            word = uuid.uuid4().hex[:12]
            data = {
                "csrfmiddlewaretoken": TOKEN,
                "body": f"measured-{word} the belt was cleared again #firebelts",
                "client_id": str(uuid.uuid4()),
                **stream.data,
            }
            answer = own.ask(Visit(stream.post, headers, data=urlencode(data).encode()))
            if answer.status != 302:
                faults.append(f"{stream.post} answers {answer.status}")
                return own.close()
            posted[word] = time.monotonic()

    began = time.monotonic()
    threads = [threading.Thread(target=write, args=(n,)) for n in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise AssertionError(faults[0])
    return posted


def idle(site, stores, stream, cookie):
    """A poll that finds nothing.

    Returns:
        dict: bytes of the whole answer, queries, polls a second, CPU ms of one.
    """
    at = mark(stream.sort, stream.pk, last_change(stream.sort, stream.pk))
    path = f"{stream.path}?at={at}"
    answer = Connection(site.port).ask(Visit(path, cookie))
    if answer.status != 204:
        raise AssertionError(f"{path} answers {answer.status}")
    with CaptureQueriesContext(connection) as asked:
        Client().get(path)
    used = site.seconds() + stores.seconds()

    def ask(own, _number):
        own.ask(Visit(path, cookie))

    done, seconds = burst(site.port, ask, IDLE_SECONDS)
    used = site.seconds() + stores.seconds() - used
    return {
        "bytes": len(answer.head) + 4 + len(answer.body),
        "queries": len(asked),
        "rate": done / seconds,
        "cpu": 1000 * used / done,
    }


def measure(world, say):
    """Measure every stream, quiet and busy.

    Returns:
        list of (``Found``, dict of ``idle``).
    """
    cookies = readers_of(world.space)
    site, stores = Site("alliance.wsgi", "alliance.settings"), Stores()
    results = []
    try:
        site.wait()
        for stream in streams(world.space):
            say(f"  {stream.name}: {READERS} readers …")
            quiet = idle(site, stores, stream, cookies[0])
            results.append((busy(site, stores, stream, cookies), quiet))
    finally:
        site.stop()
    return results


def table(results):
    """Head and rows of the table."""
    head = (
        "stream",
        "idle poll: bytes",
        "queries",
        "CPU ms",
        "polls/s",
        f"busy, {READERS} readers: requests/s",
        "p50 ms",
        "p95 ms",
        "CPU ms",
        "kB each",
        "read after s (p50, p95)",
        "posted",
        "lost",
        "",
    )
    rows = []
    for found, quiet in results:
        p95 = 1000 * share(found.waits, 95)
        kept = (
            quiet["bytes"] < MOST_BYTES
            and quiet["queries"] == 1
            and found.lost == 0
            and p95 < MOST_P95
        )
        rows.append(
            (
                found.name,
                str(quiet["bytes"]),
                str(quiet["queries"]),
                f"{quiet['cpu']:.2f}",
                f"{quiet['rate']:.0f}",
                f"{(len(found.waits) + found.posted) / found.seconds:.0f}",
                f"{1000 * share(found.waits, 50):.0f}",
                f"{p95:.0f}",
                f"{1000 * found.cpu / (len(found.waits) + found.posted):.1f}",
                f"{statistics.fmean(found.sizes) / 1000:.1f}",
                f"{share(found.delays, 50):.1f}, {share(found.delays, 95):.1f}",
                f"{found.posted} ({found.posted / SECONDS:.1f}/s)",
                str(found.lost),
                "kept" if kept else "over",
            )
        )
    return head, rows


def share(numbers, percent):
    """The number below which so many per cent of them lie."""
    return sorted(numbers)[min(len(numbers) - 1, len(numbers) * percent // 100)]
