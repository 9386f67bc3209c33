"""Who comes in, as far as a room needs to know."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entrant:
    """One person at the door.

    Attributes:
        key: the same person each time ("user-5", "seat-3"); names nobody.
        name: what the others in the room read.
        is_moderator: whether they may mute, let in and end.
    """

    key: str
    name: str
    is_moderator: bool = False
