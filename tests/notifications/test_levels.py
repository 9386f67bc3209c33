"""Every Kind obeys the level that a person chose for the space: one table for all."""

from types import SimpleNamespace

import pytest

from conversations.models import Follow
from inbound.models import ReceivedLetter
from notifications.kinds import Wish, all_kinds
from spaces.models import Membership, Record
from stories.models import Response
from tests.factories.conversations import MessageFactory
from tests.factories.stories import StoryFactory
from tests.factories.webinars import WebinarFactory
from tests.factories.wiki import PageFactory
from webinars.models import Registration, Seat
from wiki.actions.proposing import propose_change
from wiki.models import Care

LEVELS = ("everything", "concerned", "mentions", "nothing")
B, I, _ = "mail and inbox", "inbox", "nothing"  # noqa: E741 (one letter per column)

#                      everything, concerned, mentions, nothing
NEWS = (B, _, _, _)
CONCERNS = (B, B, _, _)
CALLS = (B, B, B, _)
GREETS = (B, I, _, _)  # a newcomer: worth a line, a mail only to the eager
LINE = (I, I, _, _)
DUTY = (I, I, I, I)  # whoever tends the space must know; never a mail
SAFETY = (B, B, B, I)  # nobody may miss that strangers read along
PROPOSAL = (I, I, I, _)
OWN = (B, B, B, B)  # about oneself, or asked for by one's own act
COPY = ("mail",) * 4

TABLE = {
    "conversations.announced": CONCERNS,
    "conversations.announcement_tried": COPY,
    "conversations.message_posted": NEWS,
    "conversations.message_posted, followed": CONCERNS,
    "conversations.message_reacted": LINE,
    "conversations.newcomer_posted": CONCERNS,
    "conversations.person_mentioned": CALLS,
    "conversations.word_waits": CONCERNS,
    "digests.space_digest": OWN,
    "inbound.address_stopped": DUTY,
    "inbound.mail_waits": CONCERNS,
    "spaces.ban_lifted": OWN,
    "spaces.digest_proposed": PROPOSAL,
    "spaces.invitation_accepted": CONCERNS,
    "spaces.invited": OWN,
    "spaces.joined_by_mail": OWN,
    "spaces.member_banned": OWN,
    "spaces.newcomer_joined": GREETS,
    "spaces.request_accepted": OWN,
    "spaces.request_declined": OWN,
    "spaces.requested_to_join": CONCERNS,
    "spaces.role_changed": OWN,
    "spaces.space_changed": SAFETY,
    "spaces.space_still_resting": SAFETY,
    "spaces.welcomed": OWN,
    "stories.story_published": NEWS,
    "stories.story_thanked": LINE,
    "stories.story_tried": CONCERNS,
    "webinars.room_moved, coming": OWN,
    "webinars.seat_heard": OWN,
    "webinars.webinar_answered": OWN,
    "webinars.webinar_cancelled": CONCERNS,
    "webinars.webinar_cancelled, coming": OWN,
    "webinars.webinar_changed": CONCERNS,
    "webinars.webinar_changed, coming": OWN,
    "webinars.webinar_scheduled": CONCERNS,
    "webinars.webinar_starts_soon": OWN,
    "wiki.care_unanswered": CONCERNS,
    "wiki.page_changed": NEWS,
    "wiki.page_due_for_look": CONCERNS,
    "wiki.proposal_commented": CONCERNS,
    "wiki.proposal_decided": CONCERNS,
    "wiki.proposal_waits": CONCERNS,
}
# They go to addresses that nobody has signed in with, so no wish is known.
TO_ADDRESSES = {
    "conversations.guest_invited",
    "conversations.guest_word_declined",
    "conversations.guest_word_released",
    "conversations.guest_word_written",
    "inbound.letter_held",
    "inbound.letter_refused",
    "inbound.letter_taken",
    "webinars.seat_check",
    "webinars.seat_offered",
    "webinars.seat_replied",
    "webinars.seat_told",
}
WORDS = {
    (True, True): B,
    (True, False): I,
    (False, True): "mail",
    (False, False): _,
}


