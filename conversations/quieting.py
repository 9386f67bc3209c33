"""One conversation's setting, opened from a letter without signing in."""

from django.core import signing
from django.urls import reverse

from accounts.models import User
from conversations.models import Follow, Thread
from conversations.readers import readers_of
from spaces.tokens import sign_setting, signed_setting

SALT = "conversations.thread_letters"
UNDO_SALT = "conversations.thread_letters.undo"
UNDO_SECONDS = 7 * 24 * 60 * 60


def letters_token(thread, person):
    """A token for one person's setting of one thread; it opens nothing else."""
    return sign_setting(SALT, thread.pk, person.pk)


def letters_path(thread, person):
    """Where a letter about this thread leads for less of it."""
    kwargs = {"space": thread.space.slug, "token": letters_token(thread, person)}
    return reverse("conversations:thread_letters", kwargs=kwargs)


def opened(slug, token):
    """What such a token opens.

    Args:
        slug: of the space in the address.
        token: from ``letters_token``.

    Returns:
        (thread, person), or None: forged, too old, or no longer for this person.
    """
    numbers = signed_setting(SALT, token)
    if not numbers or len(numbers) != 2:
        return None
    thread = (
        Thread.objects.filter(pk=numbers[0], space__slug=slug)
        .select_related("space", "audience_group")
        .first()
    )
    person = User.objects.filter(pk=numbers[1], is_active=True).first()
    if thread is None or person is None:
        return None
    return (thread, person) if readers_of(thread, among={person.pk}) else None


def level_of(thread, person):
    """What the person has chosen for this thread; the space's where nothing."""
    level = thread.follows.filter(person=person).values_list("level", flat=True).first()
    return level or Follow.Level.CONCERNED


def undo_token(thread, person):
    """What brings back the level that holds now."""
    kept = [thread.pk, person.pk, level_of(thread, person)]
    return signing.dumps(kept, salt=UNDO_SALT)


def undone(token, thread, person):
    """The level that an undo brings back; "" where it is none of this setting's."""
    try:
        kept = signing.loads(token, salt=UNDO_SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        return ""
    return kept[2] if kept[:2] == [thread.pk, person.pk] else ""
