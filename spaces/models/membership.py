"""Who belongs to a space, in which group, with which role, told how often."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spaces.models.space import Space

# A declined request is not the last word, nor an invitation to ask every day.
ASK_AGAIN_AFTER = timedelta(days=30)


def new_mail_token():
    """The secret part of a member's own addresses; random, stored, replaceable."""
    return secrets.token_hex(12)


class StakeholderGroup(models.Model):
    """A role towards the concern (farmers, officers, companies …), set by the space."""

    class Shape(models.TextChoices):
        CIRCLE = "circle", _("circle")
        SQUARE = "square", _("square")
        TRIANGLE = "triangle", _("triangle")
        DIAMOND = "diamond", _("diamond")
        PENTAGON = "pentagon", _("pentagon")
        HEXAGON = "hexagon", _("hexagon")
        CROSS = "cross", _("cross")
        HALF = "half", _("half-moon")

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=60)
    # Shape and colour are one choice: number 0 to 7 of the palette in tokens.css.
    palette = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                "space",
                models.functions.Lower("name"),
                name="one_group_per_name_and_space",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def shape(self):
        """The shape that always goes with this group's colour."""
        return self.Shape.values[self.palette % len(self.Shape.values)]


class JoinQuestion(models.Model):
    """A question a facilitator asks those who want to join."""

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="join_questions"
    )
    text = models.CharField(_("question"), max_length=300)
    is_required = models.BooleanField(_("an answer is needed"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text


class MembershipQuerySet(models.QuerySet):
    def active(self):
        return self.filter(status=Membership.Status.ACTIVE)

    def requested(self):
        return self.filter(status=Membership.Status.REQUESTED)

    def in_space(self, space):
        return self.filter(space=space)

    def of(self, person):
        return self.filter(person=person)

    def stewards(self):
        """Those who tend the space: stewards and facilitators."""
        return self.active().filter(
            role__in=[Membership.Role.STEWARD, Membership.Role.FACILITATOR]
        )

    def eager(self):
        """Members who hear of everything in their space, whoever it concerns."""
        return self.active().filter(notice_level=Membership.NoticeLevel.EVERYTHING)

    def facilitators(self):
        return self.active().filter(role=Membership.Role.FACILITATOR)

    def banned(self):
        return self.filter(status=Membership.Status.BANNED)

    def typed_for_somebody(self):
        """Members without an account, for whom a linker types."""
        return self.active().filter(typed_for__isnull=False)

    def visible_to(self, user):
        """Entries of member directories this person may read: those of own spaces.

        An open space shows its content to everybody, but its directory to members
        only: who belongs is nobody else's business.
        """
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            space__memberships__person=user, space__memberships__status="active"
        )

    def with_person(self):
        return self.select_related("person", "group")

    def matching(self, words):
        """Members whose name, organisation or help holds every one of these words."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(
                Q(person__name__icontains=word)
                | Q(person__organisation__icontains=word)
                | Q(person__helps_with__icontains=word)
                | Q(person__about__icontains=word)
            )
        return found

    def by_name(self):
        return self.order_by(models.functions.Lower("person__name"), "pk")


class Membership(models.Model):
    """Person × space, one row from the first invitation to the last goodbye."""

    class Role(models.TextChoices):
        FACILITATOR = "facilitator", _("Facilitator")
        STEWARD = "steward", _("Steward")
        MEMBER = "member", _("Member")

    class Status(models.TextChoices):
        INVITED = "invited", _("invited")
        REQUESTED = "requested", _("asked to join")
        ACTIVE = "active", _("member")
        DECLINED = "declined", _("declined")
        LEFT = "left", _("left")
        BANNED = "banned", _("banned")

    class NoticeLevel(models.TextChoices):
        EVERYTHING = "everything", _("Everything")
        CONCERNED = "concerned", _("What concerns me")
        MENTIONS = "mentions", _("Only when I am named")
        NOTHING = "nothing", _("Nothing")

    class MailFormat(models.TextChoices):
        RICH = "rich", _("With formatting")
        TEXT = "text", _("Plain text, smallest")

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="memberships"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.MEMBER)
    status = models.CharField(max_length=10, choices=Status)
    is_linker = models.BooleanField(
        _("types for people without an account"), default=False
    )
    group = models.ForeignKey(
        StakeholderGroup,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="memberships",
    )
    joined = models.DateTimeField(null=True, blank=True)
    requested = models.DateTimeField(null=True, blank=True)
    request_message = models.TextField(max_length=2000, blank=True)
    # The questions as they stood when answered: [{"question": …, "answer": …}].
    answers = models.JSONField(default=list, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decision_reason = models.TextField(max_length=1000, blank=True)
    # When a request was declined or a person banned: says when they may ask again.
    decided = models.DateTimeField(null=True, blank=True)
    rules_accepted = models.DateTimeField(null=True, blank=True)
    # How this person is told of this space.
    digest = models.CharField(
        _("digest"),
        max_length=10,
        choices=Space.Frequency,
        default=Space.Frequency.DAILY,
    )
    digest_day = models.PositiveSmallIntegerField(_("day of the week"), default=0)
    digest_hour = models.PositiveSmallIntegerField(_("hour"), default=7)
    mail_format = models.CharField(
        max_length=5, choices=MailFormat, default=MailFormat.RICH
    )
    notice_level = models.CharField(
        max_length=10, choices=NoticeLevel, default=NoticeLevel.CONCERNED
    )
    mails_at_once = models.BooleanField(
        _("mail me at once about what concerns me"), default=True
    )
    # Writing to the space by mail: the local part of one's own addresses; empty when
    # one wants none. A new one makes the old worthless; leaving does so too.
    mail_token = models.CharField(
        max_length=40, blank=True, editable=False, default=new_mail_token
    )
    # Up to here a digest has reached this person; only a confirmed send moves it.
    since_last_delivered = models.DateTimeField(default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person"], name="one_membership_per_space"
            ),
            models.UniqueConstraint(
                fields=["mail_token"],
                name="one_membership_per_mail_token",
                condition=~Q(mail_token=""),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "status"], name="membership_of_person"),
            models.Index(
                fields=["digest"],
                name="membership_with_digest",
                condition=Q(status="active") & ~Q(digest="off"),
            ),
        ]

    def __str__(self):
        return f"{self.person_id} in {self.space_id}: {self.status}"

    def get_absolute_url(self):
        """The member's entry in the directory."""
        kwargs = {"space": self.space.slug, "pk": self.pk}
        return reverse("spaces:member_detail", kwargs=kwargs)

    @property
    def may_ask_again(self):
        """From when a declined person may ask again; None when that is now."""
        if self.status != self.Status.DECLINED or self.decided is None:
            return None
        again = self.decided + ASK_AGAIN_AFTER
        return again if again > timezone.now() else None

    @property
    def post_address(self):
        """Where this member's mails to the exchange go; empty without one."""
        return self._mail_address("post")

    @property
    def story_address(self):
        """Where this member's mailed stories go; empty without one."""
        return self._mail_address("story")

    def _mail_address(self, door):
        if not self.mail_token:
            return ""
        return f"{door}+{self.mail_token}@{settings.ALLIANCE_MAIL_DOMAIN}"

    @property
    def is_active(self):
        return self.status == self.Status.ACTIVE

    @property
    def is_facilitator(self):
        return self.is_active and self.role == self.Role.FACILITATOR

    @property
    def is_steward(self):
        """Stewards and facilitators alike tend the space."""
        return self.is_active and self.role in {
            self.Role.STEWARD,
            self.Role.FACILITATOR,
        }


class TypedForQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Linked people of spaces this person is a linker or facilitator of: the note
        on consent and how to reach somebody is nobody else's business."""
        if not user.is_authenticated:
            return self.none()
        own = Membership.objects.active().filter(
            Q(is_linker=True) | Q(role=Membership.Role.FACILITATOR), person=user
        )
        return self.filter(membership__space__in=own.values("space"))

    def claimable(self, now=None):
        """Linked people with a claim link that still holds."""
        return self.exclude(claim_hash="").filter(
            claim_expires__gt=now or timezone.now()
        )


class TypedFor(models.Model):
    """A person without an account for whom a linker types, with their consent.

    The person is a ``User`` without an address. When they come on line they claim what
    was typed for them (``spaces.actions.linking``).
    """

    membership = models.OneToOneField(
        Membership, on_delete=models.CASCADE, related_name="typed_for"
    )
    linker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="types_for",
    )
    consent = models.TextField(_("how consent was given"), max_length=1000)
    consent_given = models.DateField(_("consent given on"))
    contact = models.CharField(_("how to reach the person"), max_length=200, blank=True)
    claim_hash = models.CharField(max_length=64, blank=True, db_index=True)
    claim_expires = models.DateTimeField(null=True, blank=True)

    objects = TypedForQuerySet.as_manager()

    def __str__(self):
        return f"typed for membership {self.membership_id}"
