"""What is told of guests' words under an open hashtag: to them, and to stewards."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conversations.models import GuestWord, Message
from notifications.kinds import Kind, register
from notifications.letters import absolute
from spaces.telling import (
    ToldToStewards,
    quiet_url_of,
    quiet_urls_of,
    space_scope,
    space_wishes,
)


class ToGuest(Kind):
    """What the letters to a guest's bare address share."""

    def load(self, ids):
        words = GuestWord.objects.filter(pk__in=ids).select_related(
            "tag__space", "thread", "message__thread__space"
        )
        return {str(word.pk): word for word in words}

    def recipients(self, target, about):
        return []

    def scope(self, target):
        return space_scope(target.tag.space)

    def url(self, target, about):
        return target.letter_path

    def line(self, target, about):
        return _("Your words under #%(tag)s") % {"tag": target.tag.display}

    def mail_context(self, target, delivery):
        return {
            "word": target,
            "tag": target.tag.display,
            "space": target.tag.space,
            "holds": target.tag.holds_guests,
        }


@register
class GuestWordWritten(ToGuest):
    """Somebody has typed an address: is it theirs, and are these their words?"""

    slug = "conversations.guest_word_written"
    label = gettext_lazy("Guests who write under an open hashtag")

    def may_see(self, user, target):
        return user is None and target.message_id is None and target.tag.is_open

    def mail_context(self, target, delivery):
        return super().mail_context(target, delivery) | {
            "action_url": absolute(target.letter_path),
            "action_label": _("Yes, send my words"),
        }


@register
class GuestWordReleased(ToGuest):
    """A steward has let a guest's words through."""

    slug = "conversations.guest_word_released"
    label = gettext_lazy("Guests whose words were let through")

    def may_see(self, user, target):
        message = target.message
        return user is None and message is not None and message.held is None

    def mail_context(self, target, delivery):
        return super().mail_context(target, delivery) | {
            "action_url": absolute(target.message.get_absolute_url()),
            "action_label": _("Read it in the conversation"),
        }


@register
class GuestWordDeclined(ToGuest):
    """A steward has not let a guest's words through."""

    slug = "conversations.guest_word_declined"
    label = gettext_lazy("Guests whose words were not let through")

    def may_see(self, user, target):
        message = target.message
        return user is None and message is not None and message.hidden is not None

    def mail_context(self, target, delivery):
        return super().mail_context(target, delivery) | {
            "reason": target.message.hidden_reason,
            "action_url": absolute(target.tag.get_absolute_url()),
            "action_label": _("To the conversation"),
        }


@register
class WordWaits(ToldToStewards, Kind):
    """A guest's words wait for a steward."""

    slug = "conversations.word_waits"
    label = gettext_lazy("Guests’ words that wait for a steward")

    def load(self, ids):
        waiting = Message.objects.filter(pk__in=ids).waiting().with_people()
        waiting = waiting.select_related("thread__space")
        return {str(message.pk): message for message in waiting}

    def recipients(self, target, about):
        stewards = target.thread.space.memberships.stewards()
        return User.objects.filter(pk__in=stewards.values("person"))

    def wishes(self, people, target, about):
        return space_wishes(people, target.thread.space, concerned=True)

    def line(self, target, about):
        return _("Words of %(who)s wait for a steward") % {"who": target.author_label}

    def group_key(self, target, about):
        return f"conversations.waiting:{target.thread.space_id}"

    def scope(self, target):
        return space_scope(target.thread.space)

    def url(self, target, about):
        return reverse(
            "conversations:held_list", kwargs={"space": target.thread.space.slug}
        )

    def quiet_url(self, target, delivery):
        return quiet_url_of(delivery.recipient, target.thread.space)

    def quiet_urls(self, pairs):
        return quiet_urls_of(pairs, lambda message: message.thread.space)

    def mail_context(self, target, delivery):
        return {
            "message": target,
            "space": target.thread.space,
            "who": target.author_label,
            "text": target.body,
            "action_url": absolute(self.url(target, delivery.about)),
            "action_label": _("Let it through, or not"),
        }

    def allowed(self, people, target):
        stewards = target.thread.space.memberships.stewards()
        stewards = stewards.filter(person__in=[person.pk for person in people])
        return set(stewards.values_list("person", flat=True))

    def visible(self, user, targets):
        allowed = set(user.memberships.stewards().values_list("space", flat=True))
        return {pk: it for pk, it in targets.items() if it.thread.space_id in allowed}
