"""What a page's reader should know of it: who looks after it, what waits, who is
missing; and whether they watch it."""

from accounts.prepared import Prepared
from spaces.models import Audience, StakeholderGroup
from wiki import permissions
from wiki.models import Proposal, Watch

MOST_MISSING = 4

_watches = Prepared(
    lambda user, page: Watch.objects.filter(page=page, person=user).values_list(
        "reach", flat=True
    )
)
# Only groups that have somebody: one nobody is in cannot write.
_groups = Prepared(
    lambda user, space: (
        StakeholderGroup.objects.filter(
            space=space, memberships__status="active", memberships__person__isnull=False
        )
        .distinct()
        .values("pk", "name", "palette", "position")
    )
)


def find_standing(page, user, writers):
    """What ``templates/wiki/_standing.html`` and its neighbours draw.

    Args:
        page: the ``Page``, loaded for reading, its space entered.
        user: the reader.
        writers: ``Writers`` of the page.

    Returns:
        dict for the template's context.
    """
    care = getattr(page, "care", None)
    membership = page.space.membership_of(user)
    found = {
        "care": care,
        "watch": None,
        "missing": [],
        "own_proposal": None,
        "proposals_waiting": 0,
        "can_propose": False,
        "can_look": False,
        "can_care": False,
    }
    if membership is None:
        return found
    found |= {
        "watch": next(iter(_watches(user, page=page.pk)), None),
        "missing": _missing(page, user, writers),
        "can_propose": permissions.can_propose_change(user, page),
        "can_look": care is not None and permissions.can_look_at_page(user, page),
        "can_care": permissions.can_care_for_page(user, page),
    }
    if page.takes_proposals:
        waiting = Proposal.objects.waiting().filter(page=page)
        if found["can_propose"]:
            found["own_proposal"] = waiting.filter(author=user).first()
            if found["own_proposal"]:
                found["own_proposal"].page = page
        elif permissions.can_decide_proposal(user, page):
            found["proposals_waiting"] = waiting.count()
    return found


def _missing(page, user, writers):
    """Groups of the space from which nobody has written on this page; a page for one
    group misses nobody, and a space of one group neither."""
    if page.audience == Audience.GROUP or not writers.groups:
        return []
    groups = _groups(user, space=page.space_id)
    written = {group.name for group in writers.groups}
    if len(groups) < 2:
        return []
    missing = [group for group in groups if group["name"] not in written]
    missing.sort(key=lambda group: (group["position"], group["pk"]))
    return missing[:MOST_MISSING]
