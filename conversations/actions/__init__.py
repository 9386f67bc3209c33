"""Verbs of talk, split by noun; import from here."""

from conversations.actions.guests import (
    close_tag,
    confirm_guest_word,
    decline_message,
    open_tag,
    say_as_guest,
    word_of_token,
)
from conversations.actions.hiding import (
    hide_message,
    release_message,
    restore_message,
    withdraw_message,
)
from conversations.actions.messages import edit_message, post_message, post_to_exchange
from conversations.actions.passes import give_guest_pass, revoke_guest_pass, use_token
from conversations.actions.reacting import (
    react,
    take_reaction_back,
    toggle_reaction,
)
from conversations.actions.threads import (
    follow_thread,
    mute_thread,
    open_thread,
    rename_thread,
    set_audience,
    set_level,
    unfollow_thread,
)

__all__ = [
    "close_tag",
    "confirm_guest_word",
    "decline_message",
    "edit_message",
    "follow_thread",
    "give_guest_pass",
    "hide_message",
    "mute_thread",
    "open_tag",
    "open_thread",
    "post_message",
    "post_to_exchange",
    "react",
    "release_message",
    "rename_thread",
    "restore_message",
    "revoke_guest_pass",
    "say_as_guest",
    "set_audience",
    "set_level",
    "take_reaction_back",
    "toggle_reaction",
    "unfollow_thread",
    "use_token",
    "withdraw_message",
    "word_of_token",
]
