"""What the clock would do, now or at any other moment."""

from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from digests.actions import prepare_due
from notifications.models import Delivery
from notifications.outbox import send_waiting
from spaces.actions.reminding import ask_the_resting, send_reminders
from webinars.actions import remind_due
from wiki.tasks import take_in_imports, tend_pages


class Command(BaseCommand):
    """Does what beat's sweeps would do at a moment, and says what it did."""

    help = (
        "Do what the clock would do at a moment: reminders, digests, retries, sending. "
        "Run it twice: the second time there is nothing left to do."
    )

    def add_arguments(self, parser):
        """The clock."""
        parser.add_argument(
            "--now",
            metavar="TIME",
            help="ISO 8601 with its offset, e.g. 2027-03-01T06:00:00+00:00 "
            "(default: now)",
        )

    def handle(self, *args, now=None, **options):
        """Run every sweep with that clock.

        Raises:
            CommandError: the time cannot be read.
        """
        now = _clock(now)
        self.stdout.write(f"The clock says {now:%A %d %B %Y, %H:%M} UTC.")
        for number, one, many in (
            (send_reminders(now), "invited person reminded", "invited people reminded"),
            (
                ask_the_resting(now),
                "resting space asked about",
                "resting spaces asked about",
            ),
            (
                _number(remind_due(now)),
                "webinar reminder prepared",
                "webinar reminders prepared",
            ),
            (
                tend_pages(now),
                "wiki page or proposal brought to mind",
                "wiki pages and proposals brought to mind",
            ),
            (take_in_imports(), "handbook taken in", "handbooks taken in"),
            (prepare_due(now), "digest prepared", "digests prepared"),
        ):
            self.say(number, one, many)
        report = send_waiting(now)
        while report.is_unfinished:
            more = send_waiting(now)
            report = _sum(report, more)
        self.say(report.sent, "letter sent", "letters sent")
        for number, one, many in _rarely(report):
            if number:
                self.say(number, one, many)
        if report.is_server_away:
            self.stdout.write(
                "The mail server cannot be reached; what waits is kept and tried again."
            )
        later = Delivery.objects.waiting().count()
        self.say(later, "letter waits for its time", "letters wait for their time")

    def say(self, number, one, many):
        """Print a number with its words.

        Args:
            number: how many.
            one, many: the words for one and for more.
        """
        self.stdout.write(f"{number:6} {one if number == 1 else many}")


def _rarely(report):
    """What is worth a line only when it happened."""
    return (
        (
            report.recovered,
            "letter taken over from a worker that had died",
            "letters taken over from a worker that had died",
        ),
        (
            report.retried,
            "letter to be tried again later",
            "letters to be tried again later",
        ),
        (report.failed, "letter refused for good", "letters refused for good"),
        (
            report.missed,
            "letter was too late and is not sent",
            "letters were too late and are not sent",
        ),
        (
            report.dropped,
            "letter dropped: nothing is left that its reader may see",
            "letters dropped: nothing is left that their readers may see",
        ),
    )


def _number(found):
    return found if isinstance(found, int) else len(found or ())


def _sum(report, more):
    for name in ("sent", "missed", "dropped", "failed", "retried", "recovered"):
        setattr(more, name, getattr(more, name) + getattr(report, name))
    return more


def _clock(text):
    if not text:
        return timezone.now()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f"{text!r} is not a time. Write it like 2027-03-01T06:00:00+00:00."
        ) from None
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment, timezone.get_default_timezone())
    return moment.astimezone(timezone.get_default_timezone())
