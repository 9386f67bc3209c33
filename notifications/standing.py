"""How the outbox stands: numbers, times and reasons; no addresses and no words."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, F, Func, Max, Min, Q, TextField, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from notifications.kinds import kind_of
from notifications.models import Delivery
from notifications.pacing import resting_hosts
from notifications.tasks import nudge

MOST = 20
AN_HOUR = timedelta(hours=1)
# What a mail server answers often repeats the address; nobody needs it here, and
# without it the same reasons are the same.
WITHOUT_ADDRESS = Func(
    F("error"),
    Value(r"\S*@\S*"),
    Value("…"),
    Value("g"),
    function="regexp_replace",
    output_field=TextField(),
)
# Reasons of our own, as they are stored; mail servers' stay as they came.
OUR_WORDS = {
    "set aside: its worker ended each time it was in hand": gettext_lazy(
        "Set aside: the worker ended each time it was about to send this letter."
    ),
    "its worker ended while it was in hand": gettext_lazy(
        "The worker ended while it was about to send this letter."
    ),
}


def standing(now=None):
    """How letters fare.

    Args:
        now: the clock.

    Returns:
        dict with ``states`` ((label, state, number) each), ``oldest`` (due time of the
        oldest letter that should have left), ``overdue`` (how many should have),
        ``sent_lately`` (in the last hour), ``resting`` ((host, minutes) each),
        ``retrying`` and ``failures`` (groups by kind and reason) and ``latest``
        (single failed letters).
    """
    now = now or timezone.now()
    rows = Delivery.objects.order_by().values("state")
    numbers = {row.pop("state"): row for row in rows.annotate(
        number=Count("pk"),
        overdue=Count("pk", filter=Q(due__lte=now)),
        oldest=Min("due"),
        lately=Count("pk", filter=Q(sent__gt=now - AN_HOUR)),
    )}  # fmt: skip
    waiting = numbers.get("waiting", {"overdue": 0})
    labels = {
        "waiting": _("waiting"),
        "claimed": _("on their way"),
        "sent": pgettext("letters", "sent"),
        "missed": _("too late to send"),
        "dropped": _("no longer wanted or allowed"),
        "failed": _("failed"),
    }
    return {
        "states": [
            (label, state, numbers.get(state, {}).get("number", 0))
            for state, label in labels.items()
        ],
        "oldest": waiting["oldest"] if waiting["overdue"] else None,
        "overdue": waiting["overdue"],
        "sent_lately": numbers.get("sent", {}).get("lately", 0),
        "resting": [
            (host, -(-int(seconds) // 60))
            for host, seconds in sorted(resting_hosts()[0].items())
        ],
        "retrying": _groups(Delivery.objects.waiting().exclude(error="")),
        "failures": _groups(Delivery.objects.failed()),
        "latest": _told(
            Delivery.objects.failed()
            .annotate(why=WITHOUT_ADDRESS)
            .values("pk", "kind", "attempts", "due", "why")[:MOST]
        ),
    }


def _groups(rows):
    found = (
        rows.order_by()
        .annotate(why=WITHOUT_ADDRESS)
        .values("kind", "why")
        .annotate(number=Count("pk"), first=Min("due"), last=Max("due"))
        .order_by("-number", "kind", "why")
    )
    return _told(found[:MOST])


def _told(rows):
    """Rows with the Kind's label and the reason in words."""
    found = []
    for row in rows:
        kind = kind_of(row["kind"])
        label = kind.label if kind and kind.label else row["kind"]
        reason = str(OUR_WORDS.get(row["why"]) or row["why"] or _("not said"))
        found.append({**row, "label": label, "reason": reason})
    return found


@transaction.atomic
def retry(*, pk=None, kind=None, why=None, now=None):
    """Let failed letters be tried again, as if for the first time.

    Letters whose time has passed stay as they are: they would only be missed.

    Args:
        pk: of one letter; or
        kind, why: of a group, as ``standing`` names it.
        now: the clock.

    Returns:
        How many wait again.
    """
    now = now or timezone.now()
    rows = Delivery.objects.failed().order_by().exclude(expires__lte=now)
    if pk is not None:
        rows = rows.filter(pk=pk)
    else:
        rows = rows.annotate(why=WITHOUT_ADDRESS).filter(kind=kind, why=why)
    number = Delivery.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
    number = number.filter(state=Delivery.State.FAILED).update(
        state=Delivery.State.WAITING,
        due=now,
        claimed=None,
        attempts=0,
        deaths=0,
        error="",
    )
    if number:
        transaction.on_commit(nudge)
    return number
