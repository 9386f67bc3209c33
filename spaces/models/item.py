"""What every contribution carries: its space, its audience, its author.

The rule of who sees an item stands here once; every content app's QuerySet inherits it.
"""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from spaces.models.membership import Membership, StakeholderGroup
from spaces.models.space import Space


class Audience(models.TextChoices):
    """Who may see an item. Never wider than its space."""

    PUBLIC = "public", _("Anyone")
    MEMBERS = "members", _("Members")
    GROUP = "group", _("One stakeholder group")


def audience_q(user, *, prefix=""):
    """The rule itself, for any model with ``space``, ``audience``, ``audience_group``.

    Args:
        user: a person or ``AnonymousUser``.
        prefix: path to the item when filtering a model that points at one
            (``"thread__"``).

    Returns:
        ``Q``: public items of open spaces for everybody; public and members' items of
        the person's own spaces; group items of the group the person is in.
    """
    seen = Q(
        **{
            f"{prefix}audience": Audience.PUBLIC,
            f"{prefix}space__visibility": Space.Visibility.OPEN,
        }
    )
    if not user.is_authenticated:
        return seen
    own = Membership.objects.active().filter(
        person=user, space=OuterRef(f"{prefix}space")
    )
    return (
        seen
        | (~Q(**{f"{prefix}audience": Audience.GROUP}) & Exists(own))
        | (
            Q(**{f"{prefix}audience": Audience.GROUP})
            & Exists(own.filter(group=OuterRef(f"{prefix}audience_group")))
        )
    )


def audience_in(space, user):
    """``audience_q`` for the items of one space that was entered: the same answer, but
    asked of the membership that is at hand instead of by subqueries.

    Args:
        space: from ``spaces.entry``.
        user: its reader.
    """
    membership = space.membership_of(user)
    if membership is None:
        nobody = Q(pk__in=[])
        return Q(audience=Audience.PUBLIC) if space.is_open else nobody
    seen = ~Q(audience=Audience.GROUP)
    if membership.group_id is not None:
        seen |= Q(audience_group=membership.group_id)
    return seen


class ItemQuerySet(models.QuerySet):
    """Words every content QuerySet shares. Apps with drafts narrow ``visible_to``."""

    def visible_to(self, user):
        return self.filter(audience_q(user))

    def visible_in(self, space, user):
        """``in_space(space).visible_to(user)``, cheaper, for an entered space."""
        return self.filter(audience_in(space, user), space=space)

    def in_space(self, space):
        return self.filter(space=space)


class Item(models.Model):
    """Anything that lives in a space and has an audience."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(
        _("who may see it"),
        max_length=10,
        choices=Audience,
        default=Audience.MEMBERS,
    )
    audience_group = models.ForeignKey(
        StakeholderGroup,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(audience="group", audience_group__isnull=False)
                    | (~Q(audience="group") & Q(audience_group__isnull=True))
                ),
                name="%(class)s_group_audience_names_its_group",
            ),
        ]


class Authored(models.Model):
    """Author ≠ typist, everywhere; and how the words came."""

    class CameBy(models.TextChoices):
        WEB = "web", _("on the web")
        MAIL = "mail", _("by mail")
        SMS = "sms", _("by SMS")
        PAPER = "paper", _("on paper")
        VOICE = "voice", _("by voice")

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Only for people who never had an account here (guests, imports). When an account
    # is closed the author is emptied and this stays empty: "former member".
    author_name = models.CharField(max_length=120, blank=True)
    author_group = models.ForeignKey(
        StakeholderGroup,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    came_by = models.CharField(max_length=6, choices=CameBy, default=CameBy.WEB)

    class Meta:
        abstract = True

    @property
    def author_label(self):
        """The name to print: the author's, a guest's, or "former member"."""
        if self.author_id:
            return self.author.get_full_name()
        return self.author_name or gettext("former member")
