"""Spaces and who belongs to them. Split by noun; import from here."""

from spaces.models.draft import SpaceDraft
from spaces.models.gathering import Gathering
from spaces.models.invitation import Invitation
from spaces.models.item import Audience, Authored, Item, ItemQuerySet
from spaces.models.membership import (
    JoinQuestion,
    Membership,
    StakeholderGroup,
    TypedFor,
)
from spaces.models.record import Record
from spaces.models.searched import Searched, words_of
from spaces.models.space import SiteRules, Space

__all__ = [
    "Audience",
    "Authored",
    "Gathering",
    "Invitation",
    "Item",
    "ItemQuerySet",
    "JoinQuestion",
    "Membership",
    "Record",
    "Searched",
    "SiteRules",
    "Space",
    "SpaceDraft",
    "StakeholderGroup",
    "TypedFor",
    "words_of",
]
