"""What the Kinds about a story, a page and a webinar share: talk stands under them."""

from accounts.models import User
from conversations.readers import notice_key, readers_of
from notifications.kinds import Kind
from spaces.models import Membership
from spaces.telling import quiet_url_of, quiet_urls_of, space_scope, space_wishes


class AboutItem(Kind):
    """Where a letter about an ``Item`` with a thread belongs, and who may get it."""

    def may_see(self, user, target):
        return user is not None and user.pk in self.allowed([user], target)

    def allowed(self, people, target):
        return readers_of(target, among={person.pk for person in people})

    def scope(self, target):
        return space_scope(target.space)

    def group_key(self, target, about):
        return notice_key(target.thread_id)

    def quiet_url(self, target, delivery):
        return quiet_url_of(delivery.recipient, target.space)

    def quiet_urls(self, pairs):
        return quiet_urls_of(pairs, lambda item: item.space)


class ItemNews(AboutItem):
    """News of an item: it concerns nobody in particular, so only those who hear of
    everything are fetched. Subclasses say who knows of it already."""

    def who_knows(self, target, about):
        """Ids (or None) of those who did it themselves."""
        return [about.get("by")]

    def recipients(self, target, about):
        knowing = [pk for pk in self.who_knows(target, about) if pk]
        members = Membership.objects.eager().filter(space=target.space)
        members = members.exclude(person__in=knowing).values_list("person", flat=True)
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
        return bool(self.load_for(user, [target.pk]))
