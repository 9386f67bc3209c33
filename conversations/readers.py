"""Who of many people may read a thread: the rule of ``visible_to``, asked in bulk."""

from spaces.models import Audience, Membership


def notice_key(thread_id):
    """Notices about one thread, and about what it stands under, are one line.

    Args:
        thread_id: of the ``Thread``.

    Returns:
        what ``Kind.group_key`` returns; ``mark_seen`` takes it when a page is opened.
    """
    return f"conversations.thread:{thread_id}"


def readers_of(thread, *, among):
    """Which of these people may read the thread, in one query.

    A guest pass is not asked: guests have no inbox.

    Args:
        thread: the ``Thread``, or any other ``Item``.
        among: ids of people.

    Returns:
        set of ids.
    """
    if not among or getattr(thread, "hidden", None) is not None:
        return set()
    members = Membership.objects.active().filter(
        space=thread.space_id, person__in=among
    )
    if thread.audience == Audience.GROUP:
        members = members.filter(group=thread.audience_group_id)
    return set(members.values_list("person", flat=True))
