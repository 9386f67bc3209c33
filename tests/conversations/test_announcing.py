"""Announcements: who gets it is shown first, and it is sent once."""

import uuid

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.reachability import note_failure
from conversations.actions import mute_thread
from conversations.actions.announcing import announce
from conversations.models import Announcement, Message, Thread
from conversations.reaching import Way, counted, languages, reach
from digests.actions import prepare_due
from notifications import outbox
from notifications.models import Delivery, Notice
from spaces.models import Membership, Record
from tests.factories.accounts import UserFactory
from tests.factories.spaces import MembershipFactory

TITLE, TEXT = "We meet on 12 March", "Bring a **story**.\n\nSee you in Nkawie."


@pytest.fixture
def member(space):
    """``member("Kofi", level="mentions", …)``: somebody in the forest forum."""

    def make(name, *, email="", level="concerned", at_once=True, digest="daily", **who):
        email = email or f"{name.lower()}@example.org"
        person = UserFactory(
            name=name, **{"email": email if email != "none" else None, **who}
        )
        return MembershipFactory(
            space=space,
            person=person,
            notice_level=level,
            mails_at_once=at_once,
            digest=digest,
        )

    return make


# name, what they chose, by which way, line in the inbox
CHOICES = [
    ("Eve", {"level": "everything"}, Way.NOW, True),
    ("Col", {"level": "concerned"}, Way.NOW, True),
    ("Una", {"level": "concerned", "at_once": False}, Way.DIGEST, True),
    (
        "Ina",
        {"level": "concerned", "at_once": False, "digest": "off"},
        Way.INBOX,
        True,
    ),
    ("Moe", {"level": "mentions"}, Way.DIGEST, False),
    ("Mia", {"level": "mentions", "digest": "off"}, Way.QUIET, False),
    ("Nat", {"level": "nothing", "digest": "weekly"}, Way.DIGEST, False),
    ("Nil", {"level": "nothing", "digest": "off"}, Way.QUIET, False),
    ("Tau", {"email": "none"}, Way.UNREACHABLE, False),
    ("Bob", {"email": "gone@example.org"}, Way.UNREACHABLE, True),
    ("Ula", {"email": "unproven@example.org"}, Way.UNREACHABLE, True),
    ("Pia", {"email": "proven@example.org"}, Way.NOW, True),
    ("Off", {"is_active": False}, Way.UNREACHABLE, False),
]


@pytest.fixture
def everybody(member):
    """One member for each row of ``CHOICES``."""
    note_failure("gone@example.org", is_hard=True)
    people = {name: member(name, **chosen) for name, chosen, _way, _line in CHOICES}
    EmailAddress.objects.bulk_create(
        EmailAddress(
            user=people[name].person, email=people[name].person.email, verified=proven
        )
        for name, proven in (("Ula", False), ("Pia", True))
    )
    return people


def test_everybody_hears_as_they_chose(ada, space, everybody):
    reached = {str(each.member.person): each for each in reach(space, by=ada)}

    assert {name: (each.way, each.in_inbox) for name, each in reached.items()} == {
        name: (way, line) for name, _chosen, way, line in CHOICES
    }
    assert {name: each.why for name, each in reached.items() if each.why} == {
        "Tau": "has no account; somebody types for them",
        "Bob": "letters come back",
        "Ula": "has not shown that the address is theirs",
        "Off": "the account is closed",
    }
    assert counted(reached.values()) == {
        "now": 3,
        "digest": 3,
        "inbox": 1,
        "quiet": 2,
        "unreachable": 4,
    }


def test_what_was_shown_is_what_is_sent(ada, space, everybody, mailoutbox):
    shown = reach(space, by=ada)

    announcement = announce(
        space, by=ada, title=TITLE, text=TEXT, client_id=uuid.uuid4()
    )
    outbox.send_waiting()

    by_way = {way: set() for way in Way.values}
    for each in shown:
        by_way[each.way].add(each.member.person.email)
    assert {mail.to[0] for mail in mailoutbox} == by_way["now"]
    assert set(Notice.objects.values_list("recipient__email", flat=True)) == {
        each.member.person.email for each in shown if each.in_inbox
    }
    assert announcement.told == counted(shown)
    record = Record.objects.get(verb="announced")
    assert (record.actor, record.space, record.detail) == (ada, space, {"number": 3})


