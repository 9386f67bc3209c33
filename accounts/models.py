"""People."""

from django.conf import settings
from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accounts.photos import SIZES, name_of, version_of
from accounts.zones import zone_called

# What a row holds of an e-mail address; Django's form fields take more.
LONGEST_ADDRESS = 254


def display_name(user):
    """What allauth calls a person in its mails and pages."""
    return user.get_full_name()


class UserQuerySet(models.QuerySet):
    def with_account(self):
        """People who sign in themselves, as against those a linker types for."""
        return self.filter(email__isnull=False, is_active=True)

    def pictured(self, version):
        """Who has this very photo; ``version`` is the part nobody can guess."""
        return self.filter(photo=name_of(version, SIZES[0]))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email=None, password=None, **fields):
        """Make a person. Without an address: somebody a linker types for."""
        user = self.model(email=email.strip().lower() if email else None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(
            email, password, is_staff=True, is_superuser=True, **fields
        )

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. The e-mail address is the login; it is empty for a person who has no
    account and for whom a linker types (see ``spaces.models.TypedFor``)."""

    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    language = models.CharField(
        _("language"), max_length=8, choices=settings.LANGUAGES, default="en"
    )
    low_bandwidth = models.BooleanField(
        _("spare my data: small pictures only when I ask for them"), default=False
    )
    # Quiet hours, in the person's own zone: whole hours, None where there are none.
    # The days are those on which they begin (0 is Monday); none of them: every day.
    quiet_from = models.PositiveSmallIntegerField(null=True, blank=True)
    quiet_until = models.PositiveSmallIntegerField(null=True, blank=True)
    quiet_days = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True
    )
    photo = models.ImageField(_("photo"), upload_to="people/", blank=True)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    languages = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("languages I speak"),
        default=list,
        blank=True,
    )
    helps_with = models.CharField(_("what I can help with"), max_length=300, blank=True)
    about = models.TextField(_("about me"), max_length=2000, blank=True)
    may_create_spaces = models.BooleanField(_("may create spaces"), default=False)
    is_staff = models.BooleanField(_("site administrator"), default=False)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_address"),
        ]
        indexes = [
            # Any word of a name by its first letters (conversations/suggesting.py).
            GinIndex(SearchVector("name", config="simple"), name="people_by_name"),
        ]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return self.get_full_name()

    def get_full_name(self):
        """The display name; the part before the @ until a person gave one."""
        return self.name or (self.email or "").split("@")[0] or str(_("somebody"))

    get_short_name = get_full_name

    @property
    def has_account(self):
        """Whether this person can sign in, or is typed for by a linker."""
        return self.email is not None

    @property
    def photo_url(self):
        """Where the small square of this person's photo is; empty without one."""
        if not self.photo:
            return ""
        version = version_of(self.photo.name)
        return reverse("accounts:photo", args=[self.pk, version, SIZES[1]])

    @property
    def zone(self):
        """The person's time zone; UTC when the stored name is no longer known."""
        return zone_called(self.time_zone)


class ReachabilityQuerySet(models.QuerySet):
    def stopped(self):
        """Addresses that get no letters from the outbox for now."""
        return self.filter(stopped__isnull=False)

    def of(self, addresses):
        """Rows of these addresses, however they are written."""
        return self.filter(address__in={each.lower() for each in addresses if each})


class Reachability(models.Model):
    """What mail servers say about one address; no row says: nothing bad so far.

    By address, not by person: a new address begins anew. Letters about an account
    (codes) leave all the same: they are how somebody comes back.
    """

    class Why(models.TextChoices):
        BOUNCED = "bounced", _("letters come back")
        COMPLAINED = "complained", _("reported as unwanted")

    address = models.CharField(max_length=LONGEST_ADDRESS, unique=True)
    # Failures that counted; ``accounts.reachability`` says how much each does.
    score = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=10, choices=Why, blank=True)
    # What the server said last.
    words = models.CharField(max_length=300, blank=True)
    last = models.DateTimeField(default=timezone.now)
    stopped = models.DateTimeField(null=True, blank=True)

    objects = ReachabilityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "reachability"
        indexes = [
            models.Index(
                fields=["stopped"],
                name="addresses_stopped",
                condition=models.Q(stopped__isnull=False),
            ),
        ]

    def __str__(self):
        return f"reachability {self.pk}: {self.score}"


class Session(AbstractBaseSession):
    """A browser that is signed in, or holds a guest pass; see ``accounts.sessions``."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )

    @classmethod
    def get_session_store_class(cls):
        return import_string(f"{settings.SESSION_ENGINE}.SessionStore")
