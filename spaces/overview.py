"""How spaces are, as a site administrator sees them: figures, never content."""

from datetime import timedelta

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    IntegerField,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.models import Delivery
from spaces.models import Membership, Record, Space

RECENT = timedelta(days=30)


def spaces_for_admin():
    """All spaces with their figures, each counted by the database.

    Returns:
        ``Space`` queryset with ``member_count``, ``facilitator_count``,
        ``waiting_count``, ``unreachable_count`` (people whose mail failed lately),
        ``last_act`` (newest line of the record) and ``is_orphan``.
    """
    members = Membership.objects.filter(space=OuterRef("pk")).order_by()
    failed = Delivery.objects.filter(
        recipient=OuterRef("person"),
        state=Delivery.State.FAILED,
        created__gte=timezone.now() - RECENT,
    )
    acts = Record.objects.filter(space=OuterRef("pk")).order_by().values("space")
    facilitators = members.facilitators().filter(
        person__is_active=True, person__email__isnull=False
    )
    return Space.objects.annotate(
        member_count=_count(members.active()),
        facilitator_count=_count(facilitators),
        waiting_count=_count(members.requested()),
        unreachable_count=_count(members.active().filter(Exists(failed))),
        last_act=Subquery(acts.annotate(last=Max("created")).values("last")),
        is_orphan=Case(
            When(Exists(facilitators), then=Value(False)),
            default=Value(True),
            output_field=BooleanField(),
        ),
    )


def _count(rows):
    numbers = rows.values("space").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(numbers, output_field=IntegerField()), 0)


def chosen_spaces(*, q="", visibility="", state="", care=False):
    """The spaces a filter names.

    Args:
        q: words in the name, concern or address.
        visibility, state: stored codes, or "".
        care: only those without a facilitator or with people whose mail fails.

    Returns:
        queryset as of ``spaces_for_admin``, by name.
    """
    spaces = spaces_for_admin().order_by("name", "pk")
    if q:
        spaces = spaces.filter(
            Q(name__icontains=q) | Q(concern__icontains=q) | Q(slug__icontains=q)
        )
    if visibility:
        spaces = spaces.filter(visibility=visibility)
    if state:
        spaces = spaces.filter(state=state)
    if care:
        spaces = spaces.filter(Q(is_orphan=True) | Q(unreachable_count__gt=0))
    return spaces


def worries(space):
    """What about this space needs somebody, in words.

    Args:
        space: with the figures of ``spaces_for_admin``.

    Returns:
        list of (tone of a badge, words).
    """
    found = []
    if space.is_orphan:
        found.append(("clay", _("no facilitator")))
    if number := space.unreachable_count:
        words = ngettext("%d cannot be reached", "%d cannot be reached", number)
        found.append(("sun", words % number))
    if number := space.waiting_count:
        words = ngettext("%d asks to join", "%d ask to join", number)
        found.append(("", words % number))
    return found
