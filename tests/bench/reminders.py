"""The reminders' sweep among very many answers (``python -m tests.bench.reminders``).

100,000 people come to 100 webinars; at the hour of one of them 1,000 are reminded. It
is measured on the database of the environment, inside a transaction that is undone.
"""

import sys
import time
import tracemalloc
from datetime import timedelta

import django
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

WEBINARS, PER_WEBINAR = 100, 1000


def seed(now):
    """The answers; the first webinar begins in an hour, the others days later."""
    from accounts.models import User  # noqa: PLC0415 (after django.setup)
    from spaces.models import Space  # noqa: PLC0415
    from webinars.models import Registration, Webinar  # noqa: PLC0415

    people = User.objects.bulk_create(
        User(email=f"bench{number}@reminders.example", name=f"Person {number}")
        for number in range(PER_WEBINAR)
    )
    space = Space.objects.create(slug="bench-reminders", name="Bench", concern="Bench")
    webinars = Webinar.objects.bulk_create(
        Webinar(
            space=space,
            title=f"Bench {number}",
            slug=f"bench-{number}",
            starts=now + timedelta(hours=1, days=9 * bool(number)),
            ends=now + timedelta(hours=2, days=9 * bool(number)),
            time_zone="UTC",
            reminder_offsets=[60],
        )
        for number in range(WEBINARS)
    )
    Registration.objects.bulk_create(
        (
            Registration(
                webinar=webinar,
                person=person,
                answer="yes",
                answered=now - timedelta(days=30),
            )
            for webinar in webinars
            for person in people
        ),
        batch_size=5000,
    )


def measure():
    """Sweep three times: with 1,000 due, with nothing due, and a minute later.

    Returns:
        list of (letters, queries, seconds, MB at the peak).
    """
    from webinars.actions import remind_due  # noqa: PLC0415

    found = []
    now = timezone.now()
    with transaction.atomic():
        seed(now)
        for clock in (now, now, now + timedelta(minutes=1)):
            tracemalloc.start()
            begun = time.perf_counter()
            with CaptureQueriesContext(connection) as queries:
                letters = len(remind_due(clock))
            seconds = time.perf_counter() - begun
            peak = tracemalloc.get_traced_memory()[1] / 1e6
            tracemalloc.stop()
            found.append((letters, len(queries), round(seconds, 2), round(peak, 1)))
        transaction.set_rollback(True)
    return found


if __name__ == "__main__":
    django.setup()
    for letters, queries, seconds, peak in measure():
        sys.stdout.write(
            f"{letters} letters, {queries} queries, {seconds} s, {peak} MB\n"
        )
