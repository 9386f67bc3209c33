"""Who may do what in the wiki; ``visible_to`` decides who sees it."""

from spaces.permissions import can_tend_space, can_write_in_space


def can_write_page(user, space):
    """Members begin pages, while the space has the tool and is not archived."""
    return space.has_tool("wiki") and can_write_in_space(user, space)


def can_edit_page(user, page):
    """Members; a guarded page only stewards and facilitators."""
    if not can_write_page(user, page.space) or page.deleted is not None:
        return False
    return not page.is_guarded or can_tend_space(user, page.space)


def can_move_page(user, page):
    """Who edits a page also gives it another title or place."""
    return can_edit_page(user, page)


def can_change_page_audience(user, page):
    """Who began the page, and stewards: with many writers nobody else decides who
    reads what the others have written."""
    if not can_edit_page(user, page):
        return False
    return page.created_by_id == user.pk or can_tend_space(user, page.space)


def can_protect_page(user, page):
    """Stewards and facilitators."""
    return can_edit_page(user, page) and can_tend_space(user, page.space)


def can_delete_page(user, page):
    """Stewards and facilitators; the page and its history are kept."""
    return (
        page.deleted is None
        and can_write_page(user, page.space)
        and can_tend_space(user, page.space)
    )


def can_undelete_page(user, page):
    """Stewards and facilitators."""
    return (
        page.deleted is not None
        and can_write_page(user, page.space)
        and can_tend_space(user, page.space)
    )
