"""Posts and stories by mail, at a member's own addresses."""

import io
from email import message_from_bytes, policy

import pytest
from django.urls import reverse
from PIL import Image

from conversations.models import Message, Thread
from files.models import File
from inbound.actions import Outcome, receive
from inbound.models import ReceivedLetter
from notifications.models import Delivery
from notifications.outbox import send_waiting
from spaces.actions.members import leave_space
from stories.models import Story


@pytest.fixture
def member(ben, space):
    """Ben's membership of the forest forum."""
    return space.memberships.select_related("person", "space").get(person=ben)


@pytest.fixture
def with_photos(written):
    """``with_photos("words", 2, Subject=…)``: a mail with so many photos."""

    def write(text, number=1, **given):
        mail = message_from_bytes(written(text, **given), policy=policy.default)
        for count in range(number):
            out = io.BytesIO()
            Image.new("RGB", (40, 30), (count, 90, 0)).save(out, "JPEG")
            mail.add_attachment(
                out.getvalue(),
                maintype="image",
                subtype="jpeg",
                filename=f"field{count}.jpg",
            )
        return mail.as_bytes()

    return write


def told_back(mailoutbox):
    """Words of the newest letter that answers a mail, without what is around them."""
    send_waiting()
    answers = [mail for mail in mailoutbox if "In-Reply-To" in mail.extra_headers]
    return answers[-1].body if answers else ""


def answer_to_that():
    """Where the newest answer's own answers go."""
    row = Delivery.objects.filter(kind__startswith="inbound.letter_").latest("pk")
    return row.reply_address


def test_a_post_by_mail(member, written, ben, mailoutbox):
    raw = written(
        "They are gone after the rain.\n\n-- \nBen\n0200",
        Subject="Who has #seedlings to spare?",
    )

    assert receive(raw, member.post_address) is Outcome.TAKEN

    message = Message.objects.get()
    assert message.body == (
        "Who has #seedlings to spare?\n\nThey are gone after the rain."
    )
    assert (message.author, message.came_by, message.talk, message.trimmed) == (
        ben, "mail", "question", "Ben\n0200",
    )  # fmt: skip
    thread = message.thread
    assert (thread.title, thread.audience, thread.origin) == (
        "Who has #seedlings to spare?", "members", "exchange",
    )  # fmt: skip
    assert [tag.slug for tag in thread.tags.all()] == ["seedlings"]
    assert receive(raw, member.post_address) is Outcome.DUPLICATE
    back = told_back(mailoutbox)
    assert "stands in the exchange of Forest Forum" in back
    assert message.get_absolute_url() in back
    assert "withdraw" in back


def test_a_post_is_taken_back_by_answering_what_it_did(member, written, mailoutbox):
    receive(written("Seedlings, free.", Subject="Seedlings"), member.post_address)
    assert "withdraw" in told_back(mailoutbox)
    address = answer_to_that()

    assert receive(written("Only on Monday."), address) is Outcome.TAKEN
    assert [each.body for each in Thread.objects.get().messages.oldest_first()] == [
        "Seedlings\n\nSeedlings, free.",
        "Only on Monday.",
    ]
    assert receive(written("Withdraw\n\nBen"), address) is Outcome.TAKEN

    assert [each.body for each in Message.objects.shown()] == ["Only on Monday."]
    assert "taken back" in told_back(mailoutbox)


def test_a_photo_by_mail_says_what_it_shows(member, with_photos, written, mailoutbox):
    long = "We planted along the ridge. " * 12
    raw = with_photos(long, 1, Subject="The ridge")

    assert receive(raw, member.post_address) is Outcome.TAKEN

    message = Message.objects.get()
    assert (message.photo.alt, message.photo.is_draft) == ("", False)
    assert "What does the photo show?" in told_back(mailoutbox)
    receive(written("Photo: women at the new well"), answer_to_that())
    assert File.objects.get().alt == "women at the new well"
    assert "women at the new well" in told_back(mailoutbox)


def test_an_answer_with_a_photo_and_what_cannot_be_added(
    told, with_photos, ben, mailoutbox
):
    letter = told(ben)
    raw = with_photos("Photo: the pit\n\nAs deep as this.", 2)
    mail = message_from_bytes(raw, policy=policy.default)
    mail.add_attachment(
        b"%PDF", maintype="application", subtype="pdf", filename="plan.pdf"
    )

    assert receive(mail.as_bytes(), letter.reply_address) is Outcome.TAKEN

    message = Message.objects.get(author=ben)
    assert (message.photo.name, message.photo.alt) == ("field0.jpg", "the pit")
    back = told_back(mailoutbox)
    assert "One more photo was not added" in back
    assert "“plan.pdf” was not added" in back


def test_a_photo_without_words_is_an_answer(told, with_photos, ben):
    letter = told(ben)

    assert receive(with_photos("", 1), letter.reply_address) is Outcome.TAKEN

    message = Message.objects.get(author=ben)
    assert (message.body, message.photo is not None) == ("A photo", True)


