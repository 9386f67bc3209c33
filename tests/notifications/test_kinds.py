"""What every Kind of every app has to keep."""

import pytest
from django.template.loader import get_template

from notifications.kinds import Kind, all_kinds

# To one person, or to one bare address, at a time.
ONE_BY_ONE = {
    "conversations.announcement_tried",
    "conversations.guest_invited",
    "conversations.guest_word_declined",
    "conversations.guest_word_released",
    "conversations.guest_word_written",
    "conversations.message_reacted",
    "webinars.seat_check",
    "webinars.seat_offered",
    "webinars.seat_replied",
    "webinars.seat_told",
}
# A line in the inbox and never a letter, as the table in test_levels.py has it.
INBOX_ONLY = {"inbound.address_stopped"}
KINDS = sorted(slug for slug in all_kinds() if not slug.startswith("told."))


@pytest.mark.parametrize("slug", sorted(set(KINDS) - INBOX_ONLY))
def test_every_kind_has_its_letter_and_its_name(slug):
    kind = all_kinds()[slug]

    assert str(kind.label)
    for name in ("_subject.txt", ".txt", ".html"):
        get_template(f"{kind.template_stem}{name}")


@pytest.mark.parametrize("slug", KINDS)
def test_kinds_that_many_people_get_are_asked_for_all_at_once(slug):
    """A claim of 500 letters, or a page of the inbox, must not ask 500 times."""
    kind = type(all_kinds()[slug])
    if slug.split(".")[0] not in ("conversations", "stories", "wiki", "webinars"):
        return
    if slug in ONE_BY_ONE:
        return

    asked_at_once = {kind.allowed, kind.allowed_each} - {
        Kind.allowed,
        Kind.allowed_each,
    }
    assert asked_at_once
    seen_at_once = {kind.load_for, kind.visible} - {Kind.load_for, Kind.visible}
    assert seen_at_once
    assert kind.quiet_urls is not Kind.quiet_urls
