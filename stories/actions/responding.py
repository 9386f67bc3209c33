"""Verbs of responses. Page and mail end here."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.actions import notify
from notifications.kinds import kind_of
from stories.models import Response, Story


@transaction.atomic
def respond_to_story(story, *, by, kind, verdict="", context="", came_by="web"):
    """Say what a story means to one; the newest word counts, twice is once.

    Args:
        story: the ``Story``; the caller has asked whether ``by`` may.
        by: who responds.
        kind: a ``Response.Kind``.
        verdict: a ``Response.Verdict``, for who has tried it.
        context: where, and what was different.
        came_by: one of ``Authored.CameBy``.

    Returns:
        the ``Response``.

    Raises:
        PermissionDenied: the story was withdrawn meanwhile.
    """
    # Locked, so that two presses at one moment tell the teller once.
    locked = Story.objects.select_for_update(of=("self",))
    if not locked.published().filter(pk=story.pk).exists():
        raise PermissionDenied(_("This story was withdrawn."))
    is_trial = kind == Response.Kind.TRIED
    said = {
        "verdict": verdict if is_trial else "",
        "context": context if is_trial else "",
    }
    response, is_new = Response.objects.get_or_create(
        story=story,
        person=by,
        kind=kind,
        defaults={
            **said,
            "group": getattr(story.space.membership_of(by), "group", None),
            "came_by": came_by,
        },
    )
    if is_new:
        _tell(response, story)
    elif (response.verdict, response.context) != tuple(said.values()):
        response.verdict, response.context = said.values()
        response.changed = timezone.now()
        response.save(update_fields=["verdict", "context", "changed"])
    return response


def _tell(response, story):
    """A trial is news for the teller; thanks are one line, however many."""
    response.story = story
    if response.kind == Response.Kind.TRIED:
        notify(kind_of("stories.story_tried"), response)
    else:
        notify(kind_of("stories.story_thanked"), story)


def take_response_back(story, *, by, kind):
    """Unsay it; nobody is told.

    Args:
        story, by, kind: as for ``respond_to_story``.
    """
    Response.objects.filter(story=story, person=by, kind=kind).delete()