def test_a_story_by_mail(member, with_photos, ben, mailoutbox):
    words = "Photo: the bell\nPhoto: the rice\n\nThe bell works. The rice came late."
    raw = with_photos(words, 2, Subject="How the #bell came back")

    assert receive(raw, member.story_address) is Outcome.TAKEN

    story = Story.objects.get()
    assert (story.title, story.body, story.state, story.audience) == (
        "How the #bell came back", words, "published", "members",
    )  # fmt: skip
    assert (story.author, story.came_by, story.photo.alt) == (ben, "mail", "the bell")
    shown = [(item.kind, item.file.alt) for item in story.media.in_order()]
    assert shown == [("photo", "the bell"), ("photo", "the rice")]
    assert not story.thread.messages.exists()
    back = told_back(mailoutbox)
    assert story.get_absolute_url() in back
    receive(with_photos("withdraw", 0), answer_to_that())
    story.refresh_from_db()
    assert story.state == "withdrawn"


def test_a_story_kept_as_a_draft(member, written, mailoutbox):
    raw = written("It rained on the day.", Subject="Re: Draft: The day")

    assert receive(raw, member.story_address) is Outcome.TAKEN

    story = Story.objects.get()
    assert (story.title, story.state) == ("The day", "draft")
    assert "only you can see" in told_back(mailoutbox)


@pytest.mark.parametrize("way", ["post_address", "story_address"])
def test_others_mail_to_my_address_waits_for_a_steward(
    member, written, ada, oda, root, client, mailoutbox, way
):
    raw = written("I am Ben.", sender="ben@work.example")

    assert receive(raw, getattr(member, way)) is Outcome.HELD

    assert not Message.objects.exists()
    assert not Story.objects.exists()
    send_waiting()
    assert {mail.to[0] for mail in mailoutbox} == {
        "ben@work.example", "ada@example.org",
    }  # fmt: skip
    row = ReceivedLetter.objects.get()
    page = reverse("inbound:letter_list", args=["forest"])
    client.force_login(oda)
    assert client.get(page).status_code == 403
    client.force_login(ada)
    assert "I am Ben." in client.get(page).content.decode()
    decide = reverse("inbound:letter_decide", args=["forest", row.pk])
    client.post(decide, {"release": "1"})
    made = Story.objects if way == "story_address" else Message.objects
    assert made.get().author == member.person
    assert client.post(decide, {"release": "1"}).status_code == 404


def test_a_steward_reads_no_groups_words(told, thread, written, farmers, ada, client):
    """What is for a group stays for the group; the steward decides by the address."""
    ben = farmers.memberships.get().person if farmers.memberships.exists() else None
    thread.audience, thread.audience_group = "group", farmers
    thread.save()
    letter = told(ben)
    receive(written("Zebra.", sender="x@work.example"), letter.reply_address)
    client.force_login(ada)

    page = client.get(reverse("inbound:letter_list", args=["forest"]))

    assert "x@work.example" in page.content.decode()
    assert "Zebra." not in page.content.decode()


def test_who_leaves_or_wants_new_addresses_ends_the_old(
    member, written, ben, client, mailoutbox
):
    old = member.post_address
    client.force_login(ben)
    page = reverse("inbound:own_addresses", args=["forest"])
    assert old in client.get(page).content.decode()

    client.post(page, {"renew": "1"})
    member.refresh_from_db()
    assert member.post_address != old
    assert receive(written("Old."), old) is Outcome.REFUSED
    assert "does not exist" in told_back(mailoutbox)
    assert receive(written("New."), member.post_address) is Outcome.TAKEN

    client.post(page, {"close": "1"})
    member.refresh_from_db()
    assert member.post_address == ""
    assert "no addresses here" in client.get(page).content.decode()

    client.post(page, {"renew": "1"})
    member.refresh_from_db()
    address = member.post_address
    leave_space(member.space, by=ben)
    assert receive(written("Gone."), address) is Outcome.REFUSED
    assert [each.body for each in Message.objects.all()] == ["How deep?\n\nNew."]


@pytest.mark.parametrize(
    ("change", "way", "says"),
    [
        ({"tools": ["wiki"]}, "post_address", "Nobody can post"),
        ({"state": "archived"}, "post_address", "Nobody can post"),
        ({"tools": ["wiki"]}, "story_address", "Nobody can tell"),
    ],
)
def test_where_nobody_posts_the_words_come_back(
    member, written, mailoutbox, change, way, says
):
    for name, value in change.items():
        setattr(member.space, name, value)
    member.space.save()

    assert receive(written("My words."), getattr(member, way)) is Outcome.REFUSED

    back = told_back(mailoutbox)
    assert says in back
    assert "My words." in back


def test_a_banned_member_cannot_write(member, written, mailoutbox):
    type(member).objects.filter(pk=member.pk).update(status="banned")

    assert receive(written("Again."), member.post_address) is Outcome.REFUSED
    assert "not a member" in told_back(mailoutbox)


def test_commands_at_ones_own_address(member, written, mailoutbox):
    assert receive(written("", Subject="weekly"), member.post_address) is Outcome.TAKEN

    member.refresh_from_db()
    assert member.digest == "weekly"
    assert not Message.objects.exists()
    assert "once a week" in told_back(mailoutbox)


@pytest.mark.parametrize("rows", [1, 3])
def test_letter_list_query_count(
    member, written, ada, client, rows, django_assert_num_queries
):
    for number in range(rows):
        raw = written("I am Ben.", sender=f"ben{number}@work.example")
        receive(raw, member.post_address)
    client.force_login(ada)
    page = reverse("inbound:letter_list", args=["forest"])
    client.get(page)

    with django_assert_num_queries(6):
        client.get(page)
