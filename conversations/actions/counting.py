"""A thread's counters, title and hashtags, kept true under its lock."""

from conversations.models import Message, Thread
from markup.tags import hashtags
from notifications.actions import notify
from notifications.kinds import kind_of


def lock(thread):
    """The thread's row, for this transaction alone; hidden ones too."""
    return Thread.with_hidden.select_for_update().get(pk=thread.pk)


# What other doors may change of a message while one waits for its thread's lock.
CHANGING = ["body", "talk", "edited", "edited_by", "hidden", "held"]


def lock_around(message):
    """``lock`` for a message that stands: what was read of it before the lock was
    held may have been edited, hidden or withdrawn since, and is read anew.

    Args:
        message: the ``Message``, its thread loaded.

    Returns:
        the locked ``Thread``.

    Raises:
        Thread.DoesNotExist: the whole post was withdrawn meanwhile.
    """
    locked = lock(message.thread)
    message.refresh_from_db(fields=CHANGING)
    return locked


COUNTERS = [
    "message_count",
    "last_activity",
    "opening_talk",
    "title",
    "hidden",
    "answered",
    "is_first_post",
]


def save_counters(locked, thread):
    """Write what the locked row says, and say it on the caller's object too."""
    locked.save(update_fields=COUNTERS)
    for name in COUNTERS:
        setattr(thread, name, getattr(locked, name))


def is_opening(message, locked):
    """Whether this is the thread's first message."""
    first = locked.messages.oldest_first().values_list("pk", flat=True).first()
    return first == message.pk


def uncount(message, locked, thread, *, was_shown, hides_thread=True):
    """One message fewer can be read.

    Args:
        message: the ``Message``, already marked as out of sight.
        locked, thread: its thread, from ``lock`` and as the caller holds it.
        was_shown: whether it could be read until now.
        hides_thread: whether a post goes out of sight with its first message.
    """
    if was_shown:
        locked.message_count = max(0, locked.message_count - 1)
    is_post = locked.origin == Thread.Origin.EXCHANGE and is_opening(message, locked)
    if hides_thread and is_post:
        locked.hidden = message.hidden
    locked.answered = first_answer(locked)
    save_counters(locked, thread)
    recount_tags(thread)


def count_again(message, locked, thread):
    """One message more can be read.

    Args:
        message, locked, thread: as for ``uncount``.
    """
    if message.hidden is None and message.held is None:
        locked.message_count += 1
        if is_opening(message, locked):
            locked.hidden = None
    locked.answered = first_answer(locked)
    save_counters(locked, thread)
    recount_tags(thread)


def first_answer(locked):
    """When somebody else first said something that can be read; None: nobody yet."""
    opening = locked.messages.oldest_first().only("author", "author_name").first()
    if opening is None:
        return None
    others = (
        locked.messages.shown()
        .exclude(pk=opening.pk)
        .exclude(author=opening.author_id, author_name=opening.author_name)
    )
    return others.oldest_first().values_list("created", flat=True).first()


def is_newcomer(author, thread):
    """Whether these are somebody's first words in the space; not of who tends it."""
    if author is None:
        return False
    membership = thread.space.membership_of(author)
    if membership is None or membership.is_steward:
        return False
    before = Message.objects.filter(author=author, thread__space=thread.space_id)
    return not before.exclude(thread=thread.pk).exists()


def recount_tags(thread):
    """The thread's hashtags are those of the messages that can be read."""
    words = []
    for body in thread.messages.shown().values_list("body", flat=True):
        if "#" in body:
            words.extend(hashtags(body))
    thread.tags.set_words(words)


def tell(message, *, opening=False):
    """Tell followers, and the people named. In the action's transaction."""
    # By slug: the Kinds stand above the actions, because a mailed answer calls one.
    about = {"named": [person.pk for person in message.named], "opening": opening}
    if opening and message.thread.is_first_post:
        about["greeters"] = _greeters(message, but=about["named"])
        notify(kind_of("conversations.newcomer_posted"), message, about=about)
    notify(kind_of("conversations.message_posted"), message, about=about)
    if message.named:
        notify(kind_of("conversations.person_mentioned"), message, about=about)


def _greeters(message, *, but):
    """Ids of the stewards who are asked to see that a newcomer is answered."""
    stewards = message.thread.space.memberships.stewards()
    stewards = stewards.exclude(person__in=[*but, message.author_id])
    return list(stewards.values_list("person", flat=True))


def tell_guest(message, slug):
    """Write to the outsider whose words under an open hashtag these are, if any's."""
    for word in message.guest_words.select_related("tag__space"):
        notify(kind_of(slug), word, addresses=[word.address])
