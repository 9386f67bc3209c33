"""What a teller is told of responses: trials as they come, thanks in one line."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from conversations.readers import notice_key
from notifications.kinds import Kind, Wish, register
from notifications.letters import absolute
from notifications.models import Notice
from spaces.telling import quiet_url_of, quiet_urls_of, space_scope, space_wishes
from stories.models import Response, Story


def tellers_of(story):
    """The people with an account who hear what becomes of a story."""
    people = {story.author_id: story.author, story.entered_by_id: story.entered_by}
    return [person for person in people.values() if person is not None]


class ToTeller(Kind):
    """What the Kinds to a story's teller share."""

    def story_of(self, target):
        """The story that it is about."""
        raise NotImplementedError

    def recipients(self, target, about):
        return tellers_of(self.story_of(target))

    def wishes(self, people, target, about):
        return space_wishes(people, self.story_of(target).space, concerned=True)

    def may_see(self, user, target):
        return user is not None and user.pk in self.allowed([user], target)

    def allowed(self, people, target):
        """Tellers see their own story; who has left the space hears no more of it."""
        story = self.story_of(target)
        tellers = {person.pk for person in tellers_of(story)}
        if story.state != Story.State.PUBLISHED:
            return set()
        members = story.space.memberships.active().filter(
            person__in=tellers & {person.pk for person in people}
        )
        return set(members.values_list("person", flat=True))

    def visible(self, user, targets):
        own = set(user.memberships.active().values_list("space", flat=True))
        return {
            pk: target
            for pk, target in targets.items()
            if (story := self.story_of(target)).space_id in own
            and user.pk in (story.author_id, story.entered_by_id)
        }

    def scope(self, target):
        return space_scope(self.story_of(target).space)

    def url(self, target, about):
        return f"{self.story_of(target).get_absolute_url()}#responses"

    def quiet_url(self, target, delivery):
        return quiet_url_of(delivery.recipient, self.story_of(target).space)

    def quiet_urls(self, pairs):
        return quiet_urls_of(pairs, lambda target: self.story_of(target).space)


@register
class StoryTried(ToTeller):
    """Somebody tried what a story tells, elsewhere."""

    slug = "stories.story_tried"
    label = gettext_lazy("Others tried what my story tells")

    def load(self, ids):
        found = Response.objects.filter(pk__in=ids, story__state="published")
        found = found.select_related(
            "person", "group", "story__space", "story__author", "story__entered_by"
        )
        return {str(response.pk): response for response in found}

    def story_of(self, target):
        return target.story

    def group_key(self, target, about):
        return notice_key(target.story.thread_id)

    def line(self, target, about):
        return _("%(who)s tried what “%(title)s” tells: %(verdict)s") % {
            "who": target.person.get_full_name(),
            "title": target.story.title,
            "verdict": target.get_verdict_display(),
        }

    def mail_context(self, target, delivery):
        return {
            "response": target,
            "story": target.story,
            "who": target.person.get_full_name(),
            "group": target.group.name if target.group else "",
            "verdict": target.get_verdict_display(),
            "action_url": absolute(self.url(target, delivery.about)),
            "action_label": _("Read it below your story"),
        }


@register
class StoryThanked(ToTeller):
    """Thanks and "same here": one line for each story, counted when it is read."""

    slug = "stories.story_thanked"
    label = gettext_lazy("Thanks and “same here” for my stories (inbox only)")

    def load(self, ids):
        stories = Story.objects.published().filter(pk__in=ids).with_people()
        found = {str(story.pk): story for story in stories}
        said = Response.objects.exclude(kind=Response.Kind.TRIED)
        numbers = Counter(
            said.filter(story__in=list(found)).values_list("story", flat=True)
        )
        for story in found.values():
            story.thanked = numbers[story.pk]
        return found

    def story_of(self, target):
        return target

    def recipients(self, target, about):
        told = Notice.objects.filter(kind=self.slug, target=str(target.pk))
        known = set(told.values_list("recipient", flat=True))
        return [each for each in tellers_of(target) if each.pk not in known]

    def wishes(self, people, target, about):
        return {
            pk: Wish(inbox=wish.inbox, mail=False)
            for pk, wish in super().wishes(people, target, about).items()
        }

    def line(self, target, about):
        number = getattr(target, "thanked", 0)
        return ngettext(
            "Thanks or “same here” for “%(title)s” (%(number)d)",
            "Thanks and “same here” for “%(title)s” (%(number)d)",
            number,
        ) % {"title": target.title, "number": number}

    def mail_context(self, target, delivery):
        return {"story": target}