def test_who_is_named_hears_of_it_once(ada, space, member, mailoutbox):
    """By the announcement, and not a second time as named or as following."""
    member("Kofi", level="mentions")
    member("Abena", level="everything")

    announce(
        space, by=ada, title=TITLE, text="Ask @Kofi or @Abena.", client_id=uuid.uuid4()
    )
    outbox.send_waiting()

    assert sorted(mail.to[0] for mail in mailoutbox) == [
        "abena@example.org",
        "kofi@example.org",
    ]
    assert {row.kind for row in Delivery.objects.all()} == {"conversations.announced"}
    assert Notice.objects.count() == 2


@pytest.mark.parametrize(
    "title", ["1. Bring seeds", "- and tools", "* a star", "> said", "#seeds first"]
)
def test_a_title_is_a_title_however_it_begins(ada, space, title):
    announcement = announce(
        space, by=ada, title=f" {title}\n", text=TEXT, client_id=uuid.uuid4()
    )

    assert announcement.message.thread.title == title


def test_a_resting_space_sends_no_digest_but_announcements(ada, space, everybody):
    space.state = "resting"
    space.save()

    ways = {str(each.member.person): each.way for each in reach(space, by=ada)}

    assert (ways["Eve"], ways["Una"], ways["Moe"]) == (Way.NOW, Way.INBOX, Way.QUIET)


def test_it_counts_who_sleeps_and_what_people_read(ada, space, member):
    hour = timezone.now().hour
    night = {"quiet_from": (hour - 2) % 24, "quiet_until": (hour + 2) % 24}
    member("Sita", language="fr", **night)
    member("Wale", language="fr")
    member("Kofi", digest="off", at_once=False, language="sw")

    reached = reach(space, by=ada)

    assert {str(each.member.person): each.sleeps for each in reached} == {
        "Sita": True,
        "Wale": False,
        "Kofi": False,
    }
    assert languages(reached) == [("French", 2)]


def test_a_second_press_tells_nobody_anything(ada, space, member, mailoutbox):
    member("Kofi")
    client_id = uuid.uuid4()

    first = announce(space, by=ada, title=TITLE, text=TEXT, client_id=client_id)
    again = announce(space, by=ada, title=TITLE, text=TEXT, client_id=client_id)
    outbox.send_waiting()

    assert (first, Announcement.objects.count()) == (again, 1)
    assert (Thread.objects.count(), len(mailoutbox)) == (1, 1)
    assert Record.objects.filter(verb="announced").count() == 1
    with pytest.raises(ValidationError):
        announce(space, by=ada, title=TITLE, text="x" * 60_000, client_id=uuid.uuid4())
    assert Announcement.objects.count() == 1


def test_the_letter_and_its_answer(ada, space, member, mailoutbox):
    kofi = member("Kofi").person
    announcement = announce(
        space, by=ada, title=TITLE, text=TEXT, client_id=uuid.uuid4()
    )
    outbox.send_waiting()

    mail = mailoutbox[0]
    assert mail.subject == TITLE
    assert "Ada Mensah tells all members of Forest Forum:" in mail.body
    assert "Bring a story." in mail.body
    assert f"/s/{space.slug}/mail/" in mail.body
    thread = announcement.message.thread
    assert mail.extra_headers["In-Reply-To"].startswith(f"<thread.{thread.pk}@")
    assert mail.reply_to[0].startswith("reply+")
    mute_thread(thread, by=kofi)
    assert thread.title == TITLE
    assert thread.audience == "members"


