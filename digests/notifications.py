"""The digest as a Kind: it goes through the same outbox as every other letter."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digests import answers
from digests.actions import KIND, take_back
from digests.collect import collect
from digests.corner import acquaint
from digests.drawing import Drawer
from digests.models import Issue
from digests.personalise import Chooser, learn
from notifications.kinds import Kind, register
from spaces.models import Membership, Space
from spaces.telling import quiet_url, space_scope
from ui.times import moment_words


@register
class SpaceDigest(Kind):
    """What happened in a space since this member was last delivered to."""

    slug = KIND
    label = gettext_lazy("Digest")
    # Later than this the next one tells it all: the mark has not moved.
    expires_after = timedelta(days=3)
    is_answerable = True
    reads_commands = True

    def load(self, ids):
        # A space and a group are one object for all their members.
        found = Membership.objects.filter(pk__in=ids).prefetch_related("space", "group")
        return {str(membership.pk): membership for membership in found}

    def recipients(self, target, about):
        return [target.person]

    def may_see(self, user, target):
        # Also asked of an answer, which may come when no digest is wanted any more.
        return user is not None and user.pk == target.person_id and target.is_active

    def allowed(self, people, target):
        if (
            target.digest == Space.Frequency.OFF
            or target.space.state != Space.State.ACTIVE
        ):
            return set()
        return super().allowed(people, target)

    def wakes(self, target, until):
        """Its hour is the member's own choice."""
        return True

    def line(self, target, about):
        return target.space.name

    def url(self, target, about):
        return target.space.get_absolute_url()

    def scope(self, target):
        return space_scope(target.space)

    def quiet_url(self, target, delivery):
        return quiet_url(target)

    def mail_context(self, target, delivery):
        return {
            "since": moment_words(target.since_last_delivered, "both"),
            "action_label": _("Go to %(space)s") % {"space": target.space.name},
        }

    def gather(self, pairs):
        windows = [(membership, until_of(row)) for membership, row in pairs]
        collected = collect(windows)
        personal = learn(windows, collected.items)
        acquaintance = acquaint(windows, collected.items)
        chooser = Chooser(collected, personal, acquaintance)
        drawer = Drawer(self)
        extras, issues = {}, []
        for (membership, until), (_membership, row) in zip(windows, pairs, strict=True):
            selection = chooser.choose(membership, until)
            if selection is None:
                extras[row.pk] = None
                continue
            # The outbox has the person already: no need to load them twice.
            membership.person = row.recipient
            drawn, selection = drawer.draw(membership, row, selection)
            extras[row.pk] = {"ready": drawn}
            issues.append(_issue(membership, until, row, selection))
        Issue.objects.bulk_create(
            issues,
            update_conflicts=True,
            unique_fields=["delivery"],
            update_fields=["since", "until", "items", "counted", "corner"],
        )
        return extras

    def answer(self, target, delivery, letter):
        issue = (
            Issue.objects.filter(delivery=delivery)
            .select_related("membership__space")
            .first()
        )
        if issue is None:
            raise PermissionDenied(
                _("This digest is too old for an answer by mail. Please use the web.")
            )
        number = getattr(letter, "part", None)
        return answers.take(issue, letter, by=delivery.recipient, number=number)

    def returned(self, deliveries):
        take_back(deliveries)

    def delivered(self, deliveries):
        by_until = defaultdict(list)
        for row in deliveries:
            by_until[until_of(row)].append(row.target)
        for until, memberships in by_until.items():
            Membership.objects.filter(
                pk__in=memberships, since_last_delivered__lt=until
            ).update(since_last_delivered=until)


def until_of(delivery):
    """End of the window that a digest's row stands for."""
    return datetime.fromisoformat(delivery.about["until"])


def _issue(membership, until, row, selection):
    corner = selection.corner
    return Issue(
        delivery=row,
        membership=membership,
        since=membership.since_last_delivered,
        until=until,
        items=[entry.item.name for entry in selection.entries],
        counted=selection.counted,
        corner=corner.item.name if corner else "",
    )
