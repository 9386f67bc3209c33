"""Who may respond to a story."""

from spaces.permissions import can_write_in_space
from stories.models import Story
from stories.permissions import is_teller


def can_respond_to_story(user, story):
    """Members who did not tell it themselves, while it is out."""
    return (
        story.state == Story.State.PUBLISHED
        and can_write_in_space(user, story.space)
        and not is_teller(user, story)
    )
