"""Invitations by letter and by link, with every limit they carry."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spaces.models.membership import Membership, StakeholderGroup
from spaces.models.space import Space


class InvitationQuerySet(models.QuerySet):
    def usable(self, now=None):
        """Not revoked, not used up, not expired."""
        now = now or timezone.now()
        return self.filter(
            Q(expires__isnull=True) | Q(expires__gt=now),
            Q(max_uses__isnull=True) | Q(use_count__lt=F("max_uses")),
            revoked__isnull=True,
        )

    def open(self, now=None):
        """Usable and not declined."""
        return self.usable(now).filter(declined__isnull=True)

    def for_addresses(self, addresses):
        """Letters to any of these addresses."""
        return self.annotate(lowered=models.functions.Lower("address")).filter(
            lowered__in=[address.lower() for address in addresses]
        )

    def by_letter(self):
        return self.exclude(address="")

    def by_link(self):
        return self.filter(address="")

    def visible_to(self, user):
        """Invitations a person may manage: those of spaces they tend."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            space__memberships__person=user,
            space__memberships__status="active",
            space__memberships__role__in=["facilitator", "steward"],
        )


class Invitation(models.Model):
    """One letter to one address, or one link for many. The token itself is not stored,
    only its hash; it is made again from the nonce when a letter is written."""

    class State(models.TextChoices):
        SENT = "sent", _("sent")
        REMINDED = "reminded", _("reminded")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        REVOKED = "revoked", _("taken back")
        EXPIRED = "expired", _("expired")
        USED_UP = "used_up", _("used up")

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="invitations"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    # Half of what the token is made of (spaces/tokens.py); worth nothing alone.
    nonce = models.CharField(max_length=64, editable=False)
    address = models.EmailField(_("for this address only"), blank=True)
    domain = models.CharField(
        _("only for addresses at this domain"), max_length=120, blank=True
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    role = models.CharField(
        _("role"),
        max_length=12,
        choices=Membership.Role,
        default=Membership.Role.MEMBER,
    )
    group = models.ForeignKey(
        StakeholderGroup,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("stakeholder group"),
    )
    language = models.CharField(
        _("language of the letter"),
        max_length=8,
        choices=settings.LANGUAGES,
        default="en",
    )
    message = models.TextField(_("personal words"), max_length=2000, blank=True)
    # Path inside the space to land on, e.g. "wiki/fire-belts/"; empty: the front page.
    landing = models.CharField(_("first page to show"), max_length=200, blank=True)
    expires = models.DateTimeField(_("valid until"), null=True, blank=True)
    max_uses = models.PositiveIntegerField(_("how many people"), null=True, blank=True)
    use_count = models.PositiveIntegerField(default=0)
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    last_sent = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)
    declined = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "space",
                models.functions.Lower("address"),
                name="one_open_letter_per_address",
                condition=~Q(address="")
                & Q(revoked__isnull=True, declined__isnull=True, use_count=0),
            ),
        ]
        indexes = [
            models.Index(fields=["space", "-created"], name="invitations_newest")
        ]

    def __str__(self):
        return f"invitation {self.pk} to space {self.space_id}"

    @property
    def is_letter(self):
        """Whether it went to one address (else it is a link for many)."""
        return bool(self.address)

    @property
    def state(self):
        """How this invitation stands, as one word."""
        State = self.State
        if self.is_letter and self.use_count:
            return State.ACCEPTED
        if self.revoked:
            return State.REVOKED
        if self.declined:
            return State.DECLINED
        if self.max_uses is not None and self.use_count >= self.max_uses:
            return State.USED_UP
        if self.expires and self.expires <= timezone.now():
            return State.EXPIRED
        return State.REMINDED if self.reminders_sent else State.SENT

    @property
    def is_open(self):
        """Whether somebody may still come by it."""
        return self.state in {self.State.SENT, self.State.REMINDED}
