"""What people are told of stories."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conversations.readers import notice_key, readers_of
from markup.rendering import excerpt
from notifications.kinds import Kind, register
from spaces.models import Membership
from spaces.notifications import quiet_url_of, space_scope, space_wishes
from spaces.telling import absolute, quiet_urls_of
from stories.models import Story


@register
class StoryPublished(Kind):
    """Somebody told a story."""

    slug = "stories.story_published"
    label = gettext_lazy("A new story")

    def load(self, ids):
        stories = Story.objects.published().filter(pk__in=ids).with_people()
        return {str(story.pk): story for story in stories}

    def recipients(self, target, about):
        # News concerns nobody in particular; who else is a member need not be fetched.
        members = (
            Membership.objects.eager()
            .filter(space=target.space)
            .exclude(
                person__in=[pk for pk in (target.author_id, about.get("by")) if pk]
            )
            .values_list("person", flat=True)
        )
        target.readers = readers_of(target, among=set(members))
        return User.objects.filter(pk__in=target.readers)

    def wishes(self, people, target, about):
        return space_wishes(people, target.space, concerned=False)

    def may_see(self, user, target):
        if user is None:
            return False
        readers = getattr(target, "readers", None)
        if readers is not None:
            return user.pk in readers
        return Story.objects.visible_to(user).published().filter(pk=target.pk).exists()

    def allowed(self, people, target):
        return readers_of(target, among={person.pk for person in people})

    def load_for(self, user, ids):
        stories = Story.objects.visible_to(user).published().filter(pk__in=ids)
        return {str(story.pk): story for story in stories.with_people()}

    def scope(self, target):
        return space_scope(target.space)

    def group_key(self, target, about):
        return notice_key(target.thread_id)

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

    def quiet_url(self, target, delivery):
        return quiet_url_of(delivery.recipient, target.space)

    def quiet_urls(self, pairs):
        return quiet_urls_of(pairs, lambda story: story.space)
