"""People to invite, from what somebody typed or pasted: addresses, or lines of a table.

Every line that can be read is kept; every other is named with its number and what is
wrong with it.
"""

import csv
import io
import re
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.translation import gettext as _

from accounts.models import LONGEST_ADDRESS

MOST = 200
LONGEST_LINE = 500

# "Ama Owusu <ama@example.org>"
_NAMED = re.compile(r"^\s*\"?(?P<name>[^<>\"]*)\"?\s*<(?P<address>[^<>]+)>\s*$")
_HEADS = {
    "name", "address", "e-mail", "email", "mail",
    "nom", "courriel", "adresse", "mél",
    "nombre", "correo", "correo electrónico", "dirección",
    "nome", "endereço", "correio eletrónico", "correio eletrônico",
    "jina", "barua pepe", "anwani",
}  # fmt: skip


@dataclass(frozen=True)
class WrongLine:
    """A line that could not be read."""

    number: int
    text: str
    reason: str


@dataclass
class InviteeList:
    """What was understood.

    Attributes:
        rows: dicts with address, name, group (a name as the space writes it, or ""),
            language (a code, or "").
        wrong: ``WrongLine`` each.
    """

    rows: list = field(default_factory=list)
    wrong: list = field(default_factory=list)


def read_invitees(text, *, groups=()):
    """Understand a list of people.

    Args:
        text: one person per line: an address, ``Name <address>``, or columns with an
            address among them (comma, semicolon or tab): name, e-mail, group, language.
            A heading line is passed over.
        groups: names of the space's stakeholder groups.

    Returns:
        ``InviteeList``.
    """
    found = InviteeList()
    known = {name.casefold(): name for name in groups}
    seen = set()
    for number, line in enumerate(_lines(text), start=1):
        if not line.strip():
            continue
        if _is_heading(line, alone=number == 1):
            continue
        for piece in _people_of(line):
            row, reason = _read(piece, known)
            if not reason and row["address"].lower() in seen:
                continue
            if not reason and len(found.rows) >= MOST:
                reason = _("more than %(most)d people at once") % {"most": MOST}
            if reason:
                shown = piece if isinstance(piece, str) else line
                found.wrong.append(WrongLine(number, shown.strip()[:200], reason))
            else:
                seen.add(row["address"].lower())
                found.rows.append(row)
    return found


def _lines(text):
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _is_heading(line, *, alone):
    """A table may follow typed addresses: further down it takes two such words."""
    words = {cell.strip().casefold() for cell in _cells(line)}
    return "@" not in line and len(words & _HEADS) >= (1 if alone else 2)


def _people_of(line):
    """Several addresses in one line are several people; a table row is one."""
    if line.count("@") > 1:
        return [piece for piece in re.split(r"[,;\t]", line) if piece.strip()]
    return [line]


def _cells(line):
    separator = next((sign for sign in "\t;," if sign in line), ",")
    try:
        return next(csv.reader(io.StringIO(line), delimiter=separator), [])
    except csv.Error:
        return line.split(separator)


def _read(line, known):
    """One person: (row, "") or (None, what is wrong)."""
    if len(line) > LONGEST_LINE:
        return None, _("this line is too long")
    if named := _NAMED.match(line):
        name, address, rest = named["name"], named["address"], []
    else:
        cells = [cell.strip() for cell in _cells(line)]
        at = next((i for i, cell in enumerate(cells) if "@" in cell), None)
        if at is None:
            return None, _("there is no e-mail address in it")
        address = cells.pop(at)
        # The name stands before the address, or right behind it.
        name = cells.pop(0) if cells else ""
        rest = [cell for cell in cells if cell]
    address, name = address.strip(), " ".join(name.split())
    if named := _NAMED.match(address):
        name, address = name or named["name"].strip(), named["address"].strip()
    try:
        validate_email(address)
        MaxLengthValidator(LONGEST_ADDRESS)(address)
    except ValidationError:
        return None, _("“%(address)s” is not an e-mail address") % {
            "address": address[:80]
        }
    if len(name) > 120:
        return None, _("the name is too long")
    row = {"address": address, "name": name, "group": "", "language": ""}
    return _with_group_and_language(row, rest, known)


def _with_group_and_language(row, rest, known):
    languages = dict(settings.LANGUAGES)
    for word in rest:
        if word.casefold() in known:
            row["group"] = known[word.casefold()]
        elif word.lower() in languages:
            row["language"] = word.lower()
        else:
            return None, _("there is no stakeholder group “%(name)s”") % {
                "name": word[:60]
            }
    return row, ""
