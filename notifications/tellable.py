"""Which letters of a claim may be told, with all that is needed to write them.

Asked in bulk, one Kind at a time. Where a Kind breaks on some row, the rows are halved
and asked again until the one that breaks it stands alone: the others go out.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import InterfaceError, OperationalError

from accounts.reachability import stopped_among
from notifications.kinds import kind_of
from notifications.quiet import leaves


@dataclass
class Found:
    """What became of the rows that were asked about.

    Attributes:
        letters: (row, kind, target, extra context), by due time.
        dropped: rows whose reader may not see it, does not want it, has no address.
        later: rows that wait for the end of quiet hours, by that moment.
        failed: (row, why) that nobody can ever send.
        broken: (row, exception) on which the Kind broke.
    """

    letters: list = field(default_factory=list)
    dropped: list = field(default_factory=list)
    later: defaultdict = field(default_factory=lambda: defaultdict(list))
    failed: list = field(default_factory=list)
    broken: list = field(default_factory=list)

    def add(self, other):
        """Take in what was found of other rows."""
        self.letters += other.letters
        self.dropped += other.dropped
        self.failed += other.failed
        self.broken += other.broken
        for due, rows in other.later.items():
            self.later[due] += rows


def tellable(rows, now):
    """Sort rows into those that may be told and the others.

    Args:
        rows: deliveries, recipients loaded.
        now: the clock.

    Returns:
        A ``Found``.
    """
    found = Found()
    by_kind = defaultdict(list)
    # Letters to these come back, or were called spam (accounts.reachability).
    stopped = stopped_among(row.to for row in rows)
    for row in rows:
        if row.to.lower() in stopped:
            found.dropped.append(row)
        else:
            by_kind[row.kind].append(row)
    for slug, of_kind in by_kind.items():
        kind = kind_of(slug)
        if kind is None:
            found.failed += [(row, f"no Kind is called {slug}") for row in of_kind]
        else:
            found.add(_bearable(kind, of_kind, now))
    found.letters.sort(key=lambda each: (each[0].due, each[0].pk))
    return found


def _bearable(kind, rows, now):
    """What is found of one Kind's rows, those on which it breaks set apart."""
    try:
        return _of_kind(kind, rows, now)
    except (OperationalError, InterfaceError):
        raise
    except Exception as fault:  # noqa: BLE001 (whatever a Kind does wrong)
        if len(rows) == 1:
            return Found(broken=[(rows[0], fault)])
        if _breaks_everywhere(kind, rows, now):
            return Found(broken=[(row, fault) for row in rows])
    middle = len(rows) // 2
    found = _bearable(kind, rows[:middle], now)
    found.add(_bearable(kind, rows[middle:], now))
    return found


def _breaks_everywhere(kind, rows, now):
    """Whether it breaks on the first, the middle and the last row alike: then it is
    the Kind, and asking for each row would only take long."""
    some = {0, len(rows) // 2, len(rows) - 1}
    return len(rows) > len(some) and all(
        _bearable(kind, [rows[number]], now).broken for number in some
    )


def _of_kind(kind, rows, now):
    found = Found()
    targets = kind.load(list({row.target for row in rows}))
    pairs = [(targets[row.target], row) for row in _allowed(kind, rows, targets, found)]
    extras = kind.gather(pairs) if pairs else {}
    quiet = kind.quiet_urls(pairs) if pairs else {}
    for target, row in pairs:
        extra = extras.get(row.pk, {})
        later = leaves(kind, target, row.recipient, now)
        if extra is None:
            found.dropped.append(row)
        elif later != now and not (row.expires and later >= row.expires):
            found.later[later].append(row)
        else:
            if row.pk in quiet:
                extra = {"quiet_url": quiet[row.pk], **extra}
            found.letters.append((row, kind, target, extra))
    return found


def _allowed(kind, rows, targets, found):
    people = defaultdict(dict)
    for row in rows:
        if row.target in targets and row.recipient_id and row.recipient.is_active:
            people[row.target][row.recipient_id] = row.recipient
    readers = {pk: list(each.values()) for pk, each in people.items()}
    allowed = kind.allowed_each(readers, targets)
    for row in rows:
        target = targets.get(row.target)
        if target is None or not row.to:
            found.dropped.append(row)
        elif row.recipient_id is None:
            if kind.may_see(None, target):
                yield row
            else:
                found.dropped.append(row)
        elif row.recipient_id in allowed.get(row.target, ()):
            yield row
        else:
            found.dropped.append(row)
