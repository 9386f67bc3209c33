"""When things of the demo happened: always told from today."""

import re
from datetime import timedelta

_MONTH = re.compile(r"\{month:(\d+)\}")
MONTHS = (
    "January February March April May June July August September October November "
    "December"
).split()


class Clock:
    """Turns "12.5 days ago" and "3 hours later" into moments.

    Args:
        now: the moment the demo is loaded.
        last_digest: when the demo member's newest digest was due.
    """

    def __init__(self, now, last_digest):
        self.now = now
        self.lately = now - last_digest

    def ago(self, when):
        """The moment of a ``==`` or ``++`` line.

        Args:
            when: "12.5" (days ago) or "new 0.4" (a share of the time since the last
                digest).
        """
        if when.startswith("new "):
            return self.now - self.lately * float(when.removeprefix("new "))
        return self.now - timedelta(days=float(when))

    def after(self, moment, when):
        """The moment of an answer, never ahead of us.

        Args:
            moment: of the line above it.
            when: "3h", "2d" or "new 0.4".
        """
        if when.startswith("new "):
            return self.ago(when)
        number = float(when[:-1])
        later = moment + (
            timedelta(hours=number) if when.endswith("h") else timedelta(days=number)
        )
        if later < self.now:
            return later
        return moment + (self.now - moment) / 2

    def fill(self, text):
        """Put the names of months where the text has ``{month:298}``."""
        return _MONTH.sub(
            lambda found: MONTHS[(self.now - timedelta(days=int(found[1]))).month - 1],
            text,
        )
