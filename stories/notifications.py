"""What people are told of stories."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conversations.items import ItemNews
from markup.rendering import excerpt
from notifications.kinds import register
from notifications.letters import absolute
from stories.models import Story
from stories.response_kinds import StoryThanked as StoryThanked
from stories.response_kinds import StoryTried as StoryTried


@register
class StoryPublished(ItemNews):
    """Somebody told a story."""

    slug = "stories.story_published"
    label = gettext_lazy("A new story")

    def load(self, ids):
        stories = Story.objects.published().filter(pk__in=ids).with_people()
        return {str(story.pk): story for story in stories}

    def who_knows(self, target, about):
        return [target.author_id, about.get("by")]

    def load_for(self, user, ids):
        stories = Story.objects.visible_to(user).published().filter(pk__in=ids)
        return {str(story.pk): story for story in stories.with_people()}

    def line(self, target, about):
        return _("%(who)s told a story: “%(title)s”") % {
            "who": target.author_label,
            "title": target.title,
        }

    def mail_context(self, target, delivery):
        return {
            "story": target,
            "space": target.space,
            "who": target.author_label,
            "beginning": excerpt(target.body or target.set_out, words=60),
            "action_url": absolute(target.get_absolute_url()),
            "action_label": _("Read the story"),
        }
