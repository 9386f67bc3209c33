"""Loads the demo, once, and leaves it alone from then on."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from demo.cast import listen, make_people
from demo.clock import Clock
from demo.forest import make_forest, write_history, write_news
from demo.small import make_grazing, make_nursery, make_wells
from demo.texts.people import SIGN_INS
from demo.writer import Writer
from digests.schedule import scheduled_for
from notifications.models import Delivery, Notice
from spaces.actions.recording import write_record
from spaces.models import Record, Space

# Any number nobody else uses: two loads at the same moment follow each other.
LOCK = 20_261_123
LOADED = "demo_loaded"
READ_AFTER_DAYS = 3.5


def is_loaded():
    """Whether the demo was put in before, whatever has become of it."""
    return Record.objects.filter(verb=LOADED).exists()


@transaction.atomic
def load_demo(now=None):
    """Make people, spaces and ten months of talk; all of it or nothing.

    The second time nothing happens: what people have changed since stays.

    Args:
        now: the moment everything is dated from.

    Returns:
        whether it was loaded just now.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if is_loaded():
        return False
    now = now or timezone.now()
    people = make_people(now)
    clock = Clock(now, _newest_digest(people["kofi"], now))
    letters = Delivery.objects.order_by("-pk").values_list("pk", flat=True).first()
    notices = Notice.objects.order_by("-pk").values_list("pk", flat=True).first()
    made = [
        make_wells(people, clock),
        make_nursery(people, clock),
        make_grazing(people, clock),
    ]
    forest = make_forest(people, clock)
    made.append(forest)
    began = clock.ago("325")
    Space.objects.filter(pk=forest.pk).update(created=began)
    writer = Writer(forest, people, clock)
    forest.records.update(created=clock.ago("300"))
    write_history(writer)
    # The past is past: it is in no inbox.
    Notice.objects.filter(pk__gt=notices or 0).delete()
    for space in made:
        listen(space, _newest_digests(people, now))
    writer.is_heard = True
    write_news(writer)
    _read_older(now)
    # Nothing of it is mailed: a moment later the outbox holds only what is new.
    new = Delivery.objects.filter(pk__gt=letters or 0)
    new.exclude(state=Delivery.State.SENT).delete()
    write_record(LOADED, by=None)
    return True


def _newest_digest(person, now):
    return scheduled_for(Space.Frequency.DAILY, 0, 7, person.zone, now)


def _newest_digests(people, now):
    return {people[key].pk: _newest_digest(people[key], now) for key in SIGN_INS}


def _read_older(now):
    """A few notices are new to the people of the demo, the others they have read."""
    older = Notice.objects.filter(created__lt=now - timedelta(days=READ_AFTER_DAYS))
    older.filter(read__isnull=True).update(read=now - timedelta(days=1))
