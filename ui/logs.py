"""Structured logs without personal data."""

import json
import logging
import re
from datetime import UTC, datetime

# Addresses are the personal data most likely to slip into a message of a library.
_ADDRESS = re.compile(r"[^\s<>@\"']+@[^\s<>@\"']+\.[^\s<>@\"',;]+")
# Django logs the address of every refused request, and whoever holds the address of an
# invitation, a claim, a guest pass or a letter's settings comes in by it.
_SECRET = re.compile(r"(?<=/)[\w:-]{32,}(?=/)")


def _without_people(text):
    return _SECRET.sub("…", _ADDRESS.sub("…@…", text))


class JsonLine(logging.Formatter):
    """One JSON object per line: time, level, where, message, fault."""

    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname.lower(),
            "where": record.name,
            "message": _without_people(record.getMessage()),
        }
        if record.exc_info:
            line["fault"] = _without_people(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
