"""What people are told of talk: answers, their own name, a guest's invitation."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from conversations.about import (
    AboutMessage,
    answer_by_letter,
    is_post,
    thread_title,
)
from conversations.announcements import Announced as Announced
from conversations.announcements import AnnouncementTried as AnnouncementTried
from conversations.guest_kinds import GuestWordDeclined as GuestWordDeclined
from conversations.guest_kinds import GuestWordReleased as GuestWordReleased
from conversations.guest_kinds import GuestWordWritten as GuestWordWritten
from conversations.guest_kinds import WordWaits as WordWaits
from conversations.models import Follow, GuestPass, Message
from conversations.nods import MessageReacted as MessageReacted
from conversations.permissions import can_be_answered
from conversations.readers import readers_of
from markup.rendering import excerpt
from notifications.kinds import Kind, register
from notifications.letters import absolute
from spaces.models import Audience, Membership
from spaces.telling import space_scope, space_wishes


@register
class MessagePosted(AboutMessage):
    """Somebody wrote in a thread that a person follows."""

    slug = "conversations.message_posted"
    label = gettext_lazy("New posts, and answers in conversations I follow")

    def recipients(self, target, about):
        thread = target.thread
        levels = dict(thread.follows.values_list("person", "level"))
        quiet = {
            pk
            for pk, level in levels.items()
            if level in (Follow.Level.MENTIONS, Follow.Level.NOTHING)
        }
        target.followers = set(levels) - quiet
        target.chosen = chosen_among(levels)
        eager = Membership.objects.eager().filter(space=thread.space)
        told = target.followers | set(eager.values_list("person", flat=True))
        told -= quiet | {target.author_id, target.entered_by_id}
        # Who is named, or asked to greet a newcomer, hears of that instead, once.
        told -= {*about.get("named", ()), *about.get("greeters", ())}
        target.readers = readers_of(thread, among=told)
        return User.objects.filter(pk__in=target.readers)

    def wishes(self, people, target, about):
        followers = getattr(target, "followers", set())
        space = target.thread.space
        return space_wishes(
            [person for person in people if person.pk in followers],
            space,
            concerned=True,
            levels=getattr(target, "chosen", None),
        ) | space_wishes(
            [person for person in people if person.pk not in followers],
            space,
            concerned=False,
        )

    def line(self, target, about):
        words = {"who": target.author_label, "title": thread_title(target.thread)}
        if not is_post(target, about):
            if target.talk == Message.Talk.VIEW:
                return _("%(who)s sees it differently in “%(title)s”") % words
            return _("%(who)s answered in “%(title)s”") % words
        return OPENINGS.get(target.talk, OPENINGS[""])() % words


OPENINGS = {
    "": lambda: _("%(who)s wrote “%(title)s”"),
    "question": lambda: _("%(who)s asks: “%(title)s”"),
    "experience": lambda: _("%(who)s tells: “%(title)s”"),
    "resource": lambda: _("%(who)s shares: “%(title)s”"),
    "offer": lambda: _("%(who)s offers: “%(title)s”"),
    "view": lambda: _("%(who)s sees it differently: “%(title)s”"),
    "thanks": lambda: _("%(who)s gives thanks: “%(title)s”"),
}


@register
class PersonMentioned(AboutMessage):
    """Somebody named a person in a message."""

    slug = "conversations.person_mentioned"
    label = gettext_lazy("When somebody names me")
    calls = True

    def recipients(self, target, about):
        named = set(about.get("named", ())) - {target.author_id, target.entered_by_id}
        levels = dict(
            target.thread.follows.filter(person__in=named).values_list(
                "person", "level"
            )
        )
        named -= {pk for pk, level in levels.items() if level == Follow.Level.NOTHING}
        target.chosen = chosen_among(levels)
        target.readers = readers_of(target.thread, among=named)
        return User.objects.filter(pk__in=target.readers)

    def wishes(self, people, target, about):
        return space_wishes(
            people,
            target.thread.space,
            concerned=True,
            named=about.get("named", ()),
            levels=getattr(target, "chosen", None),
        )

    def line(self, target, about):
        return _("%(who)s named you in “%(title)s”") % {
            "who": target.author_label,
            "title": thread_title(target.thread),
        }


@register
class NewcomerPosted(AboutMessage):
    """Somebody's first words in a space: stewards see to it that they are answered."""

    slug = "conversations.newcomer_posted"
    label = gettext_lazy("First posts of newcomers, in spaces I tend")

    def recipients(self, target, about):
        target.readers = readers_of(target.thread, among=set(about.get("greeters", ())))
        return User.objects.filter(pk__in=target.readers)

    def wishes(self, people, target, about):
        return space_wishes(people, target.thread.space, concerned=True)

    def line(self, target, about):
        return _("%(who)s posted here for the first time: “%(title)s”") % {
            "who": target.author_label,
            "title": thread_title(target.thread),
        }

    def group_key(self, target, about):
        return f"conversations.thread:{target.thread_id}"


def chosen_among(levels):
    """Levels that were chosen for a thread, without those that taking part made."""
    return {
        person: level
        for person, level in levels.items()
        if level != Follow.Level.CONCERNED
    }


@register
class GuestInvited(Kind):
    """A steward asks an outsider into one conversation."""

    slug = "conversations.guest_invited"
    label = gettext_lazy("Guests asked into one conversation")
    is_answerable = True

    def load(self, ids):
        passes = GuestPass.objects.filter(pk__in=ids).select_related(
            "thread__space", "invited_by"
        )
        return {str(guest_pass.pk): guest_pass for guest_pass in passes}

    def recipients(self, target, about):
        return []

    def may_see(self, user, target):
        return user is None and target.is_usable

    def line(self, target, about):
        return _("You are asked into “%(title)s”") % {
            "title": thread_title(target.thread)
        }

    def url(self, target, about):
        return target.letter_path

    def scope(self, target):
        return space_scope(target.thread.space)

    def mail_context(self, target, delivery):
        thread = target.thread
        days = max(1, (target.expires - target.created).days)
        return {
            "guest_pass": target,
            "thread": thread,
            "space": thread.space,
            "title": thread_title(thread),
            "inviter": str(target.invited_by) if target.invited_by else "",
            "days": days,
            "lasts": ngettext("%d day", "%d days", days) % days,
            "readers": readers_in_words(thread),
            "beginning": excerpt(first_words(thread), words=60),
            "action_url": absolute(target.letter_path),
            "action_label": _("Read the conversation"),
        }

    def answer(self, target, delivery, letter):
        """The guest's answer, as far as the pass still carries; refused, it goes back
        with its words."""
        if not target.is_usable:
            raise PermissionDenied(
                _("Your guest pass has ended, so your answer was not posted.")
            )
        if not target.may_write:
            raise PermissionDenied(
                _("Your guest pass is for reading, so your answer was not posted.")
            )
        if not can_be_answered(target.thread):
            raise PermissionDenied(_("You can no longer write in this conversation."))
        return answer_by_letter(
            target.thread, letter, by=None, author_name=target.byline
        )


def first_words(thread):
    """The beginning of the thread, for a letter."""
    message = thread.messages.shown().oldest_first().first()
    return message.body if message else ""


def readers_in_words(thread):
    """Who reads along, for a guest who does not know the space."""
    if thread.audience == Audience.GROUP:
        return _("members of the group %(group)s") % {"group": thread.audience_group}
    if thread.audience == Audience.PUBLIC and thread.space.is_open:
        return _("anybody on the internet")
    return _("members of %(space)s") % {"space": thread.space.name}
