"""The seat for the view that is missing: stances, and the outsider who is asked in."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from spaces.tokens import hash_of

# The pass opens the session until talk has run over …
RUNS_OVER = timedelta(hours=1)
# … and the guest has so long to look at a summary before it may appear without a word.
CHECK_DAYS = 7


class StanceQuestion(models.Model):
    """What people may think about it, and the view that the host misses."""

    webinar = models.OneToOneField(
        "webinars.Webinar", on_delete=models.CASCADE, related_name="stance_question"
    )
    words = models.CharField(_("the question people differ on"), max_length=200)
    missing = models.CharField(
        _("the view that is missing"), max_length=160, blank=True
    )

    def __str__(self):
        return self.words


class Stance(models.Model):
    """One way to think about it, in words: "for burning belts"."""

    question = models.ForeignKey(
        StanceQuestion, on_delete=models.CASCADE, related_name="stances"
    )
    words = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.words


class SaidStance(models.Model):
    """What one person said of themselves, for the host, who is shown numbers only."""

    registration = models.OneToOneField(
        "webinars.Registration", on_delete=models.CASCADE, related_name="said_stance"
    )
    stance = models.ForeignKey(Stance, on_delete=models.CASCADE, related_name="said")

    def __str__(self):
        return f"{self.registration_id} says {self.stance_id}"


class SeatQuerySet(models.QuerySet):
    def of_token(self, token):
        """The seat that a letter's link belongs to, or None; ended ones too."""
        return (
            self.filter(token_hash=hash_of(token))
            .select_related("webinar__space", "webinar__room", "invited_by")
            .first()
        )

    def coming(self):
        """Those who said yes and have not withdrawn."""
        return self.filter(answer=Seat.Answer.YES, revoked__isnull=True)


class Seat(models.Model):
    """One outsider asked into one session, for a view that nobody else brings."""

    class Answer(models.TextChoices):
        OPEN = "open", _("no answer yet")
        YES = "yes", _("comes")
        NO = "no", _("does not come")
        WITHDRAWN = "withdrawn", _("has withdrawn")

    webinar = models.ForeignKey(
        "webinars.Webinar", on_delete=models.CASCADE, related_name="seats"
    )
    # The letter's token is made from the row and this, and never stored.
    nonce = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("guest's name"), max_length=120)
    address = models.EmailField(_("guest's e-mail address"))
    language = models.CharField(max_length=8)
    stands_for = models.CharField(_("whose view this guest brings"), max_length=160)
    brief = models.TextField(_("personal words"), max_length=2000, blank=True)
    answer = models.CharField(max_length=9, choices=Answer, default=Answer.OPEN)
    answered = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)
    revoked = models.DateTimeField(null=True, blank=True)
    joined = models.DateTimeField(null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The summary as it was shown to the guest, and what they said of it.
    draft = models.TextField(blank=True)
    check_asked = models.DateTimeField(null=True, blank=True)
    checked = models.DateTimeField(null=True, blank=True)
    objection = models.TextField(_("what is not right"), max_length=4000, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "webinar", models.functions.Lower("address"), name="one_seat_per_guest"
            )
        ]

    def __str__(self):
        return f"seat {self.pk} at {self.webinar_id}"

    @property
    def token(self):
        """What opens the seat; in no table, so a stolen copy of one opens nothing."""
        return salted_hmac(
            "webinars.seat", f"{self.pk}:{self.nonce}", algorithm="sha256"
        ).hexdigest()

    @property
    def path(self):
        """The address in the guest's letters: who knows it, comes in."""
        return reverse("seats:seat_detail", kwargs={"token": self.token})

    @property
    def is_open(self):
        """Whether the session may be seen: for this session only, and not withdrawn."""
        return (
            self.revoked is None
            and self.answer not in (Seat.Answer.NO, Seat.Answer.WITHDRAWN)
            and self.webinar.cancelled is None
            and timezone.now() < self.webinar.ends + RUNS_OVER
        )

    @property
    def may_answer(self):
        """Whether yes and no still mean something: the session has not begun."""
        return (
            self.revoked is None
            and self.webinar.cancelled is None
            and timezone.now() < self.webinar.ends
        )

    @property
    def is_check_open(self):
        """Whether a summary waits for this guest."""
        return (
            self.revoked is None
            and self.check_asked is not None
            and self.checked is None
            and timezone.now() < self.check_asked + timedelta(days=CHECK_DAYS)
        )


class SeatWord(models.Model):
    """A question of the guest's, or the host's answer to it."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="words")
    is_hosts = models.BooleanField(default=False)
    text = models.TextField(max_length=2000)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created", "pk"]

    def __str__(self):
        return f"word at seat {self.seat_id}"
