"""Who may do what with a story; ``visible_to`` decides who sees it."""

from spaces.permissions import can_tend_space, can_write_in_space
from stories.models import Story


def can_tell_story(user, space):
    """Members, while the space has the tool and is not archived."""
    return space.has_tool("stories") and can_write_in_space(user, space)


def is_teller(user, story):
    """Who told it, and who wrote it down for the teller."""
    return user.is_authenticated and user.pk in (story.author_id, story.entered_by_id)


def can_edit_story(user, story):
    """The teller is in charge: nobody else changes the words."""
    return (
        is_teller(user, story)
        and story.state != Story.State.WITHDRAWN
        and can_write_in_space(user, story.space)
    )


def can_publish_story(user, story):
    """As editing; a story that is out is published already."""
    return can_edit_story(user, story) and story.state == Story.State.DRAFT


def can_withdraw_story(user, story):
    """The teller always, also where nothing new is written; stewards for safety."""
    if story.state != Story.State.PUBLISHED:
        return False
    return is_teller(user, story) or can_tend_space(user, story.space)


def can_discard_story(user, story):
    """A draft can be thrown away by those who write it."""
    return is_teller(user, story) and story.state == Story.State.DRAFT


def can_respond_to_story(user, story):
    """Members who did not tell it themselves, while it is out."""
    return (
        story.state == Story.State.PUBLISHED
        and can_write_in_space(user, story.space)
        and not is_teller(user, story)
    )
