"""The inbox as people meet it: one line for each conversation, read by looking."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.urls import reverse

from conversations.actions import post_message, post_to_exchange
from notifications.models import Notice
from stories.actions import publish_story, write_story
from webinars.actions import schedule_webinar

INBOX = "notifications:inbox"
STORY = {"title": "The bell", "body": "It works.", "audience": "members"}


@pytest.fixture
def talk(space, ada, ben):
    """Ben has asked; Ada has answered, and named him."""
    thread = post_to_exchange(space, by=ben, body="Who has seeds?").thread
    post_message(thread, by=ada, body="I do.")
    post_message(thread, by=ada, body="@Ben, come on Friday.")
    return thread


def lines(client):
    page = client.get(reverse(INBOX)).context
    return [
        (line.words, line.is_unread, line.others, line.calls) for line in page["lines"]
    ]


def test_one_line_for_a_conversation_and_what_calls_stays_in_sight(
    client, talk, ada, ben
):
    post_message(talk, by=ada, body="Or on Saturday.")
    client.force_login(ben)

    assert lines(client) == [("Ada Mensah answered in “Who has seeds?”", True, 2, True)]
    assert "You are named" in client.get(reverse(INBOX)).content.decode()
    client.post(reverse("notifications:inbox_read"))
    assert lines(client) == [
        ("Ada Mensah answered in “Who has seeds?”", False, 2, False)
    ]


def test_opening_the_conversation_reads_its_line(client, talk, space, ada, ben, oda):
    other = post_to_exchange(space, by=ben, body="And tools?").thread
    post_message(other, by=ada, body="Yes.")
    ben.memberships.update(notice_level="everything")
    client.force_login(ben)
    assert len(lines(client)) == 2

    page = client.get(talk.get_absolute_url())

    # The number in the head is already the one after reading.
    assert str(page.context["inbox_count"]) == "1"
    assert [(words, new) for words, new, *_more in lines(client)] == [
        ("Ada Mensah answered in “And tools?”", True),
        ("Ada Mensah named you in “Who has seeds?”", False),
    ]
    # Somebody else's looking, and a look that is none, reads nothing for Ben.
    client.head(other.get_absolute_url())
    client.force_login(oda)
    client.get(other.get_absolute_url())
    assert Notice.objects.filter(recipient=ben).unread().count() == 1


def test_a_story_and_a_webinar_share_their_line_with_the_talk_under_them(
    client, space, ada, ben
):
    ben.memberships.update(notice_level="everything")
    story = write_story(space, by=ada, words={**STORY, "audience_group": None})
    story = publish_story(story, by=ada)
    post_message(story.thread, by=ada, body="Questions are welcome.")
    webinar = schedule_webinar(
        space,
        by=ada,
        words={
            "title": "Seeds",
            "starts": datetime(2031, 3, 1, 10, tzinfo=UTC),
            "ends": datetime(2031, 3, 1, 11, tzinfo=UTC),
            "time_zone": "Africa/Accra",
            "audience": "members",
            "audience_group": None,
        },
    )
    client.force_login(ben)
    assert [(words, others) for words, _new, others, _calls in lines(client)] == [
        ("New webinar: Seeds", 0),
        ("Ada Mensah answered in “The bell”", 1),
    ]

    for thing in (story, webinar):
        assert client.get(thing.get_absolute_url()).status_code == 200

    assert {new for _words, new, *_more in lines(client)} == {False}


def test_a_waiting_page_is_answered_only_when_there_is_news(client, talk, ben):
    client.force_login(ben)
    count = reverse("notifications:inbox_count")

    shown = client.get(count, {"shown": "0"})
    assert "1 unread" in shown.content.decode()
    assert "?shown=1" in shown.content.decode()
    again = client.get(count, {"shown": "1"})
    assert (again.status_code, again.content) == (204, b"")


def test_everything_read_is_offered_while_anything_is_unread(client, talk, ada, ben):
    """Also where the unread line stands on another page."""
    client.force_login(ben)
    for page in ("1", "7"):
        shown = client.get(reverse(INBOX), {"page": page}).content.decode()
        assert "Mark everything read" in shown
    client.post(reverse("notifications:inbox_read"))

    assert "Mark everything read" not in client.get(reverse(INBOX)).content.decode()


@pytest.mark.parametrize("unread", [0, 40])
def test_marking_costs_one_query_more_and_only_when_there_is_something(
    client, talk, ben, unread
):
    """The head counts anyway; the same query says whether there is anything here."""
    Notice.objects.all().delete()
    client.force_login(ben)
    client.get(talk.get_absolute_url())
    Notice.objects.bulk_create(
        Notice(recipient=ben, kind="gone.kind", target="1", group_key=f"line {number}")
        for number in range(unread)
    )
    own = Notice(
        recipient=ben,
        kind="conversations.message_posted",
        target=str(talk.messages.last().pk),
        group_key=f"conversations.thread:{talk.pk}",
    )

    def queries():
        from_here = []

        def watch(execute, sql, params, many, context):
            if own.group_key in (params or ()) or "notifications_notice" in sql:
                from_here.append(sql.split()[0])
            return execute(sql, params, many, context)

        with connection.execute_wrapper(watch):
            client.get(talk.get_absolute_url())
        return from_here

    assert queries() == ["EXECUTE"]
    own.save()
    assert queries() == ["EXECUTE", "UPDATE"]
    assert queries() == ["EXECUTE"]
