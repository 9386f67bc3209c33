"""Whom an announcement reaches, and how: the one rule for its preview and its sending.

Everybody is told as they chose; who cannot be told by mail is named, so that a person
can call them.
"""

from collections import Counter
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.reachability import stopped_among
from notifications.kinds import Wish
from notifications.quiet import end_of_quiet
from spaces.models import Membership, Space

Level = Membership.NoticeLevel


class Way(models.TextChoices):
    """How a member hears of an announcement."""

    NOW = "now", gettext_lazy("By mail, now")
    DIGEST = "digest", gettext_lazy("In their digest")
    INBOX = "inbox", gettext_lazy("In the inbox only")
    QUIET = "quiet", gettext_lazy("Only on the page: they want to hear nothing")
    UNREACHABLE = "unreachable", gettext_lazy("Cannot be reached by mail")


@dataclass(frozen=True)
class Reached:
    """One member and how they hear.

    Attributes:
        member: the ``Membership``, its person loaded.
        way: a ``Way``.
        in_inbox: whether a line stands in their inbox.
        why: why no mail reaches them; "" otherwise.
        sleeps: whether a mail waits for the end of their quiet hours.
    """

    member: Membership
    way: str
    in_inbox: bool
    why: str = ""
    sleeps: bool = False

    @property
    def wish(self):
        """The same for ``Kind.wishes``."""
        return Wish(inbox=self.in_inbox, mail=self.way == Way.NOW)


def reach(space, *, by, named=(), now=None):
    """How each member but the writer hears of an announcement, in three queries.

    Args:
        space: where.
        by: who writes; is not told.
        named: ids of people it addresses by name.
        now: the clock; says who sleeps.

    Returns:
        list of ``Reached``, by name.
    """
    now = now or timezone.now()
    members = list(
        Membership.objects.active()
        .in_space(space)
        .exclude(person=by)
        .select_related("person", "group")
        .by_name()
    )
    addresses = [each.person.email for each in members if each.person.email]
    stopped = stopped_among(addresses)
    proven = dict(
        EmailAddress.objects.filter(email__in=addresses)
        .order_by("verified")
        .values_list("email", "verified")
    )
    return [
        _one(each, space, named, _why_not(each.person, stopped, proven), now)
        for each in members
    ]


def _why_not(person, stopped, proven):
    if not person.has_account:
        return _("has no account; somebody types for them")
    if not person.is_active:
        return _("the account is closed")
    address = person.email.lower()
    if address in stopped:
        return str(stopped[address].get_why_display())
    if proven.get(address) is False:
        return _("has not shown that the address is theirs")
    return ""


def _one(member, space, named, why, now):
    level = member.notice_level
    concerned = level in (Level.EVERYTHING, Level.CONCERNED) or (
        level == Level.MENTIONS and member.person_id in named
    )
    has_inbox = member.person.has_account and member.person.is_active
    in_inbox = concerned and has_inbox
    if why:
        return Reached(member, Way.UNREACHABLE, in_inbox, why=why)
    if concerned and member.mails_at_once:
        sleeps = end_of_quiet(member.person, now) != now
        return Reached(member, Way.NOW, in_inbox, sleeps=sleeps)
    # Digests rest with their space.
    has_digest = member.digest != Space.Frequency.OFF
    if has_digest and space.state == Space.State.ACTIVE:
        return Reached(member, Way.DIGEST, in_inbox)
    return Reached(member, Way.INBOX if in_inbox else Way.QUIET, in_inbox)


def counted(reached):
    """How many by each way: what is kept with the announcement.

    Returns:
        dict of way to number, every way in it.
    """
    numbers = Counter(each.way for each in reached)
    return {way: numbers[way] for way in Way.values}


def languages(reached):
    """How many read each language, of those whom a letter reaches now or later.

    Returns:
        list of (language as we call it, number), the commonest first.
    """
    names = dict(settings.LANGUAGES)
    read = Counter(
        each.member.person.language
        for each in reached
        if each.way in (Way.NOW, Way.DIGEST)
    )
    return [(_(names.get(code, code)), number) for code, number in read.most_common()]
