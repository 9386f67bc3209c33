"""Writing on the record."""

from spaces.models import Record


def write_record(verb, *, by, space=None, about=None, reason="", **detail):
    """Add one line to the audit log, in the transaction of what it records.

    Args:
        verb: past tense, e.g. ``"openness_changed"``; its sentence stands in
            ``spaces/sentences.py``.
        by: who did it; None for the clock.
        space: where; None for the whole site.
        about: the person it was done to.
        reason: the words given for it.
        **detail: small JSON-able facts (old and new values), never people's texts.

    Returns:
        the ``Record``.
    """
    return Record.objects.create(
        verb=verb, actor=by, space=space, about=about, reason=reason, detail=detail
    )
