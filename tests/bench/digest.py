"""Digests for many members of many spaces, over SMTP, beside Django's own backend.

Measured in a process of its own (``python -m tests.bench.digest 1000``), so that its
peak of memory is its own.
"""

import contextlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import django

BUDGET_RATE, BUDGET_QUERIES, BUDGET_MEMORY = 0.67, 0.1, 1.1
THREADS, PER_THREAD = 20, 6
# 10,000 members are a hundred spaces.
PER_SPACE = 100


@contextlib.contextmanager
def sink():
    """A sink in another process; yields (port, where its first mail will stand)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mail.eml"
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.sink", str(path)],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield int(process.stdout.readline()), path
        finally:
            process.kill()
            process.wait()


def run_apart(number):
    """Measure with so many members in a process of its own.

    Returns:
        dict of what ``measure`` found.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.digest", str(number)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def make_spaces(number):
    """Spaces with so many members in all, whose digests of today are due.

    Returns:
        the spaces.
    """
    chance = random.Random(number)  # noqa: S311 (words, not secrets)
    now = timezone.now()
    name = f"digest-{number}-{int(now.timestamp())}"
    return [
        make_space(f"{name}-{one}", min(PER_SPACE, number - one * PER_SPACE), chance)
        for one in range((number + PER_SPACE - 1) // PER_SPACE)
    ]


def make_space(name, number, chance):
    """One of them; a few of its members have written what the others read."""
    now = timezone.now()
    space = SpaceFactory(slug=name, name=f"Digest of {number}")
    groups = [GroupFactory(space=space, name=word) for word in seed.GROUPS]
    people = User.objects.bulk_create(
        User(
            email=f"{name}-{one}@bench.example.org", name=f"Reader {one}",
            password="!",  # noqa: S106 (nobody signs in)
        )
        for one in range(number)
    )  # fmt: skip
    Membership.objects.bulk_create(
        Membership(
            space=space,
            person=person,
            group=groups[person.pk % len(groups)],
            status="active",
            digest="daily",
            digest_hour=0,
            joined=now - timedelta(days=90),
            since_last_delivered=now - timedelta(days=90),
        )
        for person in people
    )
    seed.make_threads(
        space,
        people[:10],
        groups,
        chance,
        now,
        THREADS,
        audience="members",
        messages=PER_THREAD,
    )
    return space


def measure(number):
    """Prepare and send one digest to so many members, then the plain comparison.

    Returns:
        dict: mails, seconds, processor seconds, queries, peak memory in MB before and
        after, bytes of a mail, and the same of Django's backend.
    """
    spaces = make_spaces(number)
    # Only these spaces' digests are due while they are measured.
    others = Space.objects.filter(state=Space.State.ACTIVE).exclude(
        pk__in=[space.pk for space in spaces]
    )
    asleep = list(others.values_list("pk", flat=True))
    others.update(state=Space.State.RESTING)
    counted = 0

    def count(execute, sql, params, many, context):
        nonlocal counted
        counted += 1
        return execute(sql, params, many, context)

    now = timezone.now()
    reverse("discover:home")  # a worker has read the site's addresses long before
    with sink() as (port, path):
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=port,
            # What the outbox can do, not what hosts like (notifications/pacing.py).
            ALLIANCE_MAIL_PER_HOST=0,
        ):
            # From here on the peak is the digest's, not the seeding's.
            Path("/proc/self/clear_refs").write_text("5")
            before = peak()
            began, cpu = time.perf_counter(), time.process_time()
            with connection.execute_wrapper(count):
                prepared = prepare_due(now)
                sent, report = 0, send_waiting(now)
                sent += report.sent
                while report.is_unfinished:
                    report = send_waiting(now)
                    sent += report.sent
            seconds = time.perf_counter() - began
            cpu = time.process_time() - cpu
            after = peak()
            mail = message_from_bytes(path.read_bytes(), policy=policy.default)
            plainly = send_plainly(mail, min(number, 2000))
    Space.objects.filter(pk__in=asleep).update(state=Space.State.ACTIVE)
    Space.objects.filter(pk__in=[space.pk for space in spaces]).update(
        state=Space.State.ARCHIVED
    )
    if not prepared == sent == number:
        raise AssertionError(f"{prepared} prepared, {sent} sent, {number} members")
    return {
        "members": number,
        "spaces": len(spaces),
        "seconds": seconds,
        "cpu": cpu,
        "queries": counted,
        "before": before,
        "after": after,
        "bytes": len(mail.as_bytes()),
        "plain": plainly,
    }


def send_plainly(mail, number):
    """Django's SMTP backend with the same words, rendered once, one connection.

    Returns:
        (mails per second, processor ms per mail).
    """
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    cpu, began = time.process_time(), time.perf_counter()
    with get_connection() as kept:
        for one in range(number):
            letter = EmailMultiAlternatives(
                mail["Subject"],
                text,
                "hello@bench.example.org",
                [f"reader{one}@bench.example.org"],
                connection=kept,
            )
            letter.attach_alternative(html, "text/html")
            letter.send()
    seconds = time.perf_counter() - began
    return number / seconds, 1000 * (time.process_time() - cpu) / number


def peak():
    """The highest resident memory of this process so far, in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def table(found):
    """Rows for the table of digests.

    Args:
        found: dicts of ``measure``, smallest first.
    """
    head = (
        "members, spaces", "mail kB", "mails/s", "÷ Django's SMTP",
        "CPU ms/mail (theirs)", "queries/mail", "peak MB", "",
    )  # fmt: skip
    rows = []
    for one in found:
        rate = one["members"] / one["seconds"]
        ratio = rate / one["plain"][0]
        queries = one["queries"] / one["members"]
        is_kept = (
            ratio >= BUDGET_RATE
            and queries < BUDGET_QUERIES
            and one["after"] <= BUDGET_MEMORY * found[0]["after"]
        )
        rows.append(
            (
                f"{one['members']:,}, {one['spaces']}",
                f"{one['bytes'] / 1024:.1f}",
                f"{rate:.0f}",
                f"{ratio:.2f} (≥ {BUDGET_RATE})",
                f"{1000 * one['cpu'] / one['members']:.2f} ({one['plain'][1]:.2f})",
                f"{queries:.3f} (< {BUDGET_QUERIES})",
                f"{one['after']:.0f} (began with {one['before']:.0f})",
                "kept" if is_kept else "over",
            )
        )
    return head, rows


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance.settings")
    django.setup()

from django.core.mail import (  # noqa: E402, TID251 (after setup; the comparison)
    EmailMultiAlternatives,
    get_connection,
)
from django.db import connection  # noqa: E402 (as above)
from django.test import override_settings  # noqa: E402 (as above)
from django.urls import reverse  # noqa: E402 (as above)
from django.utils import timezone  # noqa: E402 (as above)

from accounts.models import User  # noqa: E402 (as above)
from digests.actions import prepare_due  # noqa: E402 (as above)
from notifications.outbox import send_waiting  # noqa: E402 (as above)
from spaces.models import Membership, Space  # noqa: E402 (as above)
from tests.bench import seed  # noqa: E402 (as above)
from tests.bench.tables import say  # noqa: E402 (as above)
from tests.factories.spaces import GroupFactory, SpaceFactory  # noqa: E402 (as above)

if __name__ == "__main__":
    say(json.dumps(measure(int(sys.argv[1]))))
