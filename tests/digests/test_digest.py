"""Who gets which digest, and what stands in it. The clock is an argument throughout."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conversations.models import Follow
from digests.actions import prepare_due
from notifications.actions import letter_row
from notifications.kinds import kind_of
from notifications.models import Delivery
from notifications.outbox import send_waiting
from spaces.models import Membership
from tests.factories.accounts import UserFactory
from tests.factories.conversations import ThreadFactory
from tests.factories.spaces import MembershipFactory, SpaceFactory
from tests.factories.stories import StoryFactory
from webinars.models import Webinar
from wiki.models import Page, Revision


@pytest.fixture
def run(db, mailoutbox, monkeypatch):
    """``run(now)``: what the sweeps do at that moment; returns address → body."""
    monkeypatch.setattr("notifications.tasks.nudge", lambda: None)

    def sweep(now):
        mailoutbox.clear()
        prepare_due(now)
        send_waiting(now)
        return {mail.to[0]: mail.body for mail in mailoutbox}

    return sweep


def page_of(space, title, *, author, when, **fields):
    """A page with its first revision."""
    page = Page.objects.create(
        space=space,
        title=title,
        slug=title.lower(),
        created=when,
        changed=when,
        **fields,
    )
    revision = Revision.objects.create(
        page=page, number=1, title=title, body="x", author=author, created=when
    )
    page.current = revision
    page.save()
    return page


def test_everybody_but_the_author_hears_of_a_post(
    run, space, ada, ben, oda, says, delivered, morning
):
    delivered()
    says(space, oda, "How deep do you dig?", talk=says.QUESTION)

    letters = run(morning)

    assert sorted(letters) == ["ada@example.org", "ben@example.org"]
    assert "How deep do you dig?" in letters["ben@example.org"]


def test_the_subject_says_what_waits(
    run, space, ada, ben, oda, says, delivered, morning, yesterday, mailoutbox
):
    delivered()
    says(space, oda, "How deep?", talk=says.QUESTION)
    says(space, ada, "How wide?", talk=says.QUESTION)
    StoryFactory(space=space, author=ada, published=yesterday)

    run(morning)

    subjects = {mail.to[0]: mail.subject for mail in mailoutbox}
    assert subjects["ben@example.org"] == (
        "2 questions without an answer, 1 story (Forest Forum)"
    )


def test_nothing_new_is_no_mail_and_moves_no_mark(
    run, space, ada, ben, says, delivered, morning
):
    delivered()
    before = list(Membership.objects.order_by("pk").values_list("since_last_delivered"))

    assert run(morning) == {}
    assert Delivery.objects.count() == 0
    assert before == list(
        Membership.objects.order_by("pk").values_list("since_last_delivered")
    )


def test_the_mark_moves_to_the_windows_end_and_only_when_sent(
    run, space, ben, oda, says, delivered, morning, monkeypatch
):
    delivered()
    says(space, oda, "It rained.")
    mark = Membership.objects.filter(person=ben, space=space)
    before = mark.get().since_last_delivered

    prepare_due(morning)
    assert mark.get().since_last_delivered == before
    send_waiting(morning)

    assert before < mark.get().since_last_delivered <= morning.replace(minute=0)


def test_a_real_morning_ends_its_window_at_the_hour(run, space, ben, oda, says):
    now = timezone.now()
    hour = (now - timedelta(hours=2)).hour
    end = (now - timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
    Membership.objects.update(
        digest_hour=hour, since_last_delivered=now - timedelta(days=2)
    )
    says(space, oda, "It rained.", when=now - timedelta(hours=20))
    says(space, oda, "After the hour.", when=now - timedelta(minutes=5))

    letters = run(now)

    assert "It rained." in letters["ben@example.org"]
    assert "After the hour." not in letters["ben@example.org"]
    assert Membership.objects.get(person=ben, space=space).since_last_delivered == end


def test_twice_is_once_and_days_of_silence_are_one_digest(
    run, space, ben, oda, says, delivered, morning
):
    delivered(morning - timedelta(days=9))
    for day in range(1, 9):
        says(space, oda, f"Day {day}.", when=morning - timedelta(days=day))

    letters = run(morning)

    body = letters["ben@example.org"]
    # Six, one from another corner, and the eighth is counted.
    assert sum(f"Day {day}." in body for day in range(1, 9)) == 7
    assert "1 more conversation:" in body
    assert run(morning) == {}
    assert run(morning + timedelta(hours=3)) == {}


def test_what_came_after_waits_for_the_next_day(
    run, space, ben, oda, says, delivered, morning
):
    delivered()
    says(space, oda, "Yesterday.")
    says(space, oda, "At nine.", when=morning + timedelta(hours=2))
    first = run(morning)
    at_noon = run(morning + timedelta(hours=5))
    second = run(morning + timedelta(days=1))

    assert "Yesterday." in first["ben@example.org"]
    assert "At nine." not in first["ben@example.org"]
    assert at_noon == {}
    assert "At nine." in second["ben@example.org"]
    assert "Yesterday." not in second["ben@example.org"]


def test_looking_ahead_loses_nothing_written_later(
    run, space, ben, oda, says, delivered
):
    delivered(timezone.now() - timedelta(days=1))
    says(space, oda, "Now.", when=timezone.now())
    ahead = timezone.now() + timedelta(days=3)

    first = run(ahead)
    says(space, oda, "A minute later.", when=timezone.now())
    second = run(ahead + timedelta(days=1))

    assert "Now." in first["ben@example.org"]
    assert "A minute later." in second["ben@example.org"]
    assert "“Now.”" not in second["ben@example.org"]


@pytest.mark.parametrize(
    ("zone", "hour", "gets"),
    [
        ("UTC", 7, True),
        ("UTC", 8, False),
        ("Africa/Nairobi", 10, True),
        ("Africa/Nairobi", 11, False),
        ("America/La_Paz", 3, True),
        ("no/such_zone", 7, True),
    ],
)
def test_at_the_members_own_hour(
    run, space, ben, oda, says, delivered, morning, zone, hour, gets
):
    # 07:30 UTC is 10:30 in Nairobi and 03:30 in La Paz.
    delivered(morning - timedelta(hours=23))
    ben.time_zone = zone
    ben.save()
    Membership.objects.filter(person=ben).update(digest_hour=hour)
    says(space, oda, "It rained.", when=morning - timedelta(hours=2))

    assert ("ben@example.org" in run(morning)) == gets


@pytest.mark.parametrize(
    "change",
    [
        {"status": "left"},
        {"status": "banned"},
        {"digest": "off"},
        {"digest": "weekly", "digest_day": 2},
    ],
)
def test_who_gets_none(run, space, ada, ben, oda, says, delivered, morning, change):
    delivered()
    says(space, oda, "It rained.")
    Membership.objects.filter(person=ben).update(**change)

    assert sorted(run(morning)) == ["ada@example.org"]


@pytest.mark.parametrize("state", ["resting", "archived"])
def test_sleeping_spaces_send_none(
    run, space, ben, oda, says, delivered, morning, state
):
    delivered()
    says(space, oda, "It rained.")
    space.state = state
    space.save()

    assert run(morning) == {}


def test_leaving_between_preparing_and_sending(
    run, space, ben, oda, says, delivered, morning, mailoutbox
):
    delivered()
    says(space, oda, "It rained.")
    prepare_due(morning)
    Membership.objects.filter(person=ben).update(status="left")

    send_waiting(morning)

    assert mailoutbox == []
    assert Delivery.objects.get(recipient=ben).state == "dropped"


def test_a_group_is_told_what_is_its_own(
    run, space, ada, ben, oda, farmers, officers, says, delivered, morning, yesterday
):
    delivered()
    says(space, ada, "For all.")
    says(space, ada, "Farmers only.", audience="group", audience_group=farmers)
    StoryFactory(
        space=space,
        author=ada,
        title="Officers only",
        audience="group",
        audience_group=officers,
        published=yesterday,
    )

    letters = run(morning)

    ben_reads, oda_reads = letters["ben@example.org"], letters["oda@example.org"]
    assert ("Farmers only." in ben_reads, "Officers only" in ben_reads) == (True, False)
    assert ("Farmers only." in oda_reads, "Officers only" in oda_reads) == (False, True)


def test_hidden_held_and_muted_are_left_out(
    run, space, ben, oda, ada, says, delivered, morning
):
    delivered()
    says(space, oda, "Stays.")
    gone = says(space, oda, "Hidden by a steward.")
    gone.hidden = timezone.now()
    gone.save()
    muted = says(space, oda, "Ben does not want this.")
    Follow.objects.create(thread=muted.thread, person=ben, level="nothing")

    letters = run(morning)

    assert "Hidden by" not in letters["ada@example.org"]
    assert "Ben does not want this." in letters["ada@example.org"]
    assert "Ben does not want this." not in letters["ben@example.org"]
    assert "Stays." in letters["ben@example.org"]


def test_what_a_mail_told_at_once_is_not_told_again(
    run, space, ada, ben, oda, says, delivered, morning, yesterday
):
    delivered()
    told = says(space, oda, "Ben knows this.")
    says(space, oda, "Ben does not know this.")
    kind = kind_of("conversations.message_posted")
    row = letter_row(
        kind,
        {
            "kind": kind.slug,
            "target": str(told.pk),
            "about": {},
            "scope": f"space-{space.pk}",
        },
        recipient=ben,
    )
    row.state, row.created = "sent", yesterday
    row.save()

    letters = run(morning)

    assert "Ben knows this." in letters["ada@example.org"]
    assert "Ben knows this." not in letters["ben@example.org"]
    assert "Ben does not know this." in letters["ben@example.org"]


def test_answers_are_counted_without_ones_own(
    run, space, ada, ben, oda, says, delivered, morning, yesterday
):
    delivered()
    question = says(space, ben, "How deep?", talk=says.QUESTION)
    for person, minutes in ((oda, 1), (ben, 2), (ada, 3)):
        says(
            space,
            person,
            "Two feet.",
            thread=question.thread,
            when=yesterday + timedelta(minutes=minutes),
        )

    letters = run(morning)

    assert (
        "2 new answers, from Ada Mensah and Oda Lund (District officers)"
        in (letters["ben@example.org"])
    )
    assert "WHAT PEOPLE ARE TALKING ABOUT" in letters["ben@example.org"]
    assert "QUESTIONS" not in letters["ben@example.org"]


def test_wiki_stories_and_webinars(
    run, space, ada, ben, oda, says, delivered, morning, yesterday
):
    delivered()
    page = page_of(space, "Fire belts", author=oda, when=yesterday)
    Revision.objects.create(
        page=page, number=2, title="Fire belts", author=ada, created=yesterday,
        summary="Width added",
    )  # fmt: skip
    Revision.objects.create(
        page=page, number=3, title="Fire belts", author=ada, created=yesterday,
        is_minor=True, summary="Comma",
    )  # fmt: skip
    page_of(space, "Gone", author=oda, when=yesterday, deleted=yesterday)
    StoryFactory(
        space=space, author=ada, title="The bell", place="Dormaa",
        did_not_work="It was stolen.", published=yesterday,
    )  # fmt: skip
    StoryFactory(
        space=space, author=ada, title="A draft", state="draft", published=None
    )
    Webinar.objects.create(
        space=space, title="Permits", slug="permits", created=yesterday,
        starts=morning + timedelta(days=2), ends=morning + timedelta(days=2, hours=1),
        time_zone="Africa/Accra", created_by=ada,
    )  # fmt: skip
    Webinar.objects.create(
        space=space, title="Called off", slug="off", created=yesterday,
        starts=morning + timedelta(days=2), ends=morning + timedelta(days=2, hours=1),
        time_zone="Africa/Accra", cancelled=yesterday,
    )  # fmt: skip

    body = run(morning)["ben@example.org"]

    assert "New, written by Ada Mensah and Oda Lund" in body
    assert "Width added" in body
    assert "What did not work: It was stolen." in body
    assert "Wed 3 March 2027, 07:30 UTC" in body
    for absent in ("Comma", "Gone", "A draft", "Called off"):
        assert absent not in body


@pytest.mark.parametrize(
    ("has_group", "said"),
    [(True, "Unanswered for 4 days."), (False, "Waiting since 24 February")],
    ids=["in the corner", "among the questions"],
)
def test_a_question_under_a_story_that_waits_comes_along(
    run, space, ada, ben, oda, says, delivered, morning, has_group, said
):
    delivered()
    if not has_group:
        Membership.objects.filter(space=space, person=oda).update(group=None)
    long_ago = morning - timedelta(days=5)
    under = ThreadFactory(
        space=space, origin="story", title="The bell", path="/s/forest/stories/bell/",
        created=long_ago, last_activity=long_ago, opening_talk=says.QUESTION,
    )  # fmt: skip
    says(space, oda, "Who rang it?", talk=says.QUESTION, when=long_ago, thread=under)
    says(space, ada, "It rained.")

    body = run(morning)["ben@example.org"]

    assert "Under “The bell”" in body
    assert "Who rang it?" in body
    assert said in body


def test_a_tool_switched_off_is_silent(
    run, space, ada, ben, oda, says, delivered, morning, yesterday
):
    delivered()
    says(space, oda, "In the exchange.")
    page_of(space, "In the wiki", author=oda, when=yesterday)
    space.tools = ["wiki"]
    space.save()

    body = run(morning)["ben@example.org"]

    assert "In the wiki" in body
    assert "In the exchange." not in body


def test_another_corner_comes_with_its_reason(
    run, space, ada, ben, oda, says, delivered, morning
):
    delivered()
    Membership.objects.update(joined=morning - timedelta(days=365))
    for number in range(4):
        says(space, ben, f"Farmers {number}")
        says(space, ada, f"Of no group {number}")
    says(space, oda, "The permit takes three weeks.")

    body = run(morning)["ben@example.org"]

    corner = body.split("FROM ANOTHER CORNER")[1]
    assert "From District officers, whom you have not met here for 3 months." in corner
    assert "The permit takes three weeks." in corner
    assert body.count("The permit takes three weeks.") == 1


def test_people_who_talk_across_groups_come_first(
    run, space, ada, ben, oda, says, delivered, morning, yesterday
):
    delivered()
    says(space, oda, "Alone and newest.", when=yesterday + timedelta(hours=5))
    first = says(space, oda, "Talked about.")
    says(space, ben, "Yes.", thread=first.thread, when=yesterday + timedelta(minutes=1))

    body = run(morning)["ada@example.org"]

    assert body.index("Talked about.") < body.index("Alone and newest.")


def test_plain_text_only_where_that_is_wished(
    run, space, ben, oda, ada, says, delivered, morning, mailoutbox
):
    delivered()
    says(space, oda, "It rained.")
    Membership.objects.filter(person=ben).update(mail_format="text")

    run(morning)

    parts = {mail.to[0]: len(mail.alternatives) for mail in mailoutbox}
    assert parts == {"ada@example.org": 1, "ben@example.org": 0}


def test_the_html_stays_small(
    run, space, ben, oda, says, delivered, morning, mailoutbox
):
    delivered()
    for number in range(30):
        says(
            space, oda, f"{number} " + "words that go on and on " * 60, talk="question"
        )
        says(space, oda, f"{number} " + "words that go on and on " * 60)
        page_of(space, f"Page {number}", author=oda, when=morning - timedelta(hours=9))
        StoryFactory(
            space=space, author=oda, published=morning - timedelta(hours=9),
            did_not_work="honest words " * 100,
        )  # fmt: skip

    run(morning)

    html = mailoutbox[0].alternatives[0].content
    assert 8_000 < len(html.encode()) < 30_000


def test_every_letter_can_be_turned_down(
    run, space, ben, oda, says, delivered, morning, mailoutbox, client
):
    delivered()
    says(space, oda, "It rained.")
    run(morning)

    headers = mailoutbox[0].extra_headers
    url = headers["List-Unsubscribe"].strip("<>")
    path = url.removeprefix("http://localhost:8000")
    response = client.post(path, {"List-Unsubscribe": "One-Click"})

    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert response.status_code in (200, 302)
    assert Membership.objects.get(person=ben, space=space).digest == "off"


def test_send_due_says_what_it_did_and_is_done_once(
    space, ada, ben, oda, says, delivered, morning, capsys, monkeypatch
):
    monkeypatch.setattr("notifications.tasks.nudge", lambda: None)
    delivered()
    says(space, oda, "It rained.")

    call_command("send_due", now=morning.isoformat())
    first = capsys.readouterr().out
    call_command("send_due", now=morning.isoformat())
    second = capsys.readouterr().out

    assert "The clock says Monday 01 March 2027, 07:30 UTC." in first
    assert "     2 digests prepared\n     2 letters sent\n" in first
    assert "     0 digests prepared\n     0 letters sent\n" in second


def test_queries_per_recipient_stay_below_a_tenth(run, says, morning):
    """Preparing and sending together, over two spaces and 150 members."""
    spaces = SpaceFactory.create_batch(2)
    people = UserFactory.create_batch(150, password="x")
    for number, person in enumerate(people):
        MembershipFactory(
            space=spaces[number % 2],
            person=person,
            since_last_delivered=morning - timedelta(hours=24, minutes=30),
        )
    teller = UserFactory()
    for space in spaces:
        for number in range(10):
            says(space, teller, f"Words {number}")

    with CaptureQueriesContext(connection) as queries:
        letters = run(morning)

    assert len(letters) == 150
    # The same for 15 people as for 500: this is a batch.
    assert len(queries) <= 49


@pytest.mark.parametrize("people", [1, 30])
def test_query_count(run, says, morning, people):
    space = SpaceFactory()
    for person in UserFactory.create_batch(people, password="x"):
        MembershipFactory(
            space=space,
            person=person,
            since_last_delivered=morning - timedelta(hours=24, minutes=30),
        )
    says(space, UserFactory(), "It rained.")

    with CaptureQueriesContext(connection) as queries:
        run(morning)

    assert len(queries) == 48


def test_summer_time_begins(run, space, ben, oda, says, delivered):
    """The day on which 02:00 does not exist has its digest, once."""
    ben.time_zone = "Europe/Berlin"
    ben.save()
    Membership.objects.filter(person=ben).update(digest_hour=2)
    Membership.objects.filter(person=oda).update(digest="off")
    start = datetime(2027, 3, 26, 12, tzinfo=UTC)
    delivered(start)
    sent = 0
    for hour in range(1, 72):
        now = start + timedelta(hours=hour)
        says(space, oda, f"Hour {hour}.", when=now - timedelta(minutes=30))
        sent += len(run(now))

    assert sent == 3
