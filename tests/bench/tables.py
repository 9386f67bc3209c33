"""Tables: printed as they are ready, written into docs/benchmarks.md when asked to."""

import re
import sys
from datetime import date
from pathlib import Path

from django.conf import settings

PAGE = Path(settings.BASE_DIR) / "docs" / "benchmarks.md"


def say(text):
    """Print one line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class Report:
    """Collects the tables of a run."""

    def __init__(self):
        self.parts = {}

    def add(self, key, title, head, rows):
        """Print a table and keep it.

        Args:
            key: its place in the document.
            title: above it.
            head: words of the columns.
            rows: tuples of texts.
        """
        self.parts[key] = (head, rows)
        lines = [head, *rows]
        widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
        say(f"\n{title}\n")
        for line in lines:
            cells = [
                text.rjust(width) if number else text.ljust(width)
                for number, (text, width) in enumerate(zip(line, widths, strict=True))
            ]
            say("  ".join(cells).rstrip())
        say("")

    def write(self):
        """Put the tables between their marks in the document."""
        text = PAGE.read_text()
        for key, (head, rows) in self.parts.items():
            table = "\n".join(
                [
                    f"*{machine()}, {date.today():%d %B %Y}.*\n",
                    f"| {' | '.join(head)} |",
                    "|" + "---|" * len(head),
                    *(f"| {' | '.join(row)} |" for row in rows),
                ]
            )
            text = re.sub(
                rf"(<!-- {key} -->\n).*?(<!-- /{key} -->)",
                lambda found, table=table: f"{found[1]}\n{table}\n\n{found[2]}",
                text,
                flags=re.DOTALL,
            )
        PAGE.write_text(text)
        say(f"Written into {PAGE.relative_to(settings.BASE_DIR)}.")


def machine():
    """The processors, in words, and how busy they were."""
    text = Path("/proc/cpuinfo").read_text()
    names = re.findall(r"^model name\s*:\s*(.+)$", text, re.MULTILINE) or ["processor"]
    load = Path("/proc/loadavg").read_text().split()[1]
    return f"{len(names)} × {names[0].strip()}, load {load} at the end"
