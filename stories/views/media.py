"""A story's photos, recordings and films: adding, describing, moving, taking off."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from files.uploading import largest
from spaces.entry import enter, find
from stories import permissions
from stories.actions import add_media, describe_media, move_media, remove_media
from stories.media import made_drawable, media_of
from stories.media_forms import AddMediaForm, MediaWordsForm
from stories.models import Story


def story_media(request, space, story):
    """Everything a story holds besides words, and a form for more."""
    space, story = _own(request, space, story)
    form = AddMediaForm(
        request.POST or None,
        request.FILES or None,
        space=space,
        user=request.user,
    )
    form.is_too_large = getattr(request, "is_too_large", False)
    if request.method == "POST" and form.is_valid() and _added(request, story, form):
        return redirect("stories:story_media", space=space.slug, story=story.slug)
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "story": story,
        "media": media_of(request.user, story),
        "form": form,
        "upload_limit": largest(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "stories/story_media.html", context, status=status)


def _added(request, story, form):
    try:
        added = add_media(
            story,
            by=request.user,
            files=form.cleaned_data["media"],
            link=form.cleaned_data.get("link", ""),
        )
    except ValidationError as fault:
        form.add_error(None, fault)
        return False
    if added:
        messages.success(request, _("Added."))
    else:
        messages.info(request, _("This is part of the story already."))
    return True


def media_edit(request, space, story, item):
    """What it shows, what stands below it, what is said in it."""
    space, story = _own(request, space, story)
    item = _item_of(story, item)
    form = MediaWordsForm(request.POST or None, request.FILES or None, item=item)
    if request.method == "POST" and form.is_valid():
        describe_media(item, by=request.user, **form.words())
        messages.success(request, _("Saved."))
        return redirect("stories:story_media", space=space.slug, story=story.slug)
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "story": story,
        "item": item,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "stories/media_edit.html", context, status=status)


@require_POST
def media_move(request, space, story, item):
    """One place further to the beginning, or to the end."""
    space, story = _own(request, space, story)
    item = _item_of(story, item)
    move_media(item, by=request.user, forward="forward" in request.POST)
    return redirect("stories:story_media", space=space.slug, story=story.slug)


@require_POST
def media_remove(request, space, story, item):
    """Take it off; it is deleted for good."""
    space, story = _own(request, space, story)
    remove_media(_item_of(story, item), by=request.user)
    messages.success(request, _("It is deleted."))
    return redirect("stories:story_media", space=space.slug, story=story.slug)


@login_not_required
@never_cache
@require_safe
def media_state(request, space, story, item):
    """How far a recording is; the recording itself, as soon as it is ready."""
    space = enter(request, space, tool="stories")
    story = _read(request, space, story)
    context = {
        "space": space,
        "story": story,
        "item": _item_of(story, item),
        "can_edit": permissions.can_edit_story(request.user, story),
    }
    return render(request, "stories/media_state.html", context)


@login_not_required
@require_safe
def media_cues(request, space, story, item):
    """What is said, with its times, for the player."""
    space = enter(request, space, tool="stories")
    item = _item_of(_read(request, space, story), item)
    if not item.cues:
        raise Http404
    response = HttpResponse(item.cues, content_type="text/vtt; charset=utf-8")
    response["Cache-Control"] = "private, max-age=600"
    return response


def _read(request, space, slug):
    stories = Story.objects.with_people()
    return find(request, stories, space=space, space_id=space.pk, slug=slug)


def _own(request, slug, story):
    space = enter(request, slug, tool="stories")
    story = _read(request, space, story)
    if not permissions.can_edit_story(request.user, story):
        raise PermissionDenied(_("Only who told this story changes what it shows."))
    return space, story


def _item_of(story, pk):
    return made_drawable(get_object_or_404(story.media.with_files(), pk=pk), story)
