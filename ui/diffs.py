"""A comparison, drawn so that it can be read without seeing colours, or the page.

Each changed stretch is ``<ins>`` or ``<del>`` with a word in front that only screen
readers speak; lines carry a sign (+, −, ~) and the same in words.
"""

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ui.drawing import EMPTY, joined

# Changes named in the list above a comparison.
MOST_LISTED = 100
SIGNS = {"same": " ", "added": "+", "removed": "−", "changed": "~"}


def _words():
    # Asked once per comparison: gettext is not free, and a page has thousands.
    return {
        "added": _("added:"),
        "removed": _("removed:"),
        "end": _("end of change"),
        "line_added": _("New line"),
        "line_removed": _("Removed line"),
        "line_changed": _("Changed line"),
    }


def _piece(piece, words):
    text = escape(piece.text)
    if piece.kind == "same" or not piece.text:
        return text
    tag = "ins" if piece.kind == "added" else "del"
    return SafeString(
        f'<{tag}><span class="hidden-visually"> {escape(words[piece.kind])} </span>'
        f'{text}<span class="hidden-visually"> ({escape(words["end"])}) </span></{tag}>'
    )


def _pieces(pieces, words):
    return joined(_piece(piece, words) for piece in pieces)


def _gap(row):
    return format_html(
        "{}",
        ngettext("%d unchanged line", "%d unchanged lines", row.count) % row.count,
    )


def find_changes(rows):
    """Where each change begins: neighbouring changed lines are one change.

    Args:
        rows: as for ``draw_inline``.

    Returns:
        dict of place in ``rows`` to the number of the change, from 1.
    """
    found, was_changed = {}, False
    for place, row in enumerate(rows):
        is_changed = row.kind not in ("same", "gap")
        if is_changed and not was_changed:
            found[place] = len(found) + 1
        was_changed = is_changed
    return found


def draw_changes(rows):
    """Draw the list of changes, each a link to its place.

    Args:
        rows: as for ``draw_inline``.

    Returns:
        Safe HTML: an ordered list; empty where there are fewer than two.
    """
    found = find_changes(rows)
    if len(found) < 2:
        return EMPTY
    return format_html(
        '<ol class="diff-list">{}</ol>',
        joined(
            format_html(
                '<li><a href="#change-{}" dir="auto">{}</a></li>',
                number,
                _beginning(rows[place]),
            )
            for place, number in list(found.items())[:MOST_LISTED]
        ),
    )


def _beginning(row):
    text = (row.new_text.strip() or row.old_text.strip() or _("an empty line"))[:80]
    return text if len(text) < 80 else f"{text.rpartition(' ')[0] or text} …"


def _id(changes, place):
    # Reached by a link, so it takes the focus: the next Tab goes on from there.
    number = changes.get(place)
    return format_html(' id="change-{}" tabindex="-1"', number) if number else EMPTY


def draw_inline(rows):
    """Draw a comparison as one list of lines.

    Args:
        rows: of a ``Comparison`` (``rows`` or ``folded()``).

    Returns:
        Safe HTML: an ordered list.
    """
    words = _words()
    changes = find_changes(rows)
    lines = []
    for place, row in enumerate(rows):
        if row.kind == "gap":
            lines.append(format_html('<li class="diff-gap">{}</li>', _gap(row)))
            continue
        said = (
            format_html(
                '<span class="hidden-visually">{}: </span>', words[f"line_{row.kind}"]
            )
            if row.kind != "same"
            else ""
        )
        # A whole new line needs no further "added:" inside.
        body = (
            _pieces(row.inline, words)
            if row.kind == "changed"
            else _whole(row.kind, row.new_text or row.old_text)
        )
        lines.append(
            format_html(
                '<li class="diff-{}"{}><span class="diff-sign" aria-hidden="true">{}'
                '</span>{}<span class="diff-line" dir="auto">{}</span></li>',
                row.kind,
                _id(changes, place),
                SIGNS[row.kind],
                said,
                body,
            )
        )
    return format_html('<ol class="diff diff-inline">{}</ol>', joined(lines))


def _whole(kind, text):
    if kind == "added":
        return format_html("<ins>{}</ins>", text)
    if kind == "removed":
        return format_html("<del>{}</del>", text)
    return format_html("{}", text)


def draw_side(rows, *, old_label, new_label):
    """Draw a comparison as two columns.

    Args:
        rows: as for ``draw_inline``.
        old_label, new_label: the columns' heads.

    Returns:
        Safe HTML: a table.
    """
    words = _words()
    changes = find_changes(rows)
    lines = []
    for place, row in enumerate(rows):
        if row.kind == "gap":
            lines.append(
                format_html(
                    '<tr class="diff-gap"><td colspan="2">{}</td></tr>', _gap(row)
                )
            )
            continue
        lines.append(
            format_html(
                '<tr class="diff-{}"{}>{}{}</tr>',
                row.kind,
                _id(changes, place),
                _cell(row, row.old, row.old_text, "removed", words),
                _cell(row, row.new, row.new_text, "added", words),
            )
        )
    return format_html(
        '<table class="diff diff-side"><thead><tr><th scope="col">{}</th>'
        '<th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>',
        old_label,
        new_label,
        joined(lines),
    )


def _cell(row, pieces, text, side, words):
    if row.kind in ("added", "removed") and row.kind != side:
        return SafeString('<td class="diff-none"></td>')
    sign, body = "", escape(text)
    if row.kind == side:
        sign = SIGNS[side]
        body = format_html(
            '<span class="hidden-visually">{}: </span>{}',
            words[f"line_{side}"],
            _whole(side, text),
        )
    elif row.kind == "changed":
        sign, body = SIGNS[side], _pieces(pieces, words)
    return format_html(
        '<td class="diff-cell-{}"><span class="diff-sign" aria-hidden="true">{}</span>'
        '<span class="diff-line" dir="auto">{}</span></td>',
        side if row.kind != "same" else "same",
        sign,
        body,
    )


def draw_words(comparison):
    """Draw a short comparison (a sentence that collides) as running text.

    Args:
        comparison: a ``Comparison``.

    Returns:
        Safe HTML.
    """
    words = _words()
    lines = []
    for row in comparison.rows:
        pieces = row.inline if row.kind == "changed" else row.new or row.old
        lines.append(_pieces(pieces, words))
    return SafeString("\n".join(lines))
