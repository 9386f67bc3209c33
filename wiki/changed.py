"""What changed, short enough for a letter."""

from dataclasses import dataclass

from markup.diffing import compare
from wiki.models import Revision

MOST_LINES = 40
MOST_LETTERS = 500
# Of texts larger than this only the numbers are told: letters go out by the thousand.
LARGEST = 80_000


@dataclass(frozen=True)
class Line:
    """One line of a letter's difference.

    Attributes:
        sign: ``+``, ``−``, ``~`` or ``…``.
        pieces: (kind, text) pairs, kinds as of ``markup.diffing.Piece``.
        old, new: the line before and after, where there is one.
    """

    sign: str
    pieces: list
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class Change:
    """A revision with its difference to the one before.

    Attributes:
        revision: the ``Revision``.
        lines: list of ``Line``; empty for a first version.
        is_cut: whether there is more than the lines show.
    """

    revision: Revision
    lines: list
    is_cut: bool = False


def changes_of(revisions):
    """The differences of many revisions, each to the one before it; one query.

    Args:
        revisions: list of ``Revision`` with their texts.

    Returns:
        dict of revision id to ``Change``.
    """
    wanted = {(it.page_id, it.number - 1) for it in revisions if it.number > 1}
    rows = Revision.objects.filter(
        page__in={page for page, _number in wanted},
        number__in={number for _page, number in wanted},
    ).values_list("page", "number", "body")
    before = {(page, number): body for page, number, body in rows}
    return {
        it.pk: _change(it, before.get((it.page_id, it.number - 1))) for it in revisions
    }


def _change(revision, before):
    if before is None:
        return Change(revision, [])
    return Change(revision, *difference(before, revision.body))


def difference(before, after):
    """What two texts differ in, short enough for a letter.

    Args:
        before, after: the texts.

    Returns:
        (list of ``Line``, whether there is more).
    """
    if len(before) + len(after) > LARGEST:
        return [], True
    lines = []
    for row in compare(before, after).folded(0):
        line = _line(row)
        is_gap = line is not None and line.sign == "…"
        # Neither two gaps in a row, nor one at the start.
        if line is None or (is_gap and (not lines or lines[-1].sign == "…")):
            continue
        lines.append(line)
    if lines and lines[-1].sign == "…":
        del lines[-1]
    is_long = any(MOST_LETTERS in (len(line.old), len(line.new)) for line in lines)
    return lines[:MOST_LINES], len(lines) > MOST_LINES or is_long


def _line(row):
    if row.kind in ("gap", "same"):
        return Line("…", [])
    if not (row.old_text.strip() or row.new_text.strip()):
        return None
    sign = {"added": "+", "removed": "−", "changed": "~"}[row.kind]
    pieces, left = [], MOST_LETTERS
    for piece in row.inline if row.kind == "changed" else row.new or row.old:
        pieces.append((piece.kind, piece.text[:left]))
        left -= len(piece.text)
        if left <= 0:
            break
    return Line(sign, pieces, row.old_text[:MOST_LETTERS], row.new_text[:MOST_LETTERS])