@pytest.fixture
def target_of(space, ada, ben):
    """What a line of the table is about, with Ben to be told of it."""
    message = MessageFactory(thread__space=space, author=ada)
    webinar = WebinarFactory(space=space, created_by=ada)
    coming = WebinarFactory(space=space, created_by=ada)
    answer = Registration.objects.create(webinar=coming, person=ben, answer="yes")
    makers = {
        "conversations.announcement_tried": lambda: space,
        "conversations.message_reacted": lambda: MessageFactory(
            thread__space=space, author=ben
        ),
        "digests.space_digest": lambda: Membership.objects.get(space=space, person=ben),
        "inbound.mail_waits": lambda: ReceivedLetter(space=space),
        "stories.story_published": lambda: StoryFactory(space=space, author=ada),
        "stories.story_thanked": lambda: StoryFactory(space=space, author=ben),
        "stories.story_tried": lambda: Response(
            story=StoryFactory(space=space, author=ben), person=ada, kind="tried"
        ),
        "wiki.page_changed": lambda: PageFactory(space=space, created_by=ada),
        "webinars.seat_heard": lambda: Seat(
            webinar=WebinarFactory(space=space, created_by=ben)
        ),
        "webinars.webinar_answered": lambda: answer,
        "webinars.webinar_starts_soon": lambda: answer,
        "spaces.space_changed": lambda: Record(space=space, actor=ada),
        "spaces.space_still_resting": lambda: Record(space=space, actor=ada),
        "spaces.digest_proposed": lambda: Record(space=space, actor=ada),
    }

    def find(line):
        if line in makers:
            return makers[line]()
        if line.endswith(", followed"):
            Follow.objects.create(thread=message.thread, person=ben)
        if line.startswith("conversations."):
            return message
        if line in ("wiki.care_unanswered", "wiki.page_due_for_look"):
            return Care.objects.create(page=PageFactory(space=space, created_by=ada))
        if line.startswith("wiki.proposal"):
            page = PageFactory(space=space, created_by=ada)
            return propose_change(page, by=ben, body="Mine.", base=page.current)
        if line.startswith("webinars."):
            return coming if line.endswith(", coming") else webinar
        return Membership.objects.get(space=space, person=ada)

    return find


def wish_for(kind, person, target):
    """As ``notify`` asks: first who, then how; unnamed people get both."""
    about = {"named": [], "greeters": [], "by": None}
    if kind.slug == "conversations.person_mentioned":
        about["named"] = [person.pk]
    if kind.slug == "conversations.newcomer_posted":
        about["greeters"] = [person.pk]
    kind.recipients(target, about)
    return kind.wishes([person], target, about).get(person.pk, Wish())


@pytest.mark.parametrize("line", TABLE)
def test_every_kind_obeys_the_level(line, target_of, space, ben):
    kind = all_kinds()[line.split(",")[0]]
    target = target_of(line)
    own = Membership.objects.filter(space=space, person=ben)
    found, waiting = [], []

    for level in LEVELS:
        own.update(notice_level=level, mails_at_once=True)
        wish = wish_for(kind, ben, target)
        found.append(WORDS[wish.inbox, wish.mail])
        own.update(mails_at_once=False)
        waiting.append(wish_for(kind, ben, target))

    assert tuple(found) == TABLE[line]
    # "Waits for the digest": the inbox stays as it is, and no mail leaves at once …
    assert [wish.inbox for wish in waiting] == [
        words in (B, I) for words in TABLE[line]
    ]
    # … but for what must be known at once, and what one has asked for.
    if TABLE[line] not in (OWN, SAFETY, COPY):
        assert {wish.mail for wish in waiting} == {False}


def test_every_kind_stands_in_the_table():
    slugs = {slug for slug in all_kinds() if not slug.startswith("told.")}

    assert {line.split(",")[0] for line in TABLE} | TO_ADDRESSES == slugs


def test_who_is_at_an_address_is_told_by_mail_alone():
    for slug in TO_ADDRESSES:
        kind = all_kinds()[slug]
        assert kind.recipients(SimpleNamespace(), {}) == [], slug


#: What may wake people, and nothing else.
WAKES = {
    "conversations.announcement_tried",
    "digests.space_digest",
    "spaces.invited",
    "spaces.joined_by_mail",
    "webinars.webinar_answered",
}


def test_what_leaves_in_quiet_hours_is_on_a_list(space, ada):
    webinar = WebinarFactory(space=space, created_by=ada)
    answer = Registration(webinar=webinar, person=ada)
    waking = set()
    for slug, kind in all_kinds().items():
        if slug.startswith("told."):
            continue
        target = answer if "answered" in slug or "soon" in slug else webinar
        if slug.startswith("webinars.seat"):
            target = Seat(webinar=webinar)
        if kind.wakes(target, webinar.starts.replace(year=webinar.starts.year - 1)):
            waking.add(slug)
    assert waking == WAKES

    # A change of what begins before the morning is worthless in the morning.
    for slug in ("webinars.webinar_changed", "webinars.webinar_cancelled"):
        assert all_kinds()[slug].wakes(webinar, webinar.starts)
    assert all_kinds()["webinars.webinar_starts_soon"].wakes(answer, webinar.starts)
