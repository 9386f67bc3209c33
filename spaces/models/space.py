"""The alliance space: its concern, its openness, its tools, its state."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.prepared import Prepared
from ui.addresses import address_of


class SiteRules(models.Model):
    """The one row of rules that a site administrator sets."""

    class Creation(models.TextChoices):
        ANYONE = "anyone", _("Everybody who is signed in")
        CHOSEN = "chosen", _("People an administrator has chosen")
        ADMINS = "admins", _("Site administrators only")

    space_creation = models.CharField(
        _("who may create spaces"),
        max_length=10,
        choices=Creation,
        default=Creation.ANYONE,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_row_of_site_rules"),
        ]

    def __str__(self):
        return str(_("Site rules"))

    @classmethod
    def current(cls):
        """The row, or its defaults where nobody has set it yet."""
        rows = _site_rules(AnonymousUser())
        return rows[0] if rows else cls(pk=1)


_site_rules = Prepared(lambda user: SiteRules.objects.filter(pk=1))


def _memberships():
    # A string reference keeps space.py below membership.py without a late import.
    return Space._meta.get_field("memberships").related_model.objects


class SpaceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Spaces whose *card* this person may see: open and listed ones, and hidden
        ones they belong to, were invited to, or administer the site for."""
        if user.is_authenticated and user.is_staff:
            return self
        seen = ~Q(visibility=Space.Visibility.HIDDEN)
        if user.is_authenticated:
            seen |= Exists(
                _memberships()
                .filter(person=user, space=OuterRef("pk"))
                .filter(status__in=["active", "invited"])
            )
        return self.filter(seen)

    def readable_by(self, user):
        """Spaces whose *content* this person may read: open ones, and their own.

        A site administrator who is not a member reads no private content; they may
        step in, with a reason, on the record (``spaces.actions.site``).
        """
        readable = Q(visibility=Space.Visibility.OPEN)
        if user.is_authenticated:
            readable |= Exists(
                _memberships().filter(
                    person=user, space=OuterRef("pk"), status="active"
                )
            )
        return self.filter(readable)

    def of(self, user):
        """Spaces this person is an active member of."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(memberships__person=user, memberships__status="active")

    def awake(self):
        """Spaces that send digests."""
        return self.filter(state=Space.State.ACTIVE)

    def with_member_count(self):
        """Adds ``member_count``, as a subquery so that joins do not multiply it."""
        members = (
            _memberships()
            .filter(space=OuterRef("pk"), status="active")
            .order_by()
            .values("space")
            .annotate(n=models.Count("*"))
            .values("n")
        )
        return self.annotate(
            member_count=models.functions.Coalesce(models.Subquery(members), 0)
        )

    def newest_first(self):
        return self.order_by("-created", "-pk")


class Space(models.Model):
    """A home for one concern, shared by unlike people."""

    class Visibility(models.TextChoices):
        OPEN = "open", _("Open: anyone can read")
        LISTED = "listed", _("Listed: anyone sees the card, members see the rest")
        HIDDEN = "hidden", _("Hidden: only members and invited people know of it")

    class JoinPolicy(models.TextChoices):
        OPEN = "open", _("Anyone can join at once")
        REQUEST = "request", _("People ask, a facilitator decides")
        INVITATION = "invitation", _("Only by invitation")

    class State(models.TextChoices):
        ACTIVE = "active", _("Active")
        RESTING = "resting", _("Resting: no digests until it is woken")
        ARCHIVED = "archived", _("Archived: can be read, not written")

    class Tool(models.TextChoices):
        EXCHANGE = "exchange", _("Exchange")
        STORIES = "stories", _("Stories")
        WIKI = "wiki", _("Wiki")
        WEBINARS = "webinars", _("Webinars")

    class Frequency(models.TextChoices):
        OFF = "off", _("Never")
        DAILY = "daily", _("Every day")
        WEEKLY = "weekly", _("Once a week")
        MONTHLY = "monthly", _("Once a month")

    slug = models.SlugField(max_length=60, unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=100)
    concern = models.CharField(_("concern"), max_length=300, blank=True)
    description = models.TextField(_("description"), max_length=4000, blank=True)
    description_html = models.TextField(blank=True, editable=False)
    language = models.CharField(
        _("language"), max_length=8, choices=settings.LANGUAGES, default="en"
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    visibility = models.CharField(
        _("who can see it"),
        max_length=10,
        choices=Visibility,
        default=Visibility.LISTED,
    )
    join_policy = models.CharField(
        _("who can join"),
        max_length=10,
        choices=JoinPolicy,
        default=JoinPolicy.REQUEST,
    )
    tools = ArrayField(
        models.CharField(max_length=10, choices=Tool),
        verbose_name=_("tools"),
        default=list,
        blank=True,
    )
    house_rules = models.TextField(_("house rules"), max_length=8000, blank=True)
    house_rules_html = models.TextField(blank=True, editable=False)
    welcome = models.TextField(_("welcome letter"), max_length=4000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    digest_default = models.CharField(
        _("digest for newcomers"),
        max_length=10,
        choices=Frequency,
        default=Frequency.DAILY,
    )
    created = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    resting_since = models.DateTimeField(null=True, blank=True)

    objects = SpaceQuerySet.as_manager()

    class Meta:
        constraints = [
            # A space nobody can find cannot be asked for: HumHub and Loomio refuse
            # the same pairs.
            models.CheckConstraint(
                condition=~Q(visibility="hidden") | Q(join_policy="invitation"),
                name="hidden_spaces_are_joined_by_invitation",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("discover:space_detail", space=self.slug)

    def has_tool(self, tool):
        """Whether this tool is switched on."""
        return tool in self.tools

    def membership_of(self, user):
        """The person's active membership, or None.

        ``spaces.entry`` remembers it for the reader of the request; asked for anybody
        else, or outside a request, the database answers.
        """
        reader, membership = getattr(self, "_reader", (None, None))
        if reader is not None and reader == user.pk:
            return membership
        if not user.is_authenticated:
            return None
        return (
            self.memberships.active()
            .filter(person=user)
            .select_related("group")
            .first()
        )

    def remember_reader(self, user, membership):
        """Keep the reader's own membership for the rest of this request."""
        self._reader = (user.pk, membership)
        if membership:
            membership.space = self

    @property
    def is_open(self):
        """Whether anyone may read."""
        return self.visibility == self.Visibility.OPEN

    @property
    def is_writable(self):
        """Whether members may still write."""
        return self.state != self.State.ARCHIVED

    @property
    def openness(self):
        """Who sees and who joins, in a few words, for the pill below the name."""
        return OPENNESS[self.visibility, self.join_policy]


OPENNESS = {
    ("open", "open"): _("Open to read · open to join"),
    ("open", "request"): _("Open to read · joining by request"),
    ("open", "invitation"): _("Open to read · joining by invitation"),
    ("listed", "open"): _("Members only · open to join"),
    ("listed", "request"): _("Members only · joining by request"),
    ("listed", "invitation"): _("Members only · joining by invitation"),
    ("hidden", "invitation"): _("Hidden · joining by invitation"),
}
