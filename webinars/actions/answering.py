"""Saying whether one comes; every door ends here."""

from django.db import transaction
from django.utils import timezone

from notifications.actions import notify
from notifications.kinds import kind_of
from webinars.models import Registration


@transaction.atomic
def answer_webinar(webinar, *, by, answer, came_by="web"):
    """Say whether one comes; the newest answer counts, whatever door it came by.

    Args:
        webinar: the ``Webinar``.
        by: who answers.
        answer: a ``Registration.Answer``.
        came_by: web, mail or calendar.

    Returns:
        the ``Registration``.
    """
    registration, is_new = Registration.objects.select_for_update().get_or_create(
        webinar=webinar, person=by, defaults={"answer": answer, "came_by": came_by}
    )
    if not is_new and registration.answer == answer:
        return registration
    registration.answer = answer
    registration.came_by = came_by
    registration.answered = timezone.now()
    registration.save()
    # A calendar knows its own answer; a page or a letter has to tell it.
    if answer != Registration.Answer.NO and came_by != "calendar":
        notify(
            kind_of("webinars.webinar_answered"),
            registration,
            occurrence=registration.answered.isoformat(timespec="seconds"),
        )
    return registration
