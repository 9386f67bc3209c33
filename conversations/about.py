"""What every letter about a message shares: who reads it, what an answer does."""

import uuid

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from conversations.actions import post_message, react
from conversations.models import Message, Thread
from conversations.permissions import can_react_to_message, can_write_in_thread
from conversations.quieting import letters_path
from conversations.readers import notice_key, readers_of
from conversations.wording import nod_in
from files.mailed import take_photos
from markup.rendering import plain_text
from notifications.kinds import Kind
from notifications.letters import absolute
from spaces.telling import quiet_url_of, quiet_urls_of, space_scope

# Answers by mail get their client_id from the letter's own id: the same letter
# delivered twice makes one message.
LETTERS = uuid.uuid5(uuid.NAMESPACE_URL, "alliance:conversations:letters")


class AboutMessage(Kind):
    """What the Kinds about a message share."""

    is_answerable = True

    def load(self, ids):
        messages = (
            Message.objects.filter(pk__in=ids)
            .shown()
            .with_people()
            .select_related("thread__space")
        )
        return {str(message.pk): message for message in messages}

    def may_see(self, user, target):
        if user is None:
            return False
        readers = getattr(target, "readers", None)
        if readers is not None:
            return user.pk in readers
        return Message.objects.visible_to(user).filter(pk=target.pk).exists()

    def allowed(self, people, target):
        return readers_of(target.thread, among={person.pk for person in people})

    def load_for(self, user, ids):
        messages = Message.objects.visible_to(user).filter(pk__in=ids).shown()
        messages = messages.with_people().select_related("thread__space")
        return {str(message.pk): message for message in messages}

    def quiet_url(self, target, delivery):
        return quiet_url_of(delivery.recipient, target.thread.space)

    def quiet_urls(self, pairs):
        return quiet_urls_of(pairs, lambda message: message.thread.space)

    def scope(self, target):
        return space_scope(target.thread.space)

    def group_key(self, target, about):
        return notice_key(target.thread_id)

    def mail_context(self, target, delivery):
        text = plain_text(target.body)
        return {
            "message": target,
            "thread": target.thread,
            "space": target.thread.space,
            "who": target.author_label,
            "title": thread_title(target.thread),
            "is_post": is_post(target, delivery.about),
            "action_url": absolute(target.get_absolute_url()),
            "action_label": _("Read it on the web"),
            "text": text,
            "preview": f"{target.author_label}: {text}",
            "body_html": with_whole_addresses(target.body_html),
            "less_url": absolute(letters_path(target.thread, delivery.recipient)),
            "less_label": _("Less of this conversation"),
        }

    def mail_headers(self, target, delivery):
        """All letters of one thread fold into one conversation in a mail program."""
        root = f"<thread.{target.thread_id}@{settings.ALLIANCE_MAIL_DOMAIN}>"
        return {"In-Reply-To": root, "References": root}

    def answer(self, target, delivery, letter):
        """An answer by mail is a message like any other; "+1" is a nod."""
        if nod := nod_in(letter.text):
            return nod_by_letter(target, nod, by=delivery.recipient)
        return answer_by_letter(target.thread, letter, by=delivery.recipient)


def nod_by_letter(message, kind, *, by):
    """Nod to a message by mail, through the same action as the web.

    Args:
        message: the ``Message`` that was answered.
        kind: one of ``Reaction.Kind``.
        by: the person.

    Returns:
        "": the nod stands beside the message, nobody needs a letter about it.

    Raises:
        PermissionDenied: this person may not react here (any more).
    """
    if not can_react_to_message(by, message):
        raise PermissionDenied(_("You can no longer react in this conversation."))
    react(message, by=by, kind=kind)
    return ""


def answer_by_letter(thread, letter, *, by, author_name=""):
    """Post a mailed answer through the same action as the web.

    Args:
        thread: the ``Thread`` that was answered.
        letter: has ``text``, and perhaps ``message_id``.
        by: the person; None for a guest.
        author_name: the guest's name.

    Returns:
        "": the answer stands in the thread, nobody needs a letter about it; or what
        of it could not be taken.

    Raises:
        PermissionDenied: this person may not write here (any more).
        ValidationError: no words, or too many.
    """
    if by is not None and not can_write_in_thread(by, thread):
        raise PermissionDenied(_("You can no longer write in this conversation."))
    message_id = getattr(letter, "message_id", "")
    # A guest has nobody here to answer for a picture.
    photos, faults = take_photos(letter, thread.space, by=by, most=1 if by else 0)
    post_message(
        thread,
        by=by,
        author_name=author_name,
        body=letter.text,
        photo=photos[0] if photos else None,
        came_by=Message.CameBy.MAIL,
        client_id=uuid.uuid5(LETTERS, message_id) if message_id else None,
        trimmed=getattr(letter, "trimmed", ""),
    )
    return "\n".join(faults and [_("Your words have been posted."), *faults])


def is_post(message, about):
    """Whether this is a new post of the exchange, and no answer."""
    return (
        bool(about.get("opening")) and message.thread.origin == Thread.Origin.EXCHANGE
    )


def thread_title(thread):
    """What a thread is called in a line; a withdrawn post has no words left."""
    return thread.title or _("a conversation")


def with_whole_addresses(html):
    """Drawn text for a letter or a feed: links and pictures of this site get its
    address in front."""
    for name in ("href", "src"):
        html = html.replace(f'{name}="/', f'{name}="{settings.ALLIANCE_SITE_URL}/')
    return html
