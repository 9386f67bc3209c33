"""Responding to a story."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spaces.entry import enter, find
from stories.actions import respond_to_story, take_response_back
from stories.models import Response, Story
from stories.permissions import can_respond_to_story
from stories.response_forms import ResponseForm


@require_http_methods(["GET", "HEAD", "POST"])
def story_respond(request, space, story):
    """One tap below a story; a page of its own where a sentence was too long."""
    space = enter(request, space, tool="stories")
    story = find(
        request,
        Story.objects.with_people(),
        space=space,
        space_id=space.pk,
        slug=story,
    )
    if not can_respond_to_story(request.user, story):
        raise PermissionDenied(
            _("Members who did not tell this story respond to it, while it is out.")
        )
    form = ResponseForm(request.POST or None, initial={"kind": Response.Kind.TRIED})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if "remove" in request.POST:
            take_response_back(story, by=request.user, kind=said["kind"])
            messages.success(request, _("Taken back."))
        else:
            respond_to_story(story, by=request.user, **said)
            messages.success(request, _("Thank you. Whoever told it hears of it."))
        return redirect(f"{story.get_absolute_url()}#responses")
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "story": story,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "stories/story_respond.html", context, status=status)
