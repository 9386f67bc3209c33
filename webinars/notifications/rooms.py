"""What those who come are told of the room."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.kinds import register
from webinars.models import Registration
from webinars.notifications.webinars import ToldToWhoComes


@register
class RoomMoved(ToldToWhoComes):
    """Everybody meets in another room, or is called by another number."""

    slug = "webinars.room_moved"
    label = gettext_lazy("The room of a webinar I come to")

    def recipients(self, target, about):
        """Those who come, the host among them: it is the letter with the way in."""
        coming = set(
            target.registrations.exclude(answer=Registration.Answer.NO)
            .exclude(person=None)
            .values_list("person", flat=True)
        )
        about = {key: value for key, value in about.items() if key != "by"}
        return super().recipients(target, about).filter(pk__in=coming)

    def line(self, target, about):
        return _("Another way in: %(title)s") % {"title": target.title}
