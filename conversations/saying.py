"""What is said beside a conversation before anybody types: who reads it, why it is
closed, how much one hears of it."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conversations.models import Follow
from conversations.permissions import pass_for
from spaces.models import Audience

# Said when a level is chosen, and beside the choice.
LEVEL_WORDS = {
    Follow.Level.EVERYTHING: gettext_lazy("You are told of every message here."),
    Follow.Level.CONCERNED: gettext_lazy(
        "You are told as you chose for the space: of answers where you take part."
    ),
    Follow.Level.MENTIONS: gettext_lazy("You are told when somebody names you here."),
    Follow.Level.NOTHING: gettext_lazy("You hear nothing more of this."),
}


def level_choices():
    """(value, label, what it means) of each level a thread can be followed at."""
    return [(value, label, LEVEL_WORDS[value]) for value, label in Follow.Level.choices]


def why_closed(user, thread):
    """Why this reader finds no form, with the next step where there is one."""
    space = thread.space
    if not space.is_writable:
        return _("This space is archived: it can be read, not written.")
    if thread.hidden is not None:
        return _("This post is hidden, so nobody can answer it.")
    if thread.closed is not None:
        return _("This conversation is closed.")
    if pass_for(user, thread):
        return _("Your guest pass lets you read this conversation, not answer.")
    if not user.is_authenticated:
        return format_html(
            _('<a href="{}?next={}">Sign in</a> to answer. Only members write here.'),
            reverse("account_login"),
            thread.get_absolute_url(),
        )
    return format_html(
        _('Only members write here. <a href="{}">See how to join {}</a>.'),
        space.get_absolute_url(),
        space.name,
    )


def readers_words(thread):
    """Who will see what is written here: said before anybody types."""
    space = thread.space
    if thread.audience == Audience.GROUP:
        group = thread.audience_group
        return _("Only %(group)s in %(space)s can read this.") % {
            "group": group.name,
            "space": space.name,
        }
    if thread.audience == Audience.PUBLIC and space.is_open:
        return _("Anyone on the internet can read this.")
    return _("Members of %(space)s can read this.") % {"space": space.name}
