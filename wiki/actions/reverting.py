"""Going back: to a whole old text, or behind one old change."""

from wiki.actions.writing import save_page


def restore_revision(page, revision, *, by, group=None, summary=""):
    """Make an old text the newest, as a version of its own.

    Args:
        page: the ``Page``.
        revision: an old ``Revision`` of it.
        by: who restores.
        group: the stakeholder group ``by`` writes for.
        summary: why.

    Returns:
        ``Outcome``.

    Raises:
        Gone: the page was deleted meanwhile.
    """
    return save_page(
        page,
        by=by,
        body=revision.body,
        # Taken under no lock: a save in between is joined or collides, as any other.
        base=page.current,
        summary=summary,
        group=group,
        restores=revision,
    )


def undo_revision(page, revision, *, by, body, base, group=None, summary=""):
    """Take one old change back and keep everything that came after it.

    It is a three-way merge with the change turned round: what the version put in
    goes, what it took out comes back, wherever later versions left that alone.

    Args:
        page: the ``Page``.
        revision: the ``Revision`` of it whose change is undone; not the first.
        by: who undoes it.
        body, base: the text before that change and ``revision`` itself; or, where
            the two collided, what was decided and the version it was decided on.
        group: the stakeholder group ``by`` writes for.
        summary: what is said of it.

    Returns:
        ``Outcome``.

    Raises:
        Collided: later versions changed the same words; nothing was written.
        Gone: the page was deleted meanwhile.
    """
    return save_page(
        page,
        by=by,
        body=body,
        base=base,
        summary=summary,
        group=group,
        undoes=revision,
    )
