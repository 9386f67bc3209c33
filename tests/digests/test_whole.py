"""Where "and 12 more" leads: all of one digest's window, for its reader alone."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from conversations.actions import mute_thread
from conversations.models import Thread
from digests.actions import prepare_due
from digests.drawing import example_of
from digests.items import PAGES, QUESTIONS, STORIES, TALK, WEBINARS, Entry, Item
from digests.models import Issue
from digests.personalise import Selection
from notifications.outbox import send_waiting
from spaces.models import Membership
from tests.factories.stories import StoryFactory


@pytest.fixture
def six_weeks(space, ada, ben, oda, says, delivered, morning, mailoutbox, monkeypatch):
    """Ben's digest of six weeks in which 45 things happened; the mail and its issue."""
    monkeypatch.setattr("notifications.tasks.nudge", lambda: None)
    start = morning - timedelta(days=42)
    delivered(start)
    Membership.objects.exclude(person=ben).update(digest="off")
    says(space, oda, "Told long ago.", when=start - timedelta(days=1))
    for number in range(40):
        when = start + timedelta(days=number, hours=1)
        says(space, oda, f"Day {number}.", when=when, talk=["", "question"][number % 2])
    for number in range(5):
        when = start + timedelta(days=number * 7, hours=2)
        StoryFactory(space=space, author=ada, title=f"Week {number}", published=when)
    prepare_due(morning)
    send_waiting(morning)
    says(space, oda, "Said afterwards.", when=morning + timedelta(minutes=5))
    (mail,) = mailoutbox
    return mail, Issue.objects.get(membership__person=ben)


def pages_of(client, url):
    """The words of all pages of a list."""
    html = client.get(url).content.decode()
    while found := re.search(
        r'rel="next" href="([^"]+)"', html.split("<!--next-->")[-1]
    ):
        path = url.split("?")[0] + found[1].replace("&amp;", "&")
        html += "<!--next-->" + client.get(path).content.decode()
    return html


def test_after_six_weeks_every_item_is_behind_the_letters_links(client, ben, six_weeks):
    mail, issue = six_weeks
    client.force_login(ben)

    links = re.findall(r"(?m)^http://localhost:8000(/d/all/\S+)$", mail.body)
    rest = "".join(pages_of(client, link) for link in links)

    assert len(issue.items) + issue.counted == 45
    assert issue.counted > 20
    assert links == [
        f"/d/all/{issue.pk}/?in={each}" for each in ("questions", "talk", "stories")
    ]
    assert set(re.findall(r"Day (\d+)\.", rest)) == {str(each) for each in range(40)}
    assert set(re.findall(r"Week (\d)", rest)) == set("01234")
    assert "Told long ago." not in rest
    assert "Said afterwards." not in rest
    # Reading it moves nothing: the next digest begins where this one ended.
    membership = Membership.objects.get(pk=issue.membership_id)
    assert membership.since_last_delivered == issue.until
    assert all(link in mail.alternatives[0].content for link in links)


def test_it_is_its_readers_as_long_as_they_belong(client, ben, oda, six_weeks):
    _mail, issue = six_weeks
    url = reverse("digests:digest_detail", kwargs={"pk": issue.pk})

    assert "/accounts/login/" in client.get(url).url
    client.force_login(oda)
    assert client.get(url).status_code == 404
    client.force_login(ben)
    assert client.get(url).status_code == 200
    Membership.objects.filter(person=ben).update(status="left")
    assert client.get(url).status_code == 404


def test_what_was_taken_away_since_is_not_there(client, ben, six_weeks):
    _mail, issue = six_weeks
    client.force_login(ben)
    url = reverse("digests:digest_detail", kwargs={"pk": issue.pk})
    hidden, muted = Thread.objects.order_by("-created")[2:4]
    words = [thread.messages.get().body for thread in (hidden, muted)]
    before = pages_of(client, url)

    Thread.objects.filter(pk=hidden.pk).update(hidden=issue.until)
    mute_thread(muted, by=ben)

    after = pages_of(client, url)
    assert [each in before for each in words] == [True, True]
    assert [each in after for each in words] == [False, False]


@pytest.mark.parametrize("rows", [1, 30])
def test_query_count(
    client, space, ben, oda, says, delivered, morning, monkeypatch, rows,
    django_assert_num_queries,
):  # fmt: skip
    monkeypatch.setattr("notifications.tasks.nudge", lambda: None)
    delivered()
    for number in range(rows):
        says(space, oda, f"It rained {number} times.")
    prepare_due(morning)
    send_waiting(morning)
    issue = Issue.objects.get(membership__person=ben)
    client.force_login(ben)
    url = reverse("digests:digest_detail", kwargs={"pk": issue.pk})
    client.get(url)  # prepared queries are prepared once

    with django_assert_num_queries(11):
        client.get(url)


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ({QUESTIONS: 5, TALK: 2}, 3),
        ({QUESTIONS: 1, TALK: 2}, 1),
        ({TALK: 2, PAGES: 3}, 2),
        # A wiki page is no conversation: a story or a webinar is sooner answered.
        ({STORIES: 1, PAGES: 4}, 1),
        ({PAGES: 4, WEBINARS: 1}, 5),
        ({PAGES: 4}, 3),
    ],
)
def test_the_example_is_something_one_would_answer(sections, expected):
    """Items are numbered by section, in the order of ``Selection``."""
    entries = {
        section: tuple(
            Entry(Item((section, n), section, 1, "members", None, "/"))
            for n in range(number)
        )
        for section, number in sections.items()
    }

    assert example_of(Selection(entries, {})) == expected
