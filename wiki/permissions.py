"""Who may do what in the wiki; ``visible_to`` decides who sees it."""

from django.db.models import Exists, OuterRef, Q

from accounts.prepared import NOBODY, Prepared
from spaces.models import Membership
from spaces.permissions import can_tend_space, can_write_in_space
from wiki.models import Trust


def can_write_page(user, space):
    """Members begin pages, while the space has the tool and is not archived."""
    return space.has_tool("wiki") and can_write_in_space(user, space)


def can_edit_page(user, page):
    """Members; a guarded page only stewards and facilitators."""
    if not can_write_page(user, page.space) or page.deleted is not None:
        return False
    return not page.is_guarded or can_tend_space(user, page.space)


def can_propose_change(user, page):
    """Members, on a page whose changes a steward approves and they are none."""
    return (
        page.takes_proposals
        and page.deleted is None
        and can_write_page(user, page.space)
        and not can_tend_space(user, page.space)
    )


def can_decide_proposal(user, page):
    """Who may change the page themselves: stewards and facilitators who see it."""
    return can_edit_page(user, page) and can_tend_space(user, page.space)


def can_patrol_wiki(user, space):
    """Stewards, facilitators and members they trust look at fresh changes; their own
    are seen at once."""
    if not can_write_page(user, space):
        return False
    if can_tend_space(user, space):
        return True
    return Trust.objects.filter(space=space, person=user).exists()


def _seen_at_once(_user, person, space):
    trusted = Trust.objects.filter(space=space, person=OuterRef("person"))
    return (
        Membership.objects.active()
        .filter(space=space, person=person)
        .filter(
            Q(role__in=[Membership.Role.STEWARD, Membership.Role.FACILITATOR])
            | Exists(trusted)
        )
        .values_list("pk", flat=True)
    )


_own_standing = Prepared(_seen_at_once)


def is_seen_at_once(person, space):
    """``can_patrol_wiki`` for the writer of a version that is just being saved, in one
    query."""
    return bool(_own_standing(NOBODY, person=person.pk, space=space.pk))


def can_attach_file(user, page):
    """Whoever edits the page itself."""
    return can_edit_page(user, page)


def can_remove_attachment(user, attachment):
    """Stewards and facilitators; whoever brought every version of it."""
    page = attachment.page
    if not can_edit_page(user, page):
        return False
    others = attachment.versions.exclude(by=user)
    return can_tend_space(user, page.space) or not others.exists()


def can_import_pages(user, space):
    """Stewards and facilitators bring many pages at once."""
    return can_write_page(user, space) and can_tend_space(user, space)


def can_tend_templates(user, space):
    """Stewards and facilitators say what new pages may begin with."""
    return can_write_page(user, space) and can_tend_space(user, space)


def can_trust_writer(user, space):
    """Stewards and facilitators say whose changes need no second look."""
    return can_write_page(user, space) and can_tend_space(user, space)


def can_care_for_page(user, page):
    """Stewards and facilitators give a page into somebody's care."""
    return can_protect_page(user, page)


def can_look_at_page(user, page):
    """Carers, by name or by group, and who tends the space say how a page stands."""
    if page.deleted is not None or not can_write_page(user, page.space):
        return False
    if can_tend_space(user, page.space):
        return True
    care = getattr(page, "care", None)
    if care is None:
        return False
    membership = page.space.membership_of(user)
    is_of_group = care.carer_group_id is not None and (
        membership.group_id == care.carer_group_id
    )
    return care.carer_id == user.pk or is_of_group


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
