"""Who may do what with a webinar; ``visible_to`` decides who sees it."""

from datetime import timedelta

from django.utils import timezone

from spaces.permissions import can_tend_space, can_write_in_space

RUNS_OVER = timedelta(hours=1)


def can_schedule_webinar(user, space):
    """Members, while the space has the tool and is not archived."""
    return space.has_tool("webinars") and can_write_in_space(user, space)


def can_edit_webinar(user, webinar):
    """Who called it, its hosts, and those who tend the space; not once cancelled."""
    if webinar.cancelled is not None or not webinar.space.is_writable:
        return False
    return can_see_reminders(user, webinar)


def can_see_reminders(user, webinar):
    """Who called it, its hosts, and those who tend the space; also afterwards."""
    if not user.is_authenticated or webinar.space.membership_of(user) is None:
        return False
    return (
        user.pk == webinar.created_by_id
        or can_tend_space(user, webinar.space)
        or user.pk in {host.pk for host in webinar.hosts.all()}
    )


def can_cancel_webinar(user, webinar):
    """As editing, until it is over."""
    return not webinar.is_over and can_edit_webinar(user, webinar)


def can_answer_webinar(user, webinar):
    """Members, until it is over or cancelled."""
    return (
        webinar.cancelled is None
        and not webinar.is_over
        and webinar.space.membership_of(user) is not None
    )


def can_see_room(user, webinar):
    """The link to the room is for those who come, and for those who prepare it."""
    if not user.is_authenticated or webinar.space.membership_of(user) is None:
        return False  # who has left, or was banned, comes no more
    return (
        webinar.registrations.coming().filter(person=user).exists()
        or user.pk == webinar.created_by_id
        or can_tend_space(user, webinar.space)
    )


def can_join_webinar(user, webinar):
    """Those who see the room, until a while after the end: talk runs over."""
    is_on = webinar.cancelled is None and timezone.now() < webinar.ends + RUNS_OVER
    return is_on and can_see_room(user, webinar)
