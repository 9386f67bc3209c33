"""Told of nods: the author finds one line in the inbox for each message, no letter."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from conversations.models import Follow, Message, Reaction
from notifications.kinds import Kind, Wish, register
from notifications.models import Notice
from spaces.telling import space_scope, space_wishes


@register
class MessageReacted(Kind):
    """Somebody nodded to what a person wrote. The line counts those who did by now."""

    slug = "conversations.message_reacted"
    label = gettext_lazy("Thanks and “same here” for what I wrote (inbox only)")

    def load(self, ids):
        return _with_nods(Message.objects.filter(pk__in=ids).shown())

    def load_for(self, user, ids):
        return _with_nods(Message.objects.visible_to(user).filter(pk__in=ids))

    def may_see(self, user, target):
        return (
            user is not None
            and user.pk == target.author_id
            and Message.objects.visible_to(user).filter(pk=target.pk).exists()
        )

    def recipients(self, target, about):
        author = target.author
        told = Notice.objects.filter(kind=self.slug, target=str(target.pk))
        quiet = target.thread.follows.filter(
            person=target.author_id, level=Follow.Level.NOTHING
        )
        if author is None or told.filter(recipient=author).exists() or quiet.exists():
            return []
        return [author]

    def wishes(self, people, target, about):
        found = space_wishes(people, target.thread.space, concerned=True)
        return {
            person.pk: Wish(inbox=found.get(person.pk, Wish()).inbox, mail=False)
            for person in people
        }

    def line(self, target, about):
        words = {
            "who": _people(target.nods_of),
            "kinds": get_text_list(_kinds(target.nods_of), _("and")),
            "title": target.thread.title or _("a conversation"),
        }
        if not target.nods_of:
            return _("Somebody nodded to your words in “%(title)s”") % words
        return _("%(who)s on your words in “%(title)s”: %(kinds)s") % words

    def scope(self, target):
        return space_scope(target.thread.space)


def _with_nods(messages):
    found = {
        str(message.pk): message
        for message in messages.select_related("author", "thread__space")
    }
    for message in found.values():
        message.nods_of = []
    nods = Reaction.objects.filter(message__in=found).select_related("person")
    for nod in nods.order_by("created", "pk"):
        found[str(nod.message_id)].nods_of.append(nod)
    return found


def _people(nods):
    names = list(dict.fromkeys(str(nod.person) for nod in nods))
    if len(names) < 3:
        return get_text_list(names, _("and"))
    others = len(names) - 1
    words = ngettext(
        "%(name)s and %(number)d other", "%(name)s and %(number)d others", others
    )
    return words % {"name": names[0], "number": others}


def _kinds(nods):
    return list(dict.fromkeys(str(nod.get_kind_display()) for nod in nods))
