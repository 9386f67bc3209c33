"""Reading stories and telling one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.prepared import Prepared
from conversations.drawing import thread_context
from files.uploading import largest
from spaces.entry import enter, find, find_prepared
from spaces.permissions import people_typed_for
from stories import permissions
from stories.actions import (
    add_media,
    discard_story,
    edit_story,
    publish_story,
    withdraw_story,
    write_story,
)
from stories.forms import StoryForm, WithdrawForm
from stories.media import lacks_alt, media_context
from stories.models import Story
from stories.syndication import shared_story
from stories.tallies import responses_context
from tags.models import Tag

PER_PAGE = 10
_stories_inside = Prepared(
    lambda user, space, slug: (
        Story.objects.visible_to(user).for_reading().filter(space=space, slug=slug)
    )
)
_newest_stories = Prepared(
    lambda user, space: (
        Story.objects.visible_to(user)
        .filter(space=space)
        .published()
        .for_lists()
        .newest_first()[:PER_PAGE]
    )
)
_story_counts = Prepared(
    lambda user, space: (
        Story.objects.visible_to(user)
        .filter(space=space)
        .published()
        .values("space")
        .annotate(number=Count("pk"))
        .values_list("number", flat=True)
    )
)
_own_drafts = Prepared(
    lambda user, space: (
        Story.objects.drafts_of(user)
        .filter(space=space)
        .only("title", "slug", "changed", "space")
        .order_by("-changed")[:5]
    )
)
_tags = Prepared(
    lambda user, story: Tag.objects.filter(tagged_stories__content_object=story)
)


@login_not_required
def story_list(request, space):
    """What people of this space have told."""
    space = enter(request, space, tool="stories")
    page = _page_of_stories(request, space)
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "page": page,
        "drafts": _drafts(request.user, space),
        "can_tell": permissions.can_tell_story(request.user, space),
    }
    return render(request, "stories/story_list.html", context)


def _page_of_stories(request, space):
    """The page asked for; nearly always the first, whose queries are prepared."""
    user = request.user
    counted = Paginator((), PER_PAGE)
    counted.count = sum(_story_counts(user, space=space.pk))
    page = counted.get_page(request.GET.get("page"))
    if page.number == 1:
        page.object_list = _newest_stories(user, space=space.pk)
    else:
        start = (page.number - 1) * PER_PAGE
        stories = Story.objects.visible_to(user).in_space(space).published()
        page.object_list = stories.for_lists().newest_first()[start : start + PER_PAGE]
    for story in page:
        story.space = space
    return page


def _drafts(user, space):
    if not user.is_authenticated:
        return []
    drafts = _own_drafts(user, space=space.pk)
    for draft in drafts:
        draft.space = space
    return drafts


@login_not_required
def story_detail(request, space, story):
    """One story, worth reading, with the talk under it."""
    space = enter(request, space, tool="stories")
    story = find_prepared(request, _stories_inside, space=space.pk, slug=story)
    story.space = space
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "story": story,
        "minutes": story.minutes,
        "tags": _tags(request.user, story=story.pk),
        "can_edit": permissions.can_edit_story(request.user, story),
        "can_publish": permissions.can_publish_story(request.user, story),
        "can_withdraw": permissions.can_withdraw_story(request.user, story),
        "shared": shared_story(story, space=space) if story.is_in_the_open else None,
        **media_context(request.user, story),
        **responses_context(request.user, story),
    }
    if story.thread:
        story.thread.space = space
        context |= thread_context(request, story.thread)
    return render(request, "stories/story_detail.html", context)


def story_create(request, space):
    """Tell a story; it stays a draft until it is published."""
    space = enter(request, space, tool="stories")
    if not permissions.can_tell_story(request.user, space):
        raise PermissionDenied(_("Only members of this space tell stories here."))
    form = _story_form(request, space)
    if request.method == "POST" and form.is_valid():
        story = write_story(
            space,
            by=request.user,
            words=form.words(),
            author=form.cleaned_data.get("teller"),
            draft_id=form.cleaned_data["draft_id"],
        )
        add_media(story, by=request.user, files=form.cleaned_data["media"])
        return _saved(request, story, form)
    return _draw_form(request, space, form, None)


def story_edit(request, space, story):
    """Change the words."""
    space = enter(request, space, tool="stories")
    story = _own(request, space, story)
    if not permissions.can_edit_story(request.user, story):
        raise PermissionDenied(_("Only who told this story changes its words."))
    form = _story_form(request, space, story)
    if request.method == "POST" and form.is_valid():
        edit_story(story, by=request.user, words=form.words())
        add_media(story, by=request.user, files=form.cleaned_data["media"])
        return _saved(request, story, form)
    return _draw_form(request, space, form, story)


@require_POST
def story_publish(request, space, story):
    """Bring a draft out."""
    space = enter(request, space, tool="stories")
    story = _own(request, space, story)
    if not permissions.can_edit_story(request.user, story):
        raise PermissionDenied(_("Only who told this story publishes it."))
    publish_story(story, by=request.user)
    messages.success(request, _("Your story is out."))
    return redirect(story)


def story_withdraw(request, space, story):
    """Take a published story back, after saying what that does."""
    space = enter(request, space, tool="stories")
    story = _own(request, space, story)
    if not permissions.can_withdraw_story(request.user, story):
        raise PermissionDenied(
            _("Only who told this story, or a steward, takes it back.")
        )
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_story(story, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The story is withdrawn."))
        return redirect("stories:story_list", space=space.slug)
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "story": story,
        "form": form,
    }
    return render(request, "stories/story_withdraw.html", context)


@require_POST
def story_discard(request, space, story):
    """Throw a draft away."""
    space = enter(request, space, tool="stories")
    story = _own(request, space, story)
    if not permissions.can_discard_story(request.user, story):
        raise PermissionDenied(_("Only a draft of your own can be thrown away."))
    discard_story(story, by=request.user)
    messages.success(request, _("The draft is gone."))
    return redirect("stories:story_list", space=space.slug)


def _own(request, space, slug):
    return find(
        request,
        Story.objects.with_people().select_related("thread", "photo"),
        space=space,
        space_id=space.pk,
        slug=slug,
    )


def _story_form(request, space, story=None):
    form = StoryForm(
        request.POST or None,
        request.FILES or None,
        instance=story,
        space=space,
        user=request.user,
        tellers=people_typed_for(request.user, space),
    )
    form.is_too_large = getattr(request, "is_too_large", False)
    return form


def _saved(request, story, form):
    if "publish" in request.POST and permissions.can_publish_story(request.user, story):
        publish_story(story, by=request.user)
        messages.success(request, _("Your story is out."))
    else:
        messages.success(request, _("Saved."))
    if form.cleaned_data["media"] and lacks_alt(story):
        messages.warning(
            request,
            _(
                "Say what the photos show: people who cannot see them, or whose line "
                "is too weak to load them, read it instead."
            ),
        )
        return redirect("stories:story_media", space=story.space.slug, story=story.slug)
    return redirect(story)


def _draw_form(request, space, form, story):
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "form": form,
        "story": story,
        "upload_limit": largest(),
        "is_draft": story is None or story.state == Story.State.DRAFT,
    }
    status = 200
    if form.is_bound:
        status = 422
    return render(request, "stories/story_edit.html", context, status=status)