def test_what_was_mailed_at_once_is_not_in_the_digest_again(ada, space, member):
    mailed = member("Kofi")
    waiting = member("Abena", at_once=False)
    long_ago = timezone.now() - timezone.timedelta(days=3)
    Membership.objects.filter(space=space).update(since_last_delivered=long_ago)
    announce(space, by=ada, title=TITLE, text=TEXT, client_id=uuid.uuid4())
    Delivery.objects.update(state="sent")

    prepare_due(timezone.now() + timezone.timedelta(days=1))

    digests = Delivery.objects.filter(kind="digests.space_digest")
    assert {row.recipient for row in digests} == {waiting.person}
    assert mailed.person not in {row.recipient for row in digests}


# ── Pages ───────────────────────────────────────────────────────────────────
def url(name, space):
    return reverse(f"conversations:announcement_{name}", kwargs={"space": space.slug})


def test_look_try_change_send(client, ada, space, member, mailoutbox):
    member("Kofi")
    member("Tau", email="none")
    client.force_login(ada)
    page = client.get(url("create", space))
    assert "Cannot be reached by mail" in page.content.decode()
    assert "Tau" in page.content.decode()
    words = {
        "title": TITLE,
        "text": TEXT,
        "client_id": page.context["form"]["client_id"].value(),
    }

    wordless = client.post(url("create", space), {**words, "text": "", "step": "look"})
    look = client.post(url("create", space), {**words, "step": "look"})
    assert (wordless.status_code, look.status_code) == (422, 200)
    assert 1 < look.context["kilobytes"] < 20
    assert "Bring a story." in look.context["letter"].text
    assert "your own copy" not in look.context["letter"].text
    assert Message.objects.count() == 0

    client.post(url("create", space), {**words, "step": "test"})
    outbox.send_waiting()
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        (["ada@example.org"], f"To try: {TITLE}")
    ]
    assert "your own copy" in mailoutbox[0].body
    assert (Message.objects.count(), Notice.objects.count()) == (0, 0)

    change = client.post(url("create", space), {**words, "step": "change"})
    assert change.context["form"]["title"].value() == TITLE
    assert change.context["letter"] is None

    for _twice in range(2):
        sent = client.post(url("create", space), {**words, "step": "send"})
        assert sent.url == url("list", space)
    outbox.send_waiting()
    assert [mail.to for mail in mailoutbox[1:]] == [["kofi@example.org"]]
    page = client.get(url("list", space))
    assert [each.lines for each in page.context["page"]] == [
        [("by mail", 1), ("could not be reached by mail", 1)]
    ]


@pytest.mark.parametrize(
    ("who", "sees", "sends"),
    [
        ("ada", 200, 302),
        ("sam", 403, 403),
        ("ben", 403, 403),
        ("cleo", 403, 403),
        ("root", 403, 403),
    ],
)
def test_only_facilitators_announce(client, request, space, who, sees, sends):
    client.force_login(request.getfixturevalue(who))
    words = {"title": TITLE, "text": TEXT, "client_id": uuid.uuid4(), "step": "send"}

    assert client.get(url("list", space)).status_code == sees
    assert client.get(url("create", space)).status_code == sees
    assert client.post(url("create", space), words).status_code == sends
    assert Announcement.objects.count() == (1 if sends == 302 else 0)


def test_without_the_exchange_it_says_why_not(client, ada, space):
    space.tools = ["wiki"]
    space.save()
    client.force_login(ada)

    answer = client.get(url("create", space))

    assert answer.status_code == 403
    assert "the exchange is switched off" in answer.content.decode()
    assert client.get(url("list", space)).status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
def test_announcement_pages_query_count(
    client, ada, space, rows, django_assert_num_queries
):
    for person in UserFactory.create_batch(rows):
        MembershipFactory(space=space, person=person)
    for number in range(min(rows, 20)):
        announce(
            space, by=ada, title=f"{TITLE} {number}", text="", client_id=uuid.uuid4()
        )
    assert User.objects.count() == rows + 1
    client.force_login(ada)
    client.get(url("list", space))

    with django_assert_num_queries(7):
        client.get(url("list", space))
    with django_assert_num_queries(7):
        client.get(url("create", space))
