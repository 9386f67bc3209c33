"""Kinds about changes of a space itself. Each is about the line it left on the record,
so the notice, the mail and the record tell the same."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from notifications.kinds import Kind, Wish, register
from notifications.letters import absolute
from spaces.models import Record
from spaces.sentences import sentence
from spaces.telling import quiet_url_of, quiet_urls_of, space_scope


class RecordKind(Kind):
    """A Kind about one line of the record; members of the space are told."""

    def load(self, ids):
        found = Record.objects.filter(pk__in=ids).select_related(
            "space", "actor", "about"
        )
        return {str(record.pk): record for record in found}

    def recipients(self, target, about):
        members = target.space.memberships.active().select_related("person")
        return [each.person for each in members if each.person_id != target.actor_id]

    def may_see(self, user, target):
        return (
            user is not None
            and Record.objects.visible_to(user).filter(pk=target.pk).exists()
        )

    def allowed(self, people, target):
        members = target.space.memberships.active().filter(
            person__in=[person.pk for person in people]
        )
        staff = {person.pk for person in people if person.is_staff}
        return staff | set(members.values_list("person", flat=True))

    def load_for(self, user, ids):
        found = Record.objects.visible_to(user).filter(pk__in=ids)
        found = found.select_related("space", "actor", "about")
        return {str(record.pk): record for record in found}

    def wishes(self, people, target, about):
        """Nobody may miss that strangers can read along; but one line is enough where
        a person wants nothing of the space."""
        levels = target.space.memberships.active().filter(person__in=people)
        return {
            person: Wish(inbox=True, mail=level != "nothing")
            for person, level in levels.values_list("person", "notice_level")
        }

    def line(self, target, about):
        return f"{target.space.name}: {sentence(target)}"

    def url(self, target, about):
        return reverse("spaces:record_list", kwargs={"space": target.space.slug})

    def scope(self, target):
        return space_scope(target.space)

    def quiet_url(self, target, delivery):
        return quiet_url_of(delivery.recipient, target.space)

    def quiet_urls(self, pairs):
        return quiet_urls_of(pairs, lambda record: record.space)

    def mail_context(self, target, delivery):
        return {
            "space": target.space,
            "record": target,
            "sentence": sentence(target),
            "action_url": absolute(self.url(target, delivery.about)),
            "action_label": gettext("Open it"),
        }


@register
class SpaceChanged(RecordKind):
    """Who sees or joins, whether it rests, who stepped in: everybody is told."""

    slug = "spaces.space_changed"
    label = _("A space opens, closes, rests or is archived")


@register
class SpaceStillResting(RecordKind):
    """A space has rested for a season: its facilitators are asked once."""

    slug = "spaces.space_still_resting"
    label = _("A space of mine is still resting")

    def recipients(self, target, about):
        facilitators = target.space.memberships.facilitators().select_related("person")
        return [each.person for each in facilitators]

    def line(self, target, about):
        return gettext("%(space)s is still resting. Shall it wake?") % {
            "space": target.space.name
        }

    def url(self, target, about):
        return reverse("spaces:space_state", kwargs={"space": target.space.slug})


@register
class DigestProposed(RecordKind):
    """Facilitators propose another rhythm; nothing changes by itself."""

    slug = "spaces.digest_proposed"
    label = _("Another rhythm for the digest is proposed")

    def recipients(self, target, about):
        """Only those who have chosen otherwise."""
        others = target.space.memberships.active().select_related("person")
        others = others.exclude(digest=target.detail.get("new"))
        return [each.person for each in others if each.person_id != target.actor_id]

    def url(self, target, about):
        """To the page where each sets their own."""
        return reverse("spaces:member_settings", kwargs={"space": target.space.slug})

    def wishes(self, people, target, about):
        """A proposal is never worth a mail, nor a line where nothing is wanted."""
        return {
            person: Wish(inbox=wish.mail, mail=False)
            for person, wish in super().wishes(people, target, about).items()
        }
